import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { drugBook } from '../../knowledge/drug.ts'
import { Facts } from '../../knowledge/facts.ts'
import type { DrugUse } from '../../record/patient-record.ts'
import { medicationOf } from './medication.ts'

const book = drugBook(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]))
const use = (text: string, status: DrugUse['status'] = 'taking'): DrugUse => ({
  text,
  rxcui: undefined,
  atc: undefined,
  status,
})
const read = (...uses: DrugUse[]) =>
  medicationOf(uses, book).drugs.map((one) => `${one.drug.name} ${one.status}`)

test('drugs are listed by name, each once; an order outweighs the list', () => {
  assert.deepEqual(read(use('Zocor'), use('Plavix')), ['clopidogrel taking', 'simvastatin taking'])
  assert.deepEqual(read(use('Plavix'), use('clopidogrel', 'considered')), ['clopidogrel considered'])
  assert.deepEqual(read(use('clopidogrel', 'considered'), use('Plavix')), ['clopidogrel considered'])
})
test('a combination product is its ingredients', () => {
  assert.deepEqual(read(use('Vicodin')), ['acetaminophen taking', 'hydrocodone taking'])
})
test('what cannot be read is told and does not stop the rest', () => {
  const { drugs, notRead } = medicationOf([use('Plavx'), use('warfarin')], book)
  assert.deepEqual(
    drugs.map((one) => one.drug.name),
    ['warfarin'],
  )
  assert.equal(notRead.length, 1)
  assert.match(notRead[0]!, /"Plavx".*Did you mean clopidogrel/)
})
test('what is known of earlier use is kept', () => {
  const { drugs } = medicationOf([{ ...use('carbamazepine'), exposure: 'established' }], book)
  assert.equal(drugs[0]!.exposure, 'established')
})
