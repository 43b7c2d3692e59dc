import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { readEdit, sameEdit } from './edit.ts'

const SAME: readonly (readonly [string, string, boolean])[] = [
  ['NC_000005.9:g.112102032A>T', 'NC_000005.9:112102031:A:T', true],
  ['NC_000005.9:g.112102032A>T', 'NC_000005.9:112102032:A:T', false],
  ['NC_000005.9:g.112102032A>T', 'NC_000005.10:112102031:A:T', false],
  ['NC_000005.9:g.112102032A>T', 'NC_000005.9:112102031:A:G', false],
  // A deletion of one of three C, written on any of them, is the contextual one.
  ['NC_000001.11:g.101del', 'NC_000001.11:100:CCC:CC', true],
  ['NC_000001.11:g.103del', 'NC_000001.11:100:CCC:CC', true],
  ['NC_000001.11:g.104del', 'NC_000001.11:100:CCC:CC', false],
  ['NC_000001.11:101:C:', 'NC_000001.11:100:CCC:CC', true],
  ['NC_000001.11:101:G:', 'NC_000001.11:100:CCC:CC', false],
  ['NC_000001.11:g.101_102del', 'NC_000001.11:100:CCC:CC', false],
  ['NC_000001.11:g.102dup', 'NC_000001.11:100:AA:AAA', true],
  ['NC_000001.11:g.101_102dup', 'NC_000001.11:100:AA:AAA', false],
  ['NC_000001.11:g.101_102insG', 'NC_000001.11:101::G', true],
  ['NC_000001.11:g.101_102insG', 'NC_000001.11:100:AT:AGT', true],
  ['NC_000001.11:g.101_102delinsGG', 'NC_000001.11:100:AT:GG', true],
  // SPDI may give the number of deleted bases.
  ['NC_000001.11:100:3:', 'NC_000001.11:g.101_103del', true],
  // Bases that both alleles share do not count.
  ['NC_000001.11:99:TCC:TC', 'NC_000001.11:100:CC:C', true],
]
for (const [one, other, same] of SAME)
  test(`${one} ${same ? 'is' : 'is not'} ${other}`, () => {
    assert.equal(sameEdit(readEdit(one), readEdit(other)), same)
    assert.equal(sameEdit(readEdit(other), readEdit(one)), same)
  })

const REFUSED: readonly (readonly [string, string])[] = [
  ['NM_001385641.1:c.804C>T', 'VARIANT_NOT_NORMALISED'],
  ['rs113488022', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.101_102insN?', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.102_101del', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.101_103insG', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.101_102A>T', 'VARIANT_MALFORMED'],
  ['', 'VARIANT_MALFORMED'],
]
for (const [text, code] of REFUSED)
  test(`"${text}": ${code}`, () =>
    assert.throws(
      () => readEdit(text),
      (error) => error instanceof Fault && error.code === code,
    ))
