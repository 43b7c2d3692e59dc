import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vrsAllele } from './allele.ts'
import { identifyVrs2, serializeVrs2 } from './identify.ts'

const CHR19 = 'SQ.IIB53T8CNeJJdUqzn9V_JnRtQadwWCbl'
const CHR1 = 'SQ.Ya6Rs7DHhDeg7YaOSg1EoNi3U_nQ9SvO'

test('rs7412 (GA4GH VRS 2 validation: Allele with LiteralSequenceExpression)', () => {
  const allele = vrsAllele({ refget: CHR19, start: 44908821, deleted: 'C', inserted: 'T', contextual: false })
  assert.equal(identifyVrs2(allele!), 'ga4gh:VA.0AePZIWZUNsUlQTamyLrjm2HWUw2opLt')
})

test('bases that do not change do not count', () => {
  const narrow = vrsAllele({ refget: CHR19, start: 44908821, deleted: 'C', inserted: 'T', contextual: false })
  assert.deepEqual(
    vrsAllele({ refget: CHR19, start: 44908820, deleted: 'GCA', inserted: 'GTA', contextual: false }),
    narrow,
  )
})

test('a contextual insertion (GA4GH VRS 2 validation: Allele with ReferenceLengthExpression)', () => {
  const allele = vrsAllele({
    refget: CHR1,
    start: 40819438,
    deleted: 'CTCCTCCT',
    inserted: 'CTCCTCCTCCT',
    contextual: true,
  })
  assert.equal(identifyVrs2(allele!), 'ga4gh:VA.Oop4kjdTtKcg1kiZjIJAAR3bp7qi4aNT')
})

test('a deletion whose neighbours are not given, and one that is no repeat, have no identifier', () => {
  for (const [deleted, inserted] of [
    ['C', ''],
    ['', 'C'],
    ['CAT', 'CA'],
    ['AC', 'ACG'],
  ] as const)
    assert.equal(vrsAllele({ refget: CHR1, start: 10, deleted, inserted, contextual: true }), undefined)
})

test('an insertion as a VCF record writes it may be one of several ways: no identifier', () => {
  const bare = { refget: CHR1, start: 10, deleted: 'A', inserted: 'AA', contextual: false }
  assert.equal(vrsAllele(bare), undefined)
})

test('descriptions, labels and expressions do not change an identifier', () => {
  const allele = vrsAllele({
    refget: CHR19,
    start: 44908821,
    deleted: 'C',
    inserted: 'T',
    contextual: false,
  })!
  const described = {
    ...allele,
    id: 'x',
    expressions: [{ syntax: 'spdi', value: 'NC_000019.10:44908821:C:T' }],
  }
  assert.equal(serializeVrs2(described), serializeVrs2(allele))
})
