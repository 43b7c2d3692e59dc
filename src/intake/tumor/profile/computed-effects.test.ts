import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CUTS } from '../../../../test/support/tumor-parts.ts'
import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import { SequencesInMemory } from '../../../variant/sequence.ts'
import type { Transcript } from '../../../variant/transcript.ts'
import { TranscriptSet } from '../../../variant/transcript-set.ts'
import { computedEffects } from './computed-effects.ts'
import { genesOfSegments } from './segment-genes.ts'

// UTR 10 | M A C D E F G stop | UTR 10, on chromosome 1 from base 11; the first base of the codons is base 21.
const GENE = `${'C'.repeat(10)}ATGGCTTGTGACGAATTTGGATAA${'C'.repeat(10)}`
const BASES = `${'T'.repeat(10)}${GENE}${'T'.repeat(40)}`
const transcript: Transcript = {
  id: 'ENST1.1',
  gene: { symbol: 'TOY', id: 'ENSG1', hgnc: undefined },
  biotype: 'protein_coding',
  assembly: undefined,
  contig: '1',
  strand: 1,
  exons: [
    { start: 10, end: 10 + GENE.length, transcriptStart: 0, transcriptEnd: GENE.length, cigar: undefined },
  ],
  cds: { start: 10, end: 34, phase: 0, startKnown: true, endKnown: true },
  protein: undefined,
  tags: ['MANE Select'],
}
const transcripts = new TranscriptSet('toy.gff3', [transcript])
const sources = { sequences: new SequencesInMemory('toy.fa', new Map([['1', BASES]])), transcripts }

const at = (
  position: number,
  ref: string,
  alt: string,
  more: Partial<SomaticVariant> = {},
): SomaticVariant => ({
  gene: undefined,
  assembly: 'GRCh38',
  place: { chromosome: '1', position, ref, alt },
  hgvsP: undefined,
  consequences: [],
  exon: undefined,
  ...more,
})

test('gene, consequence and names of what no file annotates; what is annotated stays', () => {
  const annotated = at(24, 'G', 'A', { gene: 'OTHER', consequences: ['intron_variant'] })
  const { variants, computed } = computedEffects(
    [at(30, 'G', 'T'), at(25, 'C', 'A'), annotated, at(70, 'T', 'A')],
    sources,
    'f',
  )
  assert.equal(computed, 3)
  assert.deepEqual(
    variants.map(({ gene, consequences, hgvsP, hgvsC }) => [gene, consequences, hgvsP, hgvsC]),
    [
      ['TOY', ['missense_variant'], 'p.(Asp4Tyr)', 'ENST1.1:c.10G>T'],
      ['TOY', ['missense_variant'], 'p.(Ala2Asp)', 'ENST1.1:c.5C>A'],
      ['OTHER', ['intron_variant'], undefined, undefined],
      [undefined, ['intergenic_variant'], undefined, undefined],
    ],
  )
})

test('one record that differs from the sequence is told; many are another build', () => {
  const right = Array.from({ length: 10 }, () => at(25, 'C', 'A'))
  const wrong = at(25, 'G', 'A')
  const { differs, variants } = computedEffects([...right, wrong], sources, 'f')
  assert.deepEqual([differs, variants.at(-1)?.gene], [1, undefined])
  assert.throws(() => computedEffects([...right, wrong, wrong], sources, 'f'), {
    code: 'BUILD_CONTRADICTS',
    where: 'f',
  })
})

test('a gene is called from the segment that covers it; across a break, or outside, its copies are not known', () => {
  const segment = (start: number, end: number, total: number) => ({
    chromosome: '1',
    start,
    end,
    total,
    minor: 0,
  })
  const calls = (...segments: ReturnType<typeof segment>[]) => {
    const { calls: found, unknown } = genesOfSegments(segments, transcripts, 2, CUTS)
    return [found.map(({ gene, call, copies }) => `${gene} ${call} ${copies}`), unknown]
  }
  assert.deepEqual(calls(segment(1, 90, 8)), [['TOY amplification 8'], 0])
  assert.deepEqual(calls(segment(1, 90, 0)), [['TOY deep-deletion 0'], 0])
  assert.deepEqual(calls(segment(1, 90, 1)), [['TOY loss 1'], 0])
  assert.deepEqual(calls(segment(1, 30, 2), segment(31, 90, 0)), [[], 1])
  assert.deepEqual(calls(segment(1, 30, 7), segment(31, 90, 8)), [['TOY amplification 7'], 0])
  assert.deepEqual(calls(segment(60, 90, 8)), [[], 1])
  assert.deepEqual(calls(segment(15, 90, 8)), [[], 1])
})

test('a few segments do not tell the ploidy: a call stands where two copies and four give the same', () => {
  const calls = (total: number, more = 0) => {
    const segments = [
      { chromosome: '1', start: 1, end: 90, total, minor: 0 },
      { chromosome: '2', start: 1, end: 90 + more, total: 12, minor: 0 },
    ]
    return genesOfSegments(segments, transcripts, undefined, CUTS).calls.map(({ call }) => call)
  }
  assert.deepEqual(calls(30), ['amplification'])
  assert.deepEqual(calls(0), ['deep-deletion'])
  // Beside one amplified segment two copies would look like a loss, were the mean of both a ploidy.
  assert.deepEqual(calls(2), [])
  assert.deepEqual(calls(1), ['loss'])
  assert.deepEqual(calls(2, 2e9), ['loss'])
})
