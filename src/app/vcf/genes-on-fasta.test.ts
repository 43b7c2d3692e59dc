import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assembly } from '../../terms/genome.ts'
import { SequencesInMemory } from '../../variant/sequence.ts'
import type { Transcript } from '../../variant/transcript.ts'
import { TranscriptSet } from '../../variant/transcript-set.ts'
import { genesOnFasta } from './genes-on-fasta.ts'

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

function placed(contig: string, assembly: Assembly | undefined, fasta: string, length: number) {
  const one: Transcript = {
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
  const bases = new SequencesInMemory('genome.fa', new Map([[fasta, 'A'.repeat(length)]]))
  return genesOnFasta(new TranscriptSet('genes.gff3', [one]), bases, CHROMOSOMES).overlapping(fasta, 0, 4)
    .length
}

test('transcripts on accessions are found on the chromosomes of a FASTA that numbers them', () => {
  assert.equal(placed('NC_000001.11', undefined, 'chr1', 10), 1)
  assert.equal(
    placed('NC_000001.11', undefined, '1', 7),
    1,
    'a part, of a build that its length does not tell',
  )
  assert.equal(placed('NC_000001.11', undefined, 'NC_000001.11', 10), 1)
  assert.equal(placed('NC_012920.1', undefined, 'chrM', 5), 1)
  assert.equal(placed('chr1', 'GRCh38', '1', 10), 1)
})

test('transcripts of another build than the FASTA are refused', () => {
  assert.throws(() => placed('NC_000001.11', undefined, 'chr1', 12), { code: 'GENES_BUILD' })
  assert.throws(() => placed('1', 'GRCh38', '1', 12), { code: 'GENES_BUILD' })
  assert.throws(() => placed('1', 'GRCh37', 'NC_000001.11', 10), { code: 'GENES_BUILD' })
  assert.equal(placed('1', undefined, '1', 12), 1, 'the file does not say which')
})
