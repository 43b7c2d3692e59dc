import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { drugBook } from '../../knowledge/drug.ts'
import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import { atcCode, rxCui } from '../../terms/ids.ts'
import { nearestDrugs, resolveDrug, resolveUse } from './drug-name.ts'

const book = drugBook(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]))
const names = (text: string) => resolveDrug(text, book).drugs.map((drug) => drug.name)
const faultOf = (act: () => unknown): Fault => {
  try {
    act()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

for (const [text, ...expected] of [
  ['clopidogrel', 'clopidogrel'],
  ['CLOPIDOGREL', 'clopidogrel'],
  ['32968', 'clopidogrel'],
  ['rxcui:32968', 'clopidogrel'],
  ['613391', 'prasugrel'],
  ['rxcui:85762', 'ritonavir'],
  ['309362', 'clopidogrel'], // RxNorm: clopidogrel 75 MG Oral Tablet
  ['B01AC04', 'clopidogrel'],
  ['b01ac04', 'clopidogrel'],
  ['Plavix', 'clopidogrel'],
  ['  Plavix® ', 'clopidogrel'],
  ['clopidogrel bisulfate', 'clopidogrel'],
  ['Clopidogrel 75 MG Oral Tablet', 'clopidogrel'],
  ['Coumadin', 'warfarin'],
  ['Xeloda', 'capecitabine'],
  ['5-FU', 'fluorouracil'],
  ['paracetamol', 'acetaminophen'],
  ['suxamethonium', 'succinylcholine'],
  ['rifampicin', 'rifampin'],
  ['tioguanine', 'thioguanine'],
  ['ciclosporin', 'cyclosporine'],
  ['Toprol-XL', 'metoprolol'],
  ['24 HR metoprolol succinate 50 MG Extended Release Oral Tablet', 'metoprolol'],
  ['Effexor XR', 'venlafaxine'],
  ['co-trimoxazole', 'sulfamethoxazole / trimethoprim'],
  ['Nuedexta', 'dextromethorphan / quinidine', 'dextromethorphan', 'quinidine'],
  ['Vicodin', 'hydrocodone', 'acetaminophen'],
  ['J05AR13', 'abacavir'],
] as const) {
  test(`${text} is ${expected.join(' and ')}`, () => {
    assert.deepEqual(names(text), [...expected])
  })
}

for (const [text, candidate] of [
  ['clopidogral', 'clopidogrel'],
  ['cloppidogrel', 'clopidogrel'],
  ['warfrain', 'warfarin'],
  ['Coumidin', 'warfarin'],
  ['simvastain', 'simvastatin'],
  ['capecitabin', 'capecitabine'],
  ['codiene', 'codeine'],
] as const) {
  test(`${text} is refused and ${candidate} offered`, () => {
    const fault = faultOf(() => resolveDrug(text, book))
    assert.equal(fault.code, 'DRUG_UNKNOWN')
    assert.match(fault.mend, new RegExp(`\\b${candidate}\\b`))
    assert.ok(nearestDrugs(text, book).some((drug) => drug.name === candidate))
  })
}

for (const [text, code] of [
  ['', 'DRUG_UNKNOWN'],
  ['zzzzzzzz', 'DRUG_UNKNOWN'],
  ['99999999', 'DRUG_UNKNOWN'],
  ['Z99ZZ99', 'DRUG_UNKNOWN'],
  ['N06AB', 'DRUG_IS_CLASS'],
  ['statin', 'DRUG_IS_CLASS'],
  ['SSRI', 'DRUG_IS_CLASS'],
  ['codeine 30 mg / acetaminophen 300 mg', 'DRUG_UNKNOWN'],
  ['clopidogrel 75 mg and aspirin', 'DRUG_UNKNOWN'],
] as const) {
  test(`"${text}" is refused with ${code}`, () => {
    assert.equal(faultOf(() => resolveDrug(text, book)).code, code)
  })
}

test('a class names some of its members', () => {
  assert.match(faultOf(() => resolveDrug('statin', book)).mend, /atorvastatin/)
})

const use = { text: '', rxcui: undefined, atc: undefined, status: 'taking' } as const

test('a known code is believed although the text is not understood', () => {
  const found = resolveUse({ ...use, text: 'Clopi 75 (house)', rxcui: rxCui('32968') }, book)
  assert.equal(found.by, 'rxcui')
  assert.equal(found.drugs[0].name, 'clopidogrel')
})

test('an unknown code falls back to the text', () => {
  assert.equal(
    resolveUse({ ...use, text: 'Plavix', rxcui: rxCui('1234567') }, book).drugs[0].name,
    'clopidogrel',
  )
})

test('a code and a text that mean different drugs are refused', () => {
  const act = () => resolveUse({ ...use, text: 'warfarin', rxcui: rxCui('32968') }, book)
  assert.equal(faultOf(act).code, 'DRUG_CODES_DISAGREE')
  const atc = () => resolveUse({ ...use, text: 'warfarin', atc: atcCode('B01AC04') }, book)
  assert.equal(faultOf(atc).code, 'DRUG_CODES_DISAGREE')
})

test('an unknown code alone is refused', () => {
  assert.equal(faultOf(() => resolveUse({ ...use, rxcui: rxCui('1234567') }, book)).code, 'DRUG_UNKNOWN')
})
