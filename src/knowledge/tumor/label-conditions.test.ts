import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../facts.ts'
import { KIDNEYS, LABELS_PACK, labelConditions } from './label-conditions.ts'

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

test('a pair of drug and condition has one row, of the kidneys one for each limit; its weight is that of its section; only a severe form may be contraindicated', () => {
  const keys = rows.map(([drug, condition, , , below]) => `${drug} ${condition} ${below}`)
  assert.equal(new Set(keys).size, keys.length)
  const weights = new Map([
    ['boxed warning', ['boxed']],
    ['2', ['dose', 'warning']],
    ['4', ['contraindicated']],
    ['5', ['warning']],
    ['8.1', ['warning']],
    ['8.6', ['dose', 'warning']],
  ])
  for (const [drug, condition, weight, section, , says] of rows)
    if (!/^(4$|contraindications of)/.test(section!) || !says!.startsWith('severe'))
      assert.ok(weights.get(section!)?.includes(weight!), `${drug} ${condition} ${section}`)
})

test('cautions of the kidneys name the clearance they speak of, and no other caution does', () => {
  for (const [drug, condition, , , below] of rows)
    assert.equal(below !== '', condition === KIDNEYS, `${drug} ${condition}`)
  assert.equal(cautions('pemetrexed').find(({ condition }) => condition === KIDNEYS)!.below, 45)
})

test('what was compared with a label is told; an empty column is a row that nobody compared', () => {
  assert.equal(of('alectinib', 'pregnancy')!.checked, 'label text')
  const compared = rows.filter(([, , , , , , checked]) => checked !== '')
  assert.ok(compared.length > 0)
  for (const [drug, condition, , , , , checked] of compared)
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
