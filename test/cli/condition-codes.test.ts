import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { conditionsAmong } from '../../src/fhir/candidate/conditions.ts'
import { Facts } from '../../src/knowledge/facts.ts'
import type { Resource } from '../../src/record/resource.ts'
import { garrodWith } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-map-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const run = (...words: string[]) => garrodWith({ GARROD_HOME: folder }, ...words)
const shipped = fileURLToPath(new URL('../../facts', import.meta.url))
const read = (...resources: Resource[]) =>
  conditionsAmong(resources, Facts.find([shipped, join(folder, 'facts')]))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const coded = (code: string, display?: string, system = 'http://snomed.info/sct'): Resource => ({
  resourceType: 'Condition',
  code: { coding: [{ system, code, ...(display === undefined ? {} : { display }) }] },
})

// Codes invented for the test, in the form of a release.
const HEADER =
  'id effectiveTime active moduleId refsetId referencedComponentId mapGroup mapPriority mapRule mapAdvice mapTarget correlationId mapCategoryId'
let rows = 0
const member = (
  code: string,
  group: number,
  target: string,
  { active = 1, map = '447562003', id = '' } = {},
) => {
  rows += 1
  return [
    id || `m${rows}`,
    '20260901',
    active,
    '1',
    map,
    code,
    group,
    1,
    'TRUE',
    'ALWAYS',
    target,
    '1',
    '1',
  ].join('\t')
}

test('the extended map of a release: what a code means for sure, what it may mean, and what stays unknown', async () => {
  const map = file(
    'der2_iisssccRefset_ExtendedMapSnapshot_INT.txt',
    [
      HEADER.replaceAll(' ', '\t'),
      member('90000001', 1, 'I50.9'),
      member('90000002', 1, 'I42.0'),
      member('90000002', 1, 'J81'),
      member('90000003', 1, 'E11.9'),
      member('90000003', 2, 'Z33'),
      member('90000004', 1, ''),
      member('90000005', 1, 'I50.9', { active: 0 }),
      member('90000006', 1, 'O11.2', { map: '1126441000000105' }),
      member('90000007', 1, 'C34.9'),
      '',
    ].join('\n'),
  )
  const nameless = await run('facts', 'import', 'condition-codes', map)
  assert.match(nameless.err, /USAGE_VERSION/)
  const { exit, out, err } = await run('facts', 'import', 'condition-codes', map, '--version', '2026-09')
  assert.equal(exit, 0, err)
  assert.match(out, /site-condition-codes.*: 4 codes/)
  const heart = read(coded('90000001', 'Weak heart'))
  assert.deepEqual(heart.present, [
    {
      key: 'heart-failure',
      words: 'heart failure or cardiomyopathy',
      seen: 'SNOMED CT 90000001 (Weak heart); by the map of this site I50.9',
    },
  ])
  const [open, ...more] = read(coded('90000002')).possible
  assert.equal(more.length, 0)
  assert.match(open!.seen!, /I42\.0 or J81/)
  assert.deepEqual(
    read(coded('90000003')).present.map(({ key }) => key),
    ['pregnancy'],
  )
  for (const code of ['90000004', '90000005', '90000006'])
    assert.deepEqual(read(coded(code)).notUnderstood, [{ says: `SNOMED CT ${code}`, named: false }])
  assert.deepEqual(read(coded('90000001', undefined, 'urn:oid:2.16.840.1.113883.6.96')).present.length, 1)
})

test('a tumour of SNOMED CT is the type that its code of ICD-10 means', async () => {
  const maf = file(
    't.maf',
    'Hugo_Symbol\tNCBI_Build\tChromosome\tStart_Position\tReference_Allele\tTumor_Seq_Allele2\tVariant_Classification\tHGVSp_Short\tTumor_Sample_Barcode\nEGFR\tGRCh37\t7\t55259515\tT\tG\tMissense_Mutation\tp.L858R\tT1\n',
  )
  const { out } = await run('tumor', maf, '--diagnosis', 'SNOMED 90000007', '--json')
  assert.match(out, /"code":"LUNG"/)
  assert.match(out, /SNOMED CT 90000007/)
  assert.equal(read(coded('90000007')).notUnderstood.length, 0)
})

test('a ConceptMap of FHIR with codes of the site; a relation that is not exact leaves it open', async () => {
  const element = (code: string, target: string, equivalence: string) => ({
    code,
    target: [{ code: target, equivalence }],
  })
  const map = file(
    'map.json',
    JSON.stringify({
      resourceType: 'ConceptMap',
      group: [
        {
          source: 'http://example.org/local',
          target: 'http://hl7.org/fhir/sid/icd-10-cm',
          element: [
            element('PREG', 'Z33.1', 'equivalent'),
            element('LUNG', 'J84.9', 'inexact'),
            element('NONE', 'I50.9', 'unmatched'),
          ],
        },
      ],
    }),
  )
  const { exit, err } = await run('facts', 'import', 'condition-codes', map, '--version', '2026-10')
  assert.equal(exit, 0, err)
  const local = (code: string) => read(coded(code, undefined, 'http://example.org/local'))
  assert.deepEqual(
    local('PREG').present.map(({ key }) => key),
    ['pregnancy'],
  )
  assert.match(local('LUNG').possible[0]!.seen!, /J84\.9 or something else/)
  assert.equal(local('NONE').notUnderstood.length, 1)
})

test('what is no map is refused with what a map looks like', async () => {
  const cases = {
    'wrong.tsv': 'gene\tchange\nEGFR\tL858R\n',
    'empty.tsv': `${HEADER.replaceAll(' ', '\t')}\n${member('90000004', 1, '')}\n`,
    'code.tsv': `${HEADER.replaceAll(' ', '\t')}\n${member('heart', 1, 'I50')}\n`,
    'two.tsv': `${HEADER.replaceAll(' ', '\t')}\n${member('90000001', 1, 'I50', { map: '1' })}\n${member('90000001', 1, 'I50', { map: '2' })}\n`,
    'bad.json': '{"resourceType": "ConceptMap"',
    'other.json': '{"resourceType": "ValueSet"}',
  }
  for (const [name, text] of Object.entries(cases)) {
    const { exit, err } = await run('facts', 'import', 'condition-codes', file(name, text), '--version', 'x')
    assert.equal(exit, 2, name)
    assert.match(err, /CONDITION_MAP_MALFORMED/, name)
  }
  const absent = await run('facts', 'import', 'condition-codes', join(folder, 'none.txt'), '--version', 'x')
  assert.match(absent.err, /FILE_NOT_FOUND/)
})
