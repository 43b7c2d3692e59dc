import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../facts.ts'
import { approvals } from './approvals.ts'
import { cancerDrugsIn } from './cancer-drug-names.ts'
import { oncoTree } from './oncotree.ts'
import { mayBeUnselected, unselected } from './unselected.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const tree = oncoTree(facts)

test('drugs of an order by generic, salt, brand and biosimilar; the longest name counts', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['osimertinib 80 MG Oral Tablet [Tagrisso]', ['osimertinib']],
    ['TAGRISSO® 80 mg', ['osimertinib']],
    ['fam-trastuzumab deruxtecan-nxki 100 MG Injection', ['trastuzumab deruxtecan']],
    ['trastuzumab-dkst', ['trastuzumab']],
    ['pertuzumab, trastuzumab and hyaluronidase', ['pertuzumab, trastuzumab and hyaluronidase']],
    ['dabrafenib 50 mg + trametinib 2 mg', ['dabrafenib', 'trametinib']],
    ['Keytruda Qlex', ['pembrolizumab']],
    ['doxorubicin hydrochloride 2 MG/ML Injection', ['doxorubicin']],
    ['osimertinb', []],
    ['metformin hydrochloride 500 MG Oral Tablet', []],
    ['', []],
  ]
  for (const [text, drugs] of cases) assert.deepEqual(cancerDrugsIn([text], facts), drugs, text)
})

test('every drug that may be given without its biomarker has approvals, and every type is of OncoTree', () => {
  const known = new Set(approvals(facts).all.map(({ drug }) => drug))
  for (const [drug, { everyone, implied }] of unselected(facts)) {
    assert.ok(known.has(drug), drug)
    for (const code of [...everyone, ...implied]) assert.ok(code === '*' || tree.types.has(code), code)
  }
})

test('without a diagnosis a drug may be meant for any of its types; a diagnosis says which', () => {
  const of = (drug: string, code: string | undefined) =>
    mayBeUnselected(unselected(facts).get(drug), code, tree)
  assert.deepEqual(
    [of('cetuximab', undefined), of('cetuximab', 'HNSC'), of('cetuximab', 'COADREAD')],
    [true, true, false],
  )
  assert.deepEqual([of('bosutinib', undefined), of('bosutinib', 'CML')], [false, true])
  assert.deepEqual([of('osimertinib', 'LUAD'), of('letrozole', undefined)], [false, true])
})
