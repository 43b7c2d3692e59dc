import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../facts.ts'
import { APPROVALS_PACK, approvals } from './approvals.ts'
import { oncoTree } from './oncotree.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const { all, drugsNamed } = approvals(facts)

test('every indication has an id of its own, a date that is none of the future of the pack, and codes of OncoTree', () => {
  const tree = oncoTree(facts)
  const until = `${facts.pack(APPROVALS_PACK).ref.version}-31`
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  for (const { id, disease, approved } of all) {
    for (const code of disease.oncotree) assert.ok(tree.types.has(code), `${id}: ${code}`)
    assert.ok(disease.solid || disease.oncotree.length > 0 || disease.key === 'sega', id)
    assert.ok(approved === undefined || approved <= until, id)
  }
})

test('a drug is found by brand, salt and biosimilar', () => {
  assert.deepEqual(drugsNamed('Kanjinti'), ['trastuzumab'])
  assert.deepEqual(drugsNamed('fam-trastuzumab deruxtecan-nxki'), ['trastuzumab deruxtecan'])
  assert.deepEqual(drugsNamed('IMATINIB mesylate'), ['imatinib'])
  assert.deepEqual(drugsNamed('imatini'), [])
})

test('alternatives of a combination are lists; a drug given alone has one empty list', () => {
  const of = (id: string) => all.find((one) => one.id === id)!.regimens
  assert.deepEqual(of('fda.abemaciclib.2'), [['anastrozole'], ['letrozole']])
  assert.deepEqual(of('fda.abemaciclib.4'), [[]])
})

test('what a drug is given with is drugs, and no condition that slipped into the wrong column', () => {
  for (const { id, regimens } of all)
    for (const name of regimens.flat()) assert.match(name, /^[a-z][a-z-]+( [a-z]+)?$/, id)
})

test('a companion test belongs to what it finds: mismatch repair proteins say nothing of mutational burden', () => {
  const names = (id: string) => all.find((one) => one.id === id)!.tests.map(({ name }) => name)
  const burden = all.find(({ drug, biomarker }) => drug === 'pembrolizumab' && biomarker === 'TMB >= 10')!
  assert.deepEqual(names(burden.id), ['FoundationOne CDx'])
  assert.ok(!names('fda.osimertinib.5').includes('therascreen EGFR RGQ PCR Kit'))
  assert.ok(names('fda.olaparib.2').includes('Myriad myChoice CDx'))
  assert.ok(!names('fda.olaparib.2').includes('BRACAnalysis CDx'))
})
