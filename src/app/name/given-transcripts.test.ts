import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assembly } from '../../terms/genome.ts'
import { SequencesInMemory } from '../../variant/sequence.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { TranscriptSet } from '../../variant/transcript-set.ts'
import { genesOnFasta } from '../vcf/genes-on-fasta.ts'
import { onGivenSequence } from './given-transcripts.ts'

const known = (assembly: Assembly, chromosome: string, refseq: string, length: number) => ({
  assembly,
  chromosome,
  refseq,
  length,
  refget: `SQ.${refseq}`,
})
const CHROMOSOMES = [
  known('GRCh38', '1', 'NC_000001.11', 10),
  known('GRCh37', '1', 'NC_000001.10', 12),
  known('GRCh38', 'MT', 'NC_012920.1', 5),
  known('GRCh37', 'MT', 'NC_012920.1', 5),
]
const fasta = (name: string, length: number) =>
  new SequencesInMemory('test', new Map([[name, 'A'.repeat(length)]]), CHROMOSOMES)
const NOTHING = new SequencesInMemory('test', new Map(), CHROMOSOMES)

function transcriptOn(contig: string, assembly: Assembly | undefined): Transcript {
  return {
    id: 'NM_1.1',
    gene: { symbol: undefined, id: undefined, hgnc: undefined },
    biotype: 'protein_coding',
    assembly,
    contig,
    strand: 1,
    exons: [{ start: 0, end: 4, transcriptStart: 0, transcriptEnd: 4, cigar: undefined }],
    cds: undefined,
    protein: undefined,
    tags: [],
  }
}

function placed(contig: string, assembly: Assembly | undefined, given = NOTHING) {
  const its = onGivenSequence(transcriptOn(contig, assembly), 'genes.gff3', given, CHROMOSOMES)
  return [its.contig, its.assembly]
}

/** Transcripts that a FASTA of one sequence finds on it. */
function found(contig: string, assembly: Assembly | undefined, name: string, length: number): number {
  const bases = new SequencesInMemory('genome.fa', new Map([[name, 'A'.repeat(length)]]))
  const genes = new TranscriptSet('genes.gff3', [transcriptOn(contig, assembly)])
  return genesOnFasta(genes, bases, CHROMOSOMES).overlapping(name, 0, 4).length
}

test('a chromosome by its number is of the build that the file or the reader says', () => {
  assert.deepEqual(placed('1', 'GRCh37'), ['NC_000001.10', 'GRCh37'])
  assert.deepEqual(placed('chr1', 'GRCh38'), ['NC_000001.11', 'GRCh38'])
  assert.throws(() => placed('1', undefined), { code: 'TRANSCRIPTS_ASSEMBLY' })
  assert.deepEqual(placed('MT', undefined), ['NC_012920.1', undefined], 'one sequence in both')
})

test('the chromosome of a FASTA is meant, unless it is of another build', () => {
  assert.deepEqual(placed('1', undefined, fasta('chr1', 10)), ['chr1', undefined])
  assert.deepEqual(placed('1', 'GRCh38', fasta('NC_000001.11', 10)), ['NC_000001.11', 'GRCh38'])
  assert.deepEqual(placed('1', 'GRCh37', fasta('chr1', 10)), ['NC_000001.10', 'GRCh37'])
  assert.deepEqual(placed('1', 'GRCh37', fasta('1', 7)), ['1', 'GRCh37'], 'a part of some build')
})

test('an accession says its build by itself', () => {
  assert.deepEqual(placed('NC_000001.11', 'GRCh37'), ['NC_000001.11', 'GRCh38'])
  assert.deepEqual(placed('NC_012920.1', 'GRCh37'), ['NC_012920.1', 'GRCh37'])
  assert.deepEqual(placed('NT_187633.1', 'GRCh38'), ['NT_187633.1', 'GRCh38'])
})

test('for consequences, transcripts on accessions are found on the chromosomes of a FASTA that numbers them', () => {
  assert.equal(found('NC_000001.11', undefined, 'chr1', 10), 1)
  assert.equal(
    found('NC_000001.11', undefined, '1', 7),
    1,
    'a part, of a build that its length does not tell',
  )
  assert.equal(found('NC_000001.11', undefined, 'NC_000001.11', 10), 1)
  assert.equal(found('NC_012920.1', undefined, 'chrM', 5), 1)
  assert.equal(found('chr1', 'GRCh38', '1', 10), 1)
})

test('for consequences, transcripts of another build than the FASTA are refused', () => {
  assert.throws(() => found('NC_000001.11', undefined, 'chr1', 12), { code: 'GENES_BUILD' })
  assert.throws(() => found('1', 'GRCh38', '1', 12), { code: 'GENES_BUILD' })
  assert.throws(() => found('1', 'GRCh37', 'NC_000001.11', 10), { code: 'GENES_BUILD' })
  assert.equal(found('1', undefined, '1', 12), 1, 'the file does not say which')
})
