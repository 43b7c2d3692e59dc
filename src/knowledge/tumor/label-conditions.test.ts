import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../facts.ts'
import { LABELS_PACK, labelConditions } from './label-conditions.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const { cautions, earlier } = labelConditions(facts)
const rows = facts
  .pack(LABELS_PACK)
  .text('cautions.tsv')
  .trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split('\t'))
const of = (drug: string, condition: string) =>
  cautions(drug).find((caution) => caution.condition === condition)

test('a pair of drug and condition has one row, whose weight is that of its section; only a severe form may be contraindicated', () => {
  const keys = rows.map(([drug, condition]) => `${drug} ${condition}`)
  assert.equal(new Set(keys).size, keys.length)
  const weights = new Map([
    ['boxed warning', 'boxed'],
    ['4', 'contraindicated'],
    ['5', 'warning'],
    ['8.1', 'warning'],
  ])
  for (const [drug, condition, weight, section, says] of rows)
    if (section !== '4' || !says!.startsWith('severe'))
      assert.equal(weight, weights.get(section!), `${drug} ${condition}`)
})

test('what was compared with a label is told; an empty column is a row that nobody compared', () => {
  assert.equal(of('alectinib', 'pregnancy')!.checked, 'label text')
  const compared = rows.filter(([, , , , , checked]) => checked !== '')
  assert.ok(compared.length > 0)
  for (const [drug, condition, , , , checked] of compared)
    assert.match(checked!, /^(label text|FDA announcement)$/, `${drug} ${condition}`)
  assert.equal(earlier('fda.ensartinib.1')[0]!.checked, 'label text')
})

test('contraindications are those of the label: letrozole in pregnancy, toremifene in long QT', () => {
  assert.equal(of('letrozole', 'pregnancy')!.weight, 'contraindicated')
  assert.equal(of('toremifene', 'long-qt')!.weight, 'contraindicated')
})

test('no harm to the unborn is made up: the label of sotorasib warns of none', () => {
  assert.equal(of('sotorasib', 'pregnancy'), undefined)
})
