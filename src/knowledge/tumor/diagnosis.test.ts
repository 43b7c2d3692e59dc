import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Facts } from '../facts.ts'
import { findDiagnosis } from './diagnosis.ts'
import { diagnosisCodes } from './diagnosis-codes.ts'
import { oncoTree } from './oncotree.ts'

const facts = Facts.find(['facts'])
const tree = oncoTree(facts)
const codes = diagnosisCodes(facts)
const told = (text: string) => {
  const match = findDiagnosis(text, tree, codes)
  if (match.kind === 'found') return match.type.code
  return match.kind === 'ambiguous' ? match.types.map(({ code }) => code).sort() : match.kind
}

test('every code of the tables is of a type of the tree, or of a former one that has no single successor', () => {
  const lost = new Set<string>()
  for (const table of codes.tables)
    for (const rows of table.values())
      for (const { oncotree } of rows) if (tree.find(oncotree) === undefined) lost.add(oncotree)
  assert.deepEqual([...lost].sort(), ['AASTR', 'AOAST', 'AODG', 'GBM', 'OAST'])
})

for (const [text, code] of [
  ['LUAD', 'LUAD'],
  ['lung adenocarcinoma', 'LUAD'],
  ['C50.9 8500/3', 'IDC'],
  ['8500/3, C25.0', 'PAAD'],
  ['C34.1 8140/3', 'LUAD'],
  ['C19.9 8140/3', 'COADREAD'],
  ['8140/3 C18.2', 'COAD'],
  // A site alone is the node of the site; so is a morphology that no table has there.
  ['ICD-10 C50.4', 'BREAST'],
  ['ICD-10-CM:C34.11', 'LUNG'],
  ['C50.1 8999/3', 'BREAST'],
  ['http://hl7.org/fhir/sid/icd-10-cm|C92.01', 'AML'],
  ['C92.4', 'APLPMLRARA'],
  ['C94.4', 'APMF'],
  ['D47.4', ['ETMF', 'PMF', 'PVMF']],
  ['C65.9', 'BLADDER'],
  ['C26.1', 'unmapped'],
  ['C7A.012', 'GINET'],
  // The base of the tongue and the soft palate belong to the oropharynx.
  ['C01.9 8070/3', 'OPHSC'],
  ['C02.4 8070/3', 'OPHSC'],
  ['C02.1 8070/3', 'OCSC'],
  ['C05.1 8070/3', 'OPHSC'],
  ['C71.1 9680/3', 'PCNSL'],
  ['C56.9 8460/3', 'SOC'],
  // What a code means at one place of an organ says nothing of its other places: urachus, appendix, duodenum.
  ['C67.7 8010/3', 'URCA'],
  ['C67.2 8010/3', 'BLADDER'],
  ['C18.7 8240/3', 'BOWEL'],
  ['C17.2 8140/3', 'BOWEL'],
  ['C38.0 9050/3', 'unmapped'],
  ['NCIT:C3512', 'LUAD'],
  ['C3512', 'LUAD'],
  ['UMLS C0152013', 'LUAD'],
  ['C91.0', ['BLL', 'TLL']],
  ['8140/3', 'several'],
  ['http://snomed.info/sct|254637007', 'unmapped'],
  ['C99999', 'unmapped'],
  ['Moles', 'unknown'],
] as const)
  test(`${text} is ${code}`, () => {
    const found = told(text)
    if (code === 'several') assert.ok(Array.isArray(found) && found.length > 10, String(found))
    else assert.deepEqual(found, code)
  })

test('the user’s codes stand before the shipped ones', () => {
  const own = diagnosisCodes(facts, [
    { system: 'snomed', code: '254637007', site: '', oncotree: 'NSCLC' },
    { system: 'icd10', code: 'C34', site: '', oncotree: 'LUAD' },
  ])
  for (const [text, code] of [
    ['http://snomed.info/sct|254637007', 'NSCLC'],
    ['C34.9', 'LUAD'],
    ['C50', 'BREAST'],
  ] as const) {
    const match = findDiagnosis(text, tree, own)
    assert.equal(match.kind === 'found' ? match.type.code : match.kind, code)
  }
})
