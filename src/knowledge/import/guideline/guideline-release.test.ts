import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Fault } from '../../../terms/fault.ts'
import { readGuidelineRelease } from './guideline-release.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-release-'))
after(() => rmSync(folder, { recursive: true }))

/** The same recommendation in the two forms in which releases carry it. */
const row = {
  id: 'PA1',
  source: 'CPIC',
  guideline: 'PA9',
  drugs: ['Examplan'],
  population: null,
  strength: 'Strong',
  lookup: { CYP2D6: '0.0' },
  implications: ['CYP2D6: n/a'],
  text: 'Give <25%\nOther Considerations\nWatch & wait.',
  dosingInformation: true,
}
const entry = {
  id: 'PA9',
  source: 'CPIC',
  version: 3,
  drugs: ['Examplan'],
  genes: ['CYP2D6'],
  citations: [{ pmid: '1', year: 2020 }],
}
const bundle = {
  guideline: {
    id: 'PA9',
    source: 'CPIC',
    version: 3,
    relatedChemicals: [{ name: 'Examplan' }],
    relatedGenes: [{ symbol: 'CYP2D6' }],
  },
  recommendations: [
    {
      id: 'PA1',
      population: null,
      classification: { term: 'Strong' },
      relatedChemicals: [{ name: 'Examplan' }],
      text: { html: '<p>Give &lt;25%</p>\n<h4>Other Considerations</h4>\n<p>Watch &amp; wait.</p>\n' },
      implications: ['CYP2D6: n/a'],
      lookupKey: [{ CYP2D6: '0.0' }],
    },
  ],
  citations: [{ pmid: '1', year: 2020 }],
}

function faultOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'none'
}

test('rows and ClinPGx files of the same release read the same', () => {
  const rows = join(folder, 'recommendations.jsonl')
  writeFileSync(rows, `${JSON.stringify(row)}\n`)
  writeFileSync(join(folder, 'guidelines.json'), JSON.stringify([entry]))
  const one = join(folder, 'one.json')
  writeFileSync(one, JSON.stringify(bundle))
  const all = join(folder, 'all.json')
  writeFileSync(all, JSON.stringify({ guidelines: [bundle] }))
  const expected = readGuidelineRelease(rows)
  assert.deepEqual(expected.rows[0]?.drugs, ['examplan'])
  assert.equal(expected.rows[0]?.population, undefined)
  assert.deepEqual(readGuidelineRelease(folder), expected)
  assert.deepEqual(readGuidelineRelease(one).rows[0]?.text, row.text)
  const { dosingInformation: _flag, ...plain } = expected.rows[0] as typeof row & object
  assert.deepEqual({ ...readGuidelineRelease(one).rows[0] }, plain)
  assert.deepEqual(readGuidelineRelease(one).guidelines, expected.guidelines)
  assert.deepEqual(readGuidelineRelease(all), readGuidelineRelease(one))
})

test('a diplotype given as copies of alleles is written out', () => {
  const path = join(folder, 'diplotype.json')
  const lookupKey = [{ UGT1A1: { '*28': 1, '*1': 1 } }, { UGT1A1: { '*28': 2 } }]
  const recommendations = [{ ...bundle.recommendations[0], lookupKey }]
  writeFileSync(path, JSON.stringify({ ...bundle, recommendations }))
  const lookups = readGuidelineRelease(path).rows.map((one) => one.lookup)
  assert.deepEqual(lookups, [{ UGT1A1: '*1/*28' }, { UGT1A1: '*28/*28' }])
})

test('what is missing or not of either form is a fault that names the place', () => {
  assert.equal(
    faultOf(() => readGuidelineRelease(join(folder, 'absent.json'))),
    'GUIDELINES_MISSING',
  )
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{')
  assert.equal(
    faultOf(() => readGuidelineRelease(broken)),
    'GUIDELINES_FORMAT',
  )
  writeFileSync(broken, JSON.stringify({ ...bundle, recommendations: [{ id: 'PA1' }] }))
  assert.throws(() => readGuidelineRelease(broken), /recommendations\[0\]|recommendations/)
})

test('rows without guidelines.json beside them are refused: nothing could be cited', () => {
  const alone = mkdtempSync(join(folder, 'alone-'))
  writeFileSync(join(alone, 'recommendations.jsonl'), `${JSON.stringify(row)}\n`)
  assert.equal(
    faultOf(() => readGuidelineRelease(alone)),
    'GUIDELINES_FORMAT',
  )
})
