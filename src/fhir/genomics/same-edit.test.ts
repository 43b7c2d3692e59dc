import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SequencesInMemory } from '../../variant/sequence.ts'
import { readEdit } from './edit.ts'
import { compareEdits, type Verdict, widened } from './same-edit.ts'

const SAME: readonly (readonly [string, string, Verdict])[] = [
  ['NC_000005.9:g.112102032A>T', 'NC_000005.9:112102031:A:T', 'yes'],
  ['NC_000005.9:g.112102032A>T', 'NC_000005.9:112102032:A:T', 'no'],
  ['NC_000005.9:g.112102032A>T', 'NC_000005.10:112102031:A:T', 'no'],
  ['NC_000005.9:g.112102032A>T', 'NC_000005.9:112102031:A:G', 'no'],
  // A deletion of one of three C, written on any of them, is the contextual one.
  ['NC_000001.11:g.101del', 'NC_000001.11:100:CCC:CC', 'yes'],
  ['NC_000001.11:g.103del', 'NC_000001.11:100:CCC:CC', 'yes'],
  // Whether a fourth C follows is not told.
  ['NC_000001.11:g.104del', 'NC_000001.11:100:CCC:CC', 'unknown'],
  ['NC_000001.11:101:C:', 'NC_000001.11:100:CCC:CC', 'yes'],
  ['NC_000001.11:101:G:', 'NC_000001.11:100:CCC:CC', 'no'],
  ['NC_000001.11:g.101_102del', 'NC_000001.11:100:CCC:CC', 'no'],
  ['NC_000001.11:g.102dup', 'NC_000001.11:100:AA:AAA', 'yes'],
  ['NC_000001.11:g.101_102dup', 'NC_000001.11:100:AA:AAA', 'no'],
  ['NC_000001.11:g.101_102insG', 'NC_000001.11:101::G', 'yes'],
  ['NC_000001.11:g.101_102insG', 'NC_000001.11:100:AT:AGT', 'yes'],
  ['NC_000001.11:g.101_102delinsGG', 'NC_000001.11:100:AT:GG', 'yes'],
  // SPDI may give the number of deleted bases.
  ['NC_000001.11:100:3:', 'NC_000001.11:g.101_103del', 'yes'],
  // Bases that both alleles share do not count.
  ['NC_000001.11:99:TCC:TC', 'NC_000001.11:100:CC:C', 'yes'],
  // Without the bases between them nobody can tell: the sequence may repeat.
  ['NC_000001.11:g.104del', 'NC_000001.11:102:C:', 'unknown'],
  ['NC_000001.11:103:A:', 'NC_000001.11:99:TA:T', 'unknown'],
  ['NC_000001.11:g.110_112dup', 'NC_000001.11:100:T:TCAG', 'unknown'],
  // A base that is told breaks the repeat; another size, another turn of the unit or a change of no size is elsewhere.
  ['NC_000001.11:100:A:', 'NC_000001.11:103:TA:T', 'no'],
  ['NC_000001.11:103:A:', 'NC_000001.11:102:C:', 'no'],
  ['NC_000001.11:110:AC:', 'NC_000001.11:101:AC:', 'no'],
  ['NC_000001.11:g.104_105del', 'NC_000001.11:102:C:', 'no'],
  ['NC_000001.11:g.104_105delinsTT', 'NC_000001.11:99:C:G', 'no'],
  ['NC_000001.11:g.2000del', 'NC_000001.11:102:C:', 'no'],
]
for (const [one, other, same] of SAME)
  test(`${one} and ${other}: ${same}`, () => {
    assert.equal(compareEdits(readEdit(one), readEdit(other)), same)
    assert.equal(compareEdits(readEdit(other), readEdit(one)), same)
  })

test('with the sequence an indel of a repeat is one wherever it is written', () => {
  const bases = new Map([['NC_000001.11', 'GATTTTTCACACAG']])
  const sequences = new SequencesInMemory('a slice', bases)
  const wide = (text: string) => widened(readEdit(text), sequences)
  for (const [one, other, same] of [
    ['NC_000001.11:g.3del', 'NC_000001.11:g.7del', 'yes'],
    ['NC_000001.11:g.7dup', 'NC_000001.11:1:A:AT', 'yes'],
    ['NC_000001.11:g.8_9del', 'NC_000001.11:g.12_13del', 'yes'],
    ['NC_000001.11:g.8_9del', 'NC_000001.11:8:AC:', 'yes'],
    ['NC_000001.11:g.3del', 'NC_000001.11:g.8del', 'no'],
    ['NC_000001.11:g.8del', 'NC_000001.11:g.10del', 'no'],
  ] as const)
    assert.equal(compareEdits(wide(one), wide(other)), same, `${one} ${other}`)
  // What contradicts the sequence is left as it is.
  assert.equal(wide('NC_000001.11:2:A:').whole, undefined)
})
