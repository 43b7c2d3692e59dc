import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../../test/trials/matchminer-run.ts'
import { criterionWords } from '../criterion-words.ts'
import { draftsOf } from '../registry/registry-trial.ts'
import { itemReader } from './read-item.ts'

const read = itemReader(builtInFacts())
const words = (text: string) =>
  draftsOf(text, read).map(({ reads }) => (reads === null ? 'nothing' : criterionWords(reads)))

const below = (parent: string, items: readonly string[], heading = 'Inclusion') =>
  words(`${heading} Criteria:\n* ${parent}\n${items.map((one) => `   * ${one}`).join('\n')}`)

test('a list of what must not be so is read so', () => {
  assert.deepEqual(below('Patients must not have any of the following:', ['HIV infection', 'LVEF < 50%']), [
    'not (hiv positive or LVEF < 50 %)',
  ])
  assert.deepEqual(below('No prior treatment with:', ['prior osimertinib', 'prior gefitinib']), [
    'not (treated with osimertinib or treated with gefitinib)',
  ])
  assert.deepEqual(below('Without evidence of:', ['brain metastases', 'a good mood']), ['nothing'])
})

test('exceptions, permissions and counts of a list are no requirement', () => {
  assert.deepEqual(below('ECOG 0-1, except:', ['HIV infection']), ['ECOG <= 1'])
  assert.deepEqual(below('Patients with the following are allowed:', ['HIV infection']), ['nothing'])
  assert.deepEqual(below('At least two of the following:', ['LDH > 250 U/L', 'ECOG 2']), ['nothing'])
})

test('an exclusion excludes by each item, or by all together where it says so', () => {
  assert.deepEqual(below('Any of:', ['HIV infection', 'LVEF < 50%'], 'Exclusion'), [
    'not (hiv positive or LVEF < 50 %)',
  ])
  assert.deepEqual(below('All of the following:', ['HIV infection', 'LVEF < 50%'], 'Exclusion'), [
    'not (hiv positive and LVEF < 50 %)',
  ])
  assert.deepEqual(below('Lack of organ function:', ['ANC >= 1.5 x 10^9/L'], 'Exclusion'), ['nothing'])
})

test('alternatives are told by "or" between them, and lists within lists stay lists', () => {
  assert.deepEqual(below('Tumour with:', ['KRAS G12C mutation; or', 'BRAF V600E mutation']), [
    'KRAS, mutations, p.G12C or BRAF, mutations, p.V600E',
  ])
  const nested = [
    'Inclusion Criteria:',
    '* One of the following:',
    '  * all of the following:',
    '    * KRAS G12C mutation',
    '    * ECOG 0-1',
    '  * BRAF V600E mutation',
  ].join('\n')
  assert.deepEqual(words(nested), ['(KRAS, mutations, p.G12C and ECOG <= 1) or BRAF, mutations, p.V600E'])
  assert.deepEqual(words('Inclusion Criteria:\n* KRAS G12C mutation\n* OR\n* BRAF V600E mutation'), [
    'nothing',
    'nothing',
    'nothing',
  ])
})

test('an announcement of exclusions announces them one by one; one of what must not be so does not announce', () => {
  assert.deepEqual(
    below('A patient will not be eligible for this study if:', ['HIV infection', 'LVEF < 50%'], 'Exclusion'),
    ['not hiv positive', 'not LVEF < 50 %'],
  )
  assert.deepEqual(below('Patients must not meet these criteria:', ['HIV infection', 'LVEF < 50%']), [
    'not (hiv positive or LVEF < 50 %)',
  ])
})
