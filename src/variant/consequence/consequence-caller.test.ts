import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reverseComplement } from '../nucleotides.ts'
import { SequencesInMemory } from '../sequence.ts'
import type { Transcript } from '../transcript.ts'
import { TranscriptSet } from '../transcript-set.ts'
import { bcsqText } from './bcsq.ts'
import type { CallRules } from './called-variant.ts'
import { ConsequenceCaller } from './consequence-caller.ts'

// Two coding exons with UTRs. UTR 10 | M A C D | intron 20 | E F G stop | UTR 10; the first base is base 11.
const EXON_1 = `${'C'.repeat(10)}ATGGCTTGTGA`
const INTRON = `GT${'A'.repeat(26)}AG`
const EXON_2 = `CGAATTTGGATAA${'C'.repeat(10)}`
const FORWARD = `${'T'.repeat(10)}${EXON_1}${INTRON}${EXON_2}${'T'.repeat(10)}`

function transcript(strand: 1 | -1): Transcript {
  const one = { start: 10, end: 10 + EXON_1.length }
  const from = one.end + INTRON.length
  const two = { start: from, end: from + EXON_2.length }
  const flip = ({ start, end }: { start: number; end: number }) => ({
    start: FORWARD.length - end,
    end: FORWARD.length - start,
  })
  const [first, second] = strand === 1 ? [one, two] : [flip(one), flip(two)]
  return {
    id: 'ENST1.1',
    gene: { symbol: 'TOY', id: 'ENSG1', hgnc: undefined },
    biotype: 'protein_coding',
    assembly: undefined,
    contig: '1',
    strand,
    exons: [
      { ...first, transcriptStart: 0, transcriptEnd: EXON_1.length, cigar: undefined },
      {
        ...second,
        transcriptStart: EXON_1.length,
        transcriptEnd: EXON_1.length + EXON_2.length,
        cigar: undefined,
      },
    ],
    cds: { start: 10, end: EXON_1.length + 13, phase: 0, startKnown: true, endKnown: true },
    protein: undefined,
    tags: ['MANE Select'],
  }
}

type Row = readonly [position: number, ref: string, alt: string, ...genotypes: string[]]

/** Consequences of each row, genotypes as GT or GT:PS, on the forward toy gene or on the same gene turned round. */
function call(rows: readonly Row[], strand: 1 | -1 = 1, rules: Partial<CallRules> = {}): string[] {
  const bases = strand === 1 ? FORWARD : reverseComplement(FORWARD)
  const out: string[] = []
  const caller = new ConsequenceCaller<undefined>(
    new SequencesInMemory('toy', new Map([['1', bases]])),
    new TranscriptSet('toy', [transcript(strand)]),
    { local: false, phase: 'alone', ...rules },
    ({ consequences }) => {
      out.push(consequences.map((one) => bcsqText(one).replace('|TOY|ENST1|protein_coding', '')).join(','))
    },
  )
  for (const [position, ref, alt, ...genotypes] of rows)
    caller.take(
      {
        contig: '1',
        position,
        ref,
        alts: alt.split(','),
        genotypes: genotypes.length === 0 ? undefined : genotypes.map((one) => one.split(':')[0]!),
        phaseSets: genotypes.map((one) => one.split(':')[1]),
      },
      undefined,
    )
  caller.finish()
  return out
}

const one = (...row: Row): string => call([row])[0]!

test('one base, by where it lies', () => {
  assert.equal(one(5, 'T', 'A'), '')
  assert.equal(one(12, 'C', 'A'), '5_prime_utr')
  assert.equal(one(21, 'A', 'G'), 'start_lost|+')
  assert.equal(one(24, 'G', 'A'), 'missense|+|2A>2T|24G>A')
  assert.equal(one(26, 'T', 'C'), 'synonymous|+|2A|26T>C')
  assert.equal(one(29, 'T', 'A'), 'splice_region,stop_gained|+|3C>3*|29T>A')
  assert.equal(one(32, 'G', 'C'), 'splice_donor')
  assert.equal(one(36, 'A', 'C'), 'splice_region')
  assert.equal(one(45, 'A', 'C'), 'intron|TOY||protein_coding')
  assert.equal(one(61, 'G', 'C'), 'splice_acceptor')
  assert.equal(one(72, 'T', 'C'), 'stop_lost|+|8*>8Q|72T>C')
  assert.equal(one(74, 'A', 'G'), 'stop_retained|+|8*|74A>G')
  assert.equal(one(80, 'C', 'A'), '3_prime_utr')
})

test('insertions and deletions', () => {
  assert.equal(one(26, 'TTGTG', 'T'), 'splice_region,frameshift|+|2ACDEFG*>2ATNLD|26TTGTG>T')
  assert.equal(one(24, 'GCTT', 'G'), 'inframe_deletion|+|2AC>2G|24GCTT>G')
  assert.equal(one(24, 'G', 'GAAA'), 'inframe_insertion|+|2A>2ET|24G>GAAA')
})

test('alleles of one haplotype are told together', () => {
  const codon: Row[] = [
    [27, 'T', 'A', '0|1'],
    [28, 'G', 'A', '0|1'],
  ]
  assert.deepEqual(call(codon), ['missense|+|3C>3N|27T>A+28G>A', '@27'])
  assert.deepEqual(
    call(codon.map(([position, ref, alt], i) => [position, ref, alt, i === 0 ? '0|1' : '1|0'])),
    ['missense|+|3C>3S|27T>A', 'missense|+|3C>3Y|28G>A'],
  )
  assert.deepEqual(
    call(codon.map(([position, ref, alt]) => [position, ref, alt, '0/1'])),
    ['missense|+|3C>3S|27T>A', 'missense|+|3C>3Y|28G>A'],
    'without phase nothing is put together',
  )
  assert.throws(() => call([[27, 'T', 'A', '0/1']], 1, { phase: 'require' }), { code: 'UNPHASED' })
  assert.deepEqual(call(codon, 1, { local: true }), ['missense|+|3C>3S|27T>A', 'missense|+|3C>3Y|28G>A'])
})

test('a second indel restores the frame', () => {
  const rows: Row[] = [
    [24, 'GC', 'G', '1|0'],
    [27, 'T', 'TG', '1|0'],
  ]
  assert.deepEqual(call(rows), ['missense&inframe_altering|+|2AC>2VG|24GC>G+27T>TG', '@24'])
})

test('a split codon over an intron is told together', () => {
  const rows: Row[] = [
    [31, 'A', 'C', '1|1'],
    [62, 'C', 'A', '1|1'],
  ]
  assert.deepEqual(call(rows), ['splice_region,missense|+|4D>4A|31A>C+62C>A', 'splice_region,@31'])
})

test('the same gene on the other strand says the same of the protein', () => {
  const turned = (position: number, ref: string, alt: string): Row => [
    FORWARD.length - position - ref.length + 2,
    reverseComplement(ref),
    reverseComplement(alt),
  ]
  for (const [position, ref, alt, expected] of [
    [24, 'G', 'A', 'missense|-|2A>2T'],
    [26, 'T', 'C', 'synonymous|-|2A'],
    [32, 'G', 'C', 'splice_donor'],
    [61, 'G', 'C', 'splice_acceptor'],
    [72, 'T', 'C', 'stop_lost|-|8*>8Q'],
    [12, 'C', 'A', '5_prime_utr'],
  ] as const) {
    const [text] = call([turned(position, ref, alt)], -1)
    assert.equal(text!.split('|').slice(0, 3).join('|'), expected)
  }
})

test('a deletion out of the UTR into the start or stop codon loses it, on either strand', () => {
  const deletion = (first: number, last: number, strand: 1 | -1): string => {
    const [from, to] = strand === 1 ? [first, last] : [FORWARD.length + 1 - last, FORWARD.length + 1 - first]
    const bases = strand === 1 ? FORWARD : reverseComplement(FORWARD)
    return call([[from - 1, bases.slice(from - 2, to), bases.slice(from - 2, from - 1)]], strand)[0]!
  }
  for (const strand of [1, -1] as const) {
    const sign = strand === 1 ? '+' : '-'
    assert.equal(deletion(20, 21, strand), `start_lost|${sign},5_prime_utr`)
    assert.equal(deletion(19, 23, strand), `inframe_deletion&start_lost|${sign},5_prime_utr`)
    assert.equal(deletion(18, 22, strand), `frameshift&start_lost|${sign},5_prime_utr`)
    assert.equal(deletion(73, 76, strand), `stop_lost&frameshift|${sign},3_prime_utr`)
    assert.equal(deletion(72, 78, strand), `stop_lost&inframe_deletion|${sign},3_prime_utr`)
  }
})

test('alleles of two phase sets are not told together', () => {
  const codon = (first: string, second: string): string[] =>
    call([
      [27, 'T', 'A', first],
      [28, 'G', 'A', second],
    ])
  const together = ['missense|+|3C>3N|27T>A+28G>A', '@27']
  const apart = ['missense|+|3C>3S|27T>A', 'missense|+|3C>3Y|28G>A']
  assert.deepEqual(codon('0|1:7', '0|1:7'), together)
  assert.deepEqual(codon('0|1:7', '0|1:9'), apart)
  assert.deepEqual(codon('0|1:7', '0|1'), apart)
  assert.deepEqual(codon('1|1:7', '1|1:9'), together)
  assert.deepEqual(codon('1|1', '0|1:9').slice(0, 1), ['missense|+|3C>3S|27T>A,missense|+|3C>3N|27T>A+28G>A'])
})

test('where bases are not known, no change of the protein is made up', () => {
  const told = (bases: string, rows: readonly (readonly [number, string, string])[]) => {
    const out: string[] = []
    const caller = new ConsequenceCaller<undefined>(
      new SequencesInMemory('toy', new Map([['1', bases]])),
      new TranscriptSet('toy', [transcript(1)]),
      { local: true, phase: 'alone' },
      ({ consequences }) => {
        out.push(consequences.map((one) => bcsqText(one).replace('|TOY|ENST1|protein_coding', '')).join(','))
      },
    )
    for (const [position, ref, alt] of rows)
      caller.take({ contig: '1', position, ref, alts: [alt], genotypes: undefined }, undefined)
    caller.finish()
    return [...out, caller.counts.noBases]
  }
  const masked = `${FORWARD.slice(0, 24)}NN${FORWARD.slice(26)}`
  assert.deepEqual(told(masked, [[25, 'C', 'A']]), ['', 1])
  assert.deepEqual(told(FORWARD.slice(0, 70), [[72, 'T', 'C']]), ['', 1])
  // A neighbour in the codon is not known.
  assert.deepEqual(told(masked, [[24, 'G', 'A']]), ['coding_sequence|+|2X|24G>A', 0])
  assert.deepEqual(told(FORWARD, [[24, 'G', 'N']]), ['coding_sequence|+|2A>2X|24G>N', 0])
})

test('a codon that is not whole at the end is no intron; of a mitochondrion it is the stop', () => {
  const told = (contig: string, position: number, ref: string, alt: string) => {
    const whole = transcript(1)
    const cds = { ...whole.cds!, end: whole.cds!.end - 2 }
    let text = ''
    const caller = new ConsequenceCaller<undefined>(
      new SequencesInMemory('toy', new Map([[contig, FORWARD]])),
      new TranscriptSet('toy', [{ ...whole, contig, cds }]),
      { local: true, phase: 'alone' },
      ({ consequences }) => {
        text = consequences.map((one) => bcsqText(one).replace('|TOY|ENST1|protein_coding', '')).join(',')
      },
    )
    caller.take({ contig, position, ref, alts: [alt], genotypes: undefined }, undefined)
    caller.finish()
    return text
  }
  assert.equal(told('1', 72, 'T', 'C'), 'coding_sequence')
  assert.equal(told('1', 71, 'AT', 'A').replace(/,.*/, ''), 'coding_sequence')
  assert.equal(told('MT', 72, 'T', 'C'), 'stop_lost|+')
  assert.equal(told('MT', 21, 'A', 'G'), 'start_lost|+|1M>1V|21A>G')
  assert.equal(told('MT', 23, 'G', 'A'), 'start_retained|+|1M|23G>A')
})

test('records on a sequence without any transcript are counted: whether genes lie there is not known', () => {
  const caller = new ConsequenceCaller<undefined>(
    new SequencesInMemory(
      'toy',
      new Map([
        ['1', FORWARD],
        ['2', FORWARD],
      ]),
    ),
    new TranscriptSet('toy', [transcript(1)]),
    { local: true, phase: 'alone' },
    () => {},
  )
  for (const contig of ['1', '2'])
    caller.take({ contig, position: 5, ref: 'T', alts: ['A'], genotypes: undefined }, undefined)
  caller.finish()
  assert.deepEqual([caller.counts.records, caller.counts.noGenes], [2, 1])
})

test('what is not told is counted', () => {
  const caller = new ConsequenceCaller<undefined>(
    new SequencesInMemory('toy', new Map([['1', FORWARD]])),
    new TranscriptSet('toy', [transcript(1)]),
    { local: true, phase: 'alone' },
    () => {},
  )
  caller.take({ contig: '1', position: 24, ref: 'C', alts: ['A'], genotypes: undefined }, undefined)
  caller.take({ contig: '1', position: 25, ref: 'C', alts: ['<DEL>'], genotypes: undefined }, undefined)
  caller.take({ contig: '2', position: 25, ref: 'C', alts: ['T'], genotypes: undefined }, undefined)
  caller.finish()
  assert.deepEqual(
    [
      caller.counts.refDiffers,
      caller.counts.symbolic,
      caller.counts.noSequence,
      caller.counts.withConsequence,
    ],
    [1, 1, 1, 0],
  )
  const unsorted = (): void =>
    void call([
      [27, 'T', 'A'],
      [24, 'G', 'A'],
    ])
  assert.throws(unsorted, { code: 'VCF_UNSORTED' })
})
