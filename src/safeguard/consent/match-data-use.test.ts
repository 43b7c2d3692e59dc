import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facts } from '../../../test/support/access.ts'
import { dataUseTerms } from '../../knowledge/access/data-use.ts'
import { type DataUse, FOR_A_COMMITTEE } from './data-use.ts'
import { dataUseOf } from './data-use-terms.ts'
import { matchDataUse } from './match-data-use.ts'

const ABOVE: Readonly<Record<string, readonly string[]>> = {
  child: ['parent', 'disease'],
  parent: ['disease'],
}
const match = (dataset: DataUse, purpose: DataUse) =>
  matchDataUse(dataset, purpose, (disease) => ABOVE[disease] ?? [])
const decide = (dataset: DataUse, purpose: DataUse) => match(dataset, purpose).decision

const DS = (...diseaseRestrictions: string[]): DataUse => ({ diseaseRestrictions })
const GRU: DataUse = { generalUse: true }
const HMB: DataUse = { hmbResearch: true }
const POA: DataUse = { populationOriginsAncestry: true }
const MDS: DataUse = { methodsResearch: true }

test('which data sets fit which purpose', () => {
  const rows: readonly (readonly [string, DataUse, Readonly<Record<string, DataUse>>, string])[] = [
    ['HMB', HMB, { GRU, HMB }, 'Approve'],
    ['HMB', HMB, { DS: DS('parent'), POA, none: {} }, 'Deny'],
    ['POA', POA, { GRU, POA }, 'Approve'],
    ['POA', POA, { HMB, DS: DS('parent'), none: {} }, 'Deny'],
    ['MDS', MDS, { GRU, HMB, POA, DS: DS('parent') }, 'Approve'],
    ['MDS', MDS, { none: {} }, 'Deny'],
    ['DS parent', DS('parent'), { GRU, HMB, same: DS('parent'), above: DS('disease') }, 'Approve'],
    ['DS parent', DS('parent'), { below: DS('child'), other: DS('other'), POA }, 'Deny'],
    ['DS two', DS('child', 'other'), { both: DS('parent', 'other') }, 'Approve'],
    ['DS two', DS('child', 'other'), { one: DS('parent') }, 'Deny'],
    ['HMB and POA', { ...HMB, ...POA }, { GRU }, 'Approve'],
    ['HMB and POA', { ...HMB, ...POA }, { HMB, POA }, 'Deny'],
  ]
  for (const [name, purpose, datasets, expected] of rows) {
    for (const [tag, dataset] of Object.entries(datasets))
      assert.equal(decide(dataset, purpose), expected, `${name} on ${tag}`)
  }
})

test('profit', () => {
  for (const [dataset, purpose, expected] of [
    [true, true, 'Approve'],
    [true, false, 'Deny'],
    [false, true, 'Approve'],
    [false, false, 'Approve'],
    [undefined, false, 'Approve'],
  ] as const) {
    const use = dataset === undefined ? {} : { nonProfitUse: dataset }
    assert.equal(decide(use, { nonProfitUse: purpose }), expected, `${dataset} ${purpose}`)
  }
})

test('what only a committee can weigh is abstained from, on either side, and named', () => {
  for (const [field, words] of FOR_A_COMMITTEE) {
    const stated = { [field]: /other|geographical|Moratorium|gender/i.test(field) ? 'stated' : true }
    for (const answer of [match(GRU, { ...HMB, ...stated }), match({ ...GRU, ...stated }, HMB)]) {
      assert.equal(answer.decision, 'Abstain', field)
      assert.ok(answer.because[0]?.endsWith(words), field)
    }
    const unstated = { [field]: /other|geographical|Moratorium|gender/i.test(field) ? '' : false }
    assert.equal(decide(GRU, { ...HMB, ...unstated }), 'Approve', field)
  }
  assert.deepEqual(match(GRU, {}), { decision: 'Abstain', because: ['the purpose states no use'] })
})

test('a refusal names the condition', () => {
  assert.deepEqual(match(DS('parent'), { ...HMB, ...POA }).because, [
    'health research (HMB) needs a data set for general (GRU) or health research (HMB)',
    'research on ancestry (POA) needs a data set for general research (GRU) or ancestry (POA)',
  ])
})

test('tags of the ontology', () => {
  const terms = dataUseTerms(facts)
  const tagged = (...tags: string[]) => dataUseOf(tags, terms, ['parent'])
  assert.equal(terms.size, 39)
  assert.deepEqual(tagged('DUO:0000006', 'NPU'), { hmbResearch: true, nonProfitUse: true })
  assert.deepEqual(tagged('DS'), DS('parent'))
  assert.equal(decide(tagged('GRU', 'NMDS'), MDS), 'Deny')
  assert.equal(decide(tagged('GRU', 'IRB'), HMB), 'Abstain')
  assert.equal(decide(tagged('GRU', 'TS'), HMB), 'Abstain')
  assert.throws(() => tagged('DUO:9999999'), { code: 'DUO_UNKNOWN' })
  assert.throws(() => tagged('DUO:0000005'), { code: 'DUO_OBSOLETE' })
  assert.throws(() => dataUseOf(['DS'], terms), { code: 'DUO_DISEASE_MISSING' })
})
