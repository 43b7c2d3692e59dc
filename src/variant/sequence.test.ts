import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SequencesInMemory } from './sequence.ts'
import type { Transcript } from './transcript.ts'
import { TranscriptSet } from './transcript-set.ts'

const CHR21 = {
  assembly: 'GRCh38',
  chromosome: '21',
  refseq: 'NC_000021.9',
  length: 12,
  refget: 'SQ.x',
} as const

test('a contig is found by every spelling, its own first', () => {
  const source = new SequencesInMemory('s', new Map([['21', 'acgtACGTNNNN']]), [CHR21])
  for (const name of ['21', 'chr21', 'NC_000021.9']) assert.equal(source.contig(name)?.name, '21')
  assert.equal(source.contig('21')?.refget, 'SQ.x')
  assert.equal(source.contig('chr22'), undefined)
  const both = new SequencesInMemory(
    's',
    new Map([
      ['chrM', 'A'],
      ['MT', 'CC'],
    ]),
  )
  assert.equal(both.contig('MT')?.length, 2)
  assert.equal(both.contig('M')?.length, 1)
})

test('another length is not the chromosome of the build', () => {
  const source = new SequencesInMemory('s', new Map([['chr21', 'ACGT']]), [CHR21])
  assert.equal(source.contig('chr21')?.assembly, undefined)
  assert.equal(source.contig('NC_000021.9'), undefined)
})

test('bases come in capitals and are clipped to the contig', () => {
  const source = new SequencesInMemory('s', new Map([['a', 'acgtn']]))
  assert.equal(source.bases('a', -2, 2), 'AC')
  assert.equal(source.bases('a', 3, 99), 'TN')
  assert.equal(source.bases('a', 7, 9), '')
  assert.throws(() => source.bases('b', 0, 1), RangeError)
})

function transcript(id: string, contig: string, start: number, end: number): Transcript {
  return {
    id,
    gene: { symbol: undefined, id: undefined, hgnc: undefined },
    biotype: 'protein_coding',
    assembly: undefined,
    contig,
    strand: 1,
    exons: [{ start, end, transcriptStart: 0, transcriptEnd: end - start, cigar: undefined }],
    cds: undefined,
    protein: undefined,
    tags: [],
  }
}

test('transcripts are found by id, version and place', () => {
  const set = new TranscriptSet('t', [
    transcript('NM_1.2', 'chr1', 5, 9),
    transcript('NM_1.3', 'chr1', 0, 100),
    transcript('NM_2.1', '1', 20, 30),
  ])
  const ids = (list: readonly Transcript[]) => list.map(({ id }) => id)
  assert.deepEqual(ids(set.byId('NM_1')), ['NM_1.2', 'NM_1.3'])
  assert.deepEqual(ids(set.byId('NM_1.3')), ['NM_1.3'])
  assert.deepEqual(ids(set.byId('NM_1.9')), [])
  assert.deepEqual(ids(set.overlapping('1', 9, 20)), ['NM_1.3'])
  assert.deepEqual(ids(set.overlapping('chr1', 8, 21)), ['NM_1.3', 'NM_1.2', 'NM_2.1'])
  assert.deepEqual(ids(set.overlapping('chr2', 0, 99)), [])
})
