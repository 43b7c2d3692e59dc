import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { therapyFindings } from '../../interpret/tumor/tumor.ts'
import { Facts } from '../../knowledge/facts.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import type { TumorProfile } from '../../record/tumor-profile.ts'
import { checkTargetOrder } from './order-check.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const nothing: TumorProfile = {
  sample: undefined,
  variants: [],
  copyNumbers: [],
  fusions: [],
  covered: { variants: undefined, copyNumbers: undefined, fusions: undefined },
}
const changed = (...names: readonly string[]): Partial<TumorProfile> => ({
  variants: names.map((name) => ({
    gene: name.split(' ')[0],
    assembly: 'GRCh38',
    place: undefined,
    hgvsP: `p.${name.split(' ')[1]}`,
    consequences: [],
    exon: undefined,
  })),
})
const all = { variants: 'all', copyNumbers: 'all', fusions: 'all' } as const
const check = (
  drug: string,
  code: string | undefined,
  given: Partial<TumorProfile> = {},
  unselected = false,
) => checkTargetOrder(drug, therapyFindings({ ...nothing, ...given }, code, facts), 'FDA', unselected)

test('a record without any result is never "absent", whatever the drug and the diagnosis', () => {
  const drugs = new Set(approvals(facts).all.map(({ drug }) => drug))
  for (const code of [undefined, 'LUAD', 'BRCA', 'COADREAD', 'AML'])
    for (const drug of drugs) {
      const state = check(drug, code)?.state
      assert.ok(state !== 'absent' && state !== 'resistant' && state !== 'other-test', `${drug} ${code}`)
    }
})

test('absent needs every part of the biomarker looked for; wild type is a biomarker too', () => {
  assert.equal(check('sotorasib', 'LUAD', { covered: all })?.state, 'absent')
  const kras = { covered: { ...all, variants: new Set(['KRAS']) } }
  assert.equal(check('sotorasib', 'LUAD', kras)?.state, 'absent')
  assert.equal(check('osimertinib', 'LUAD', kras)?.state, 'not-on-record')
  assert.equal(check('panitumumab', 'COADREAD', { covered: all })?.state, 'other-test')
})

test('a change that defeats the drug goes before what the label asks for; one that it is given for does not', () => {
  const { state, resistance } = check('erlotinib', 'LUAD', changed('EGFR L858R', 'EGFR T790M'))!
  assert.equal(state, 'resistant')
  assert.deepEqual(resistance[0]!.found, ['EGFR T790M'])
  assert.equal(check('osimertinib', 'LUAD', changed('EGFR T790M'))?.state, 'other-test')
  assert.equal(check('panitumumab', 'COADREAD', changed('KRAS G12D'))?.state, 'resistant')
  assert.equal(check('panitumumab', 'COADREAD', changed('KRAS G12C'))?.state, 'other-test')
})

test('labels for everybody silence the question, not the warning', () => {
  assert.equal(check('erlotinib', undefined, {}, true), undefined)
  assert.equal(check('erlotinib', undefined, changed('EGFR T790M'), true)?.state, 'resistant')
})

test('the diagnosis of no indication is told', () => {
  assert.equal(check('osimertinib', 'COADREAD')?.state, 'other-disease')
})

test('a drug of which every indication is withdrawn is told of, whatever the tumour; one withdrawn indication counts for nothing', () => {
  assert.equal(check('mobocertinib', 'LUAD')?.state, 'withdrawn')
  assert.equal(check('tazemetostat', 'FL', changed('EZH2 Y646N'))?.state, 'withdrawn')
  assert.equal(check('denileukin diftitox', 'MYCF', {}, true), undefined)
  assert.equal(check('pralsetinib', 'THME')?.state, 'other-disease')
})
