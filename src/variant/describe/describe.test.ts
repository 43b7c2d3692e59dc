import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { bareChromosomes } from '../layered-sequences.ts'
import { describe } from './describe.ts'

const known = [
  { assembly: 'GRCh38', chromosome: '1', refseq: 'NC_000001.11', length: 248956422, refget: 'SQ.a' },
  { assembly: 'GRCh37', chromosome: '1', refseq: 'NC_000001.10', length: 249250621, refget: 'SQ.b' },
  { assembly: 'GRCh38', chromosome: 'MT', refseq: 'NC_012920.1', length: 16569, refget: 'SQ.c' },
  { assembly: 'GRCh37', chromosome: 'MT', refseq: 'NC_012920.1', length: 16569, refget: 'SQ.c' },
] as const
const sequences = bareChromosomes(known)
const transcripts = { name: '', transcripts: [], byId: () => [], overlapping: () => [] }
const ask = (text: string, assembly?: Assembly) =>
  describe(text, { sequences, transcripts, assembly }, { transcripts: [] })
const code = (text: string) => {
  try {
    ask(text)
    return ''
  } catch (error) {
    assert.ok(error instanceof Fault)
    return error.code
  }
}

test('a chromosome by its number is of one build only when somebody says of which', () => {
  assert.equal(code('chr1:g.100A>G'), 'NAME_BUILD')
  assert.equal(ask('chr1:g.100A>G', 'GRCh37').genome[0]!.sequence, 'NC_000001.10')
  assert.equal(ask('chr1:g.100A>G', 'GRCh38').genome[0]!.sequence, 'NC_000001.11')
  assert.equal(ask('chrM:m.100A>G').genome[0]!.sequence, 'NC_012920.1')
})

for (const [text, expected] of [
  ['NM_000059.4:g.100A>G', 'HGVS_SEQUENCE_KIND'],
  ['NR_046018.2:c.100A>G', 'HGVS_SEQUENCE_KIND'],
  ['NP_000050.3:c.100A>G', 'HGVS_SEQUENCE_KIND'],
  ['NC_000001.11:c.100A>G', 'HGVS_SEQUENCE_KIND'],
  ['NC_000001.11:m.100A>G', 'HGVS_SEQUENCE_KIND'],
  ['NC_000001.11:p.Ser1Arg', 'HGVS_SEQUENCE_KIND'],
  ['NG_012772.3(NP_000050.3):c.5A>G', 'HGVS_SEQUENCE_KIND'],
  ['NC_000001.11(NM_004006.2):c.93+1G>T', ''],
  ['NG_012772.3(BRCA2):c.5946del', ''],
  ['NM_000059.4:n.100A>G', ''],
  ['NM_000059.4:p.Ser1982fs', ''],
  ['LRG_292t1:c.5946del', ''],
  ['LRG_292:c.5946del', 'HGVS_SEQUENCE_KIND'],
  ['ENST00000380152.8:c.5946del', ''],
  ['NC_012920.1:g.3243A>G', ''],
  ['J01415.2:m.3243A>G', ''],
] as const)
  test(`${text}: ${expected === '' ? 'read' : expected}`, () => assert.equal(code(text), expected))

test('the transcript in parentheses behind a chromosome is the one that is missed', () => {
  const { because } = ask('NC_000001.11(NM_004006.2):c.93+1G>T')
  assert.deepEqual(because, [{ kind: 'no-transcript', transcript: 'NM_004006.2', others: [] }])
})

test('a range over the origin of a circular sequence is read, and has no name that needs one place', () => {
  const { written, genome, because } = ask('NC_012920.1:m.16560_5del')
  assert.deepEqual(
    [written, genome.length, because],
    ['NC_012920.1:m.16560_5del', 0, [{ kind: 'across-origin' }]],
  )
  assert.equal(code('NC_000001.11:g.16560_5del'), 'HGVS_ORDER')
})

test('marks without width say nothing, a dash of a text program is named', () => {
  assert.equal(ask('\u202aNC_000001.11:g.100A>G\u200b').written, 'NC_000001.11:g.100A>G')
  assert.throws(
    () => ask('NC_000001.11:g.100–102del'),
    (error) => error instanceof Fault && error.mend.includes('U+2013'),
  )
})
