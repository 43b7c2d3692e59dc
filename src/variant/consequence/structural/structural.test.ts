import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SequencesInMemory } from '../../sequence.ts'
import type { Transcript } from '../../transcript.ts'
import { TranscriptSet } from '../../transcript-set.ts'
import { ConsequenceCaller } from '../consequence-caller.ts'
import { shortNames } from '../term.ts'

/** Exons of 100 bases at these starts on the genome, counted from 0, first exon first. */
function gene(
  symbol: string,
  contig: string,
  strand: 1 | -1,
  starts: readonly number[],
  cds: readonly [number, number] | undefined,
): Transcript {
  return {
    id: `T${symbol}`,
    gene: { symbol, id: symbol, hgnc: undefined },
    biotype: cds === undefined ? 'lncRNA' : 'protein_coding',
    assembly: undefined,
    contig,
    strand,
    exons: starts.map((start, i) => ({
      start,
      end: start + 100,
      transcriptStart: 100 * i,
      transcriptEnd: 100 * (i + 1),
      cigar: undefined,
    })),
    cds: cds && { start: cds[0], end: cds[1], phase: 0, startKnown: true, endKnown: true },
    protein: undefined,
    tags: [],
  }
}

// Coding bases of A by exon: 50, 100, 100, 50; of B: 80, 100, 51; of C: 90, 90.
const GENES = new TranscriptSet('toy', [
  gene('A', '1', 1, [100, 300, 500, 700], [50, 350]),
  gene('C', '1', 1, [2000, 2300], [10, 190]),
  gene('R', '1', -1, [6000], undefined),
  gene('B', '2', -1, [2900, 2700, 2500], [20, 251]),
  gene('X', 'X', 1, [100], [0, 99]),
])
const SEQUENCES = new SequencesInMemory('toy', new Map(['1', '2', 'X'].map((one) => [one, 'N'.repeat(9000)])))

/** Each consequence as "terms GENE covers exons", a partly reached exon with "~"; or why there is none. */
function call(
  contig: string,
  position: number,
  alt: string,
  info = '',
  copyNumbers: number[] = [],
): string[] {
  const entries = new Map(info.split(';').map((one) => one.split('=') as [string, string]))
  const out: string[] = []
  const caller = new ConsequenceCaller<undefined>(
    SEQUENCES,
    GENES,
    { local: false, phase: 'alone' },
    ({ consequences, untold }) => {
      for (const { transcript, terms, structural } of consequences) {
        const { covers, exonsWhole, exonsPart, frame, fusions, certain } = structural!
        const exons = [...exonsWhole, ...exonsPart.map((one) => `${one}~`)].join(',')
        const joined = fusions.map(
          ({ five, three, frame: kept }) =>
            `${five.transcript.gene.symbol}:${five.exon}::${three.transcript.gene.symbol}:${three.exon} ${kept.known ? kept.value : kept.because.join()}`,
        )
        out.push(
          [
            shortNames(terms),
            transcript.gene.symbol,
            covers,
            exons,
            frame,
            ...joined,
            certain ? '' : 'uncertain',
          ]
            .filter((one) => one !== undefined && one !== '')
            .join(' '),
        )
      }
      out.push(...untold.map(({ because }) => because.join()))
    },
  )
  const fields = { info: (key: string) => entries.get(key), copyNumbers }
  caller.take({ contig, position, ref: 'N', alts: alt.split(','), genotypes: undefined, fields }, undefined)
  caller.finish()
  return out
}

for (const [what, position, end, expected] of [
  ['the whole gene', 50, 900, 'transcript_ablation A whole 1,2,3,4'],
  ['an exon of 100 bases', 250, 450, 'coding_sequence&exon_loss&feature_truncation A inside 2 shifted'],
  [
    'the start',
    50,
    250,
    'start_lost&5_prime_utr&coding_sequence&exon_loss&feature_truncation A first part 1',
  ],
  ['the stop', 650, 900, 'stop_lost&3_prime_utr&coding_sequence&exon_loss&feature_truncation A last part 4'],
  ['a part of an exon', 320, 340, 'coding_sequence&feature_truncation A inside 2~'],
  ['an intron, up to the splice site', 210, 298, 'intron A inside'],
  ['one base of an acceptor', 210, 299, 'splice_acceptor A inside'],
  ['one base of a donor', 201, 280, 'splice_donor A inside'],
  ['an intron, behind the splice site', 202, 280, 'intron A inside'],
] as const)
  test(`a deletion of ${what}`, () => {
    assert.deepEqual(call('1', position, '<DEL>', `SVTYPE=DEL;END=${end}`), [expected])
    assert.deepEqual(call('1', position, '<DEL>', `SVLEN=${position - end}`), [expected])
  })

test('a deletion between genes says nothing', () => {
  assert.deepEqual(call('1', 3000, '<DEL>', 'END=5000'), [])
})

test('a transcript on the other strand is read from its end', () => {
  assert.deepEqual(call('2', 2650, '<DEL>', 'END=3500'), [
    'start_lost&5_prime_utr&coding_sequence&exon_loss&feature_truncation B first part 1,2',
  ])
  assert.deepEqual(call('2', 2798, '<DEL>', 'END=2801'), [
    'splice_acceptor&coding_sequence&feature_truncation B inside 2~',
  ])
})

test('duplications: whole, inside, over an end', () => {
  assert.deepEqual(call('1', 50, '<DUP>', 'END=900'), ['transcript_amplification A whole 1,2,3,4'])
  assert.deepEqual(call('1', 250, '<DUP:TANDEM>', 'END=450'), [
    'coding_sequence&feature_elongation A inside 2 shifted',
  ])
  assert.deepEqual(call('1', 50, '<DUP>', 'END=450'), ['transcript A first part 1,2'])
  assert.deepEqual(call('1', 220, '<DUP>', 'END=260'), ['intron A inside'])
})

test('inversions: that break a gene, that turn it whole, inside an intron', () => {
  assert.deepEqual(call('1', 650, '<INV>', 'END=1500'), [
    '3_prime_utr&coding_sequence&feature_truncation A last part 4',
  ])
  assert.deepEqual(call('1', 50, '<INV>', 'END=1500'), ['transcript A whole 1,2,3,4'])
  assert.deepEqual(call('1', 210, '<INV>', 'END=280'), ['intron A inside'])
})

for (const [what, contig, alt, info, copies, expected] of [
  ['one copy', '1', '<CNV>', 'END=900', [1], ['transcript_ablation A whole 1,2,3,4']],
  ['three copies', '1', '<CNV>', 'END=900', [3, 2], ['transcript_amplification A whole 1,2,3,4']],
  ['an allele without', '1', '<CN0>', 'END=900', [], ['transcript_ablation A whole 1,2,3,4']],
  ['an allele with two', '1', '<CN2>', 'END=900', [], ['transcript_amplification A whole 1,2,3,4']],
  ['INFO CN 0', '1', '<CNV>', 'END=900;CN=0', [], ['transcript_ablation A whole 1,2,3,4']],
  ['no copy on X', 'X', '<CNV>', 'END=900', [0], ['transcript_ablation X whole 1']],
  [
    'one copy on X',
    'X',
    '<CNV>',
    'END=900',
    [1],
    ['how many copies of X are usual depends on the person’s sex, or is not known'],
  ],
  ['both ways', '1', '<CNV>', 'END=900', [1, 3], ['some samples have more copies and some fewer']],
  ['two copies', '1', '<CNV>', 'END=900', [2], ['every sample has two copies']],
  [
    'INFO CN 1',
    '1',
    '<CNV>',
    'END=900;CN=1',
    [],
    ['INFO CN 1 counts the copies of a person or of one chromosome, and the file does not say which'],
  ],
  [
    'no CN',
    '1',
    '<CNV>',
    'END=900',
    [],
    ['<CNV> without CN does not tell whether copies are lost or gained'],
  ],
] as const)
  test(`copies: ${what}`, () => {
    assert.deepEqual(call(contig, 50, alt, info, [...copies]), expected)
  })

test('what a record leaves out is unknown, and why', () => {
  assert.deepEqual(call('1', 50, '<DEL>'), ['the record has neither END nor SVLEN'])
  assert.deepEqual(call('1', 50, '<DEL>', 'END=50'), ['the end, 50, does not lie behind POS'])
  assert.deepEqual(call('1', 50, '<DEL>', 'END=x'), ['END "x" is not a position'])
  assert.deepEqual(call('1', 50, '<DEL>', 'END=900;SVLEN=-100'), [
    'END 900 and SVLEN -100 contradict each other',
  ])
  assert.deepEqual(call('1', 50, '<DEL>,<DUP>', 'END=900').slice(0, 1), [
    'the record has several ALTs and no SVLEN for each',
  ])
  assert.deepEqual(call('1', 50, '<DEL>,<DUP>', 'END=900;SVLEN=850,100'), [
    'transcript_ablation A whole 1,2,3,4',
    'transcript A first part 1~',
  ])
  assert.deepEqual(call('1', 50, '<BND>', 'END=900'), [
    '<BND> does not tell where its mate lies: a breakend is needed, as in "N[chr2:321["',
  ])
  assert.deepEqual(call('1', 50, '<FOO>', 'END=900'), ['what <FOO> stands for is not known here'])
  assert.deepEqual(call('1', 50, 'N[<ctg1>:7[', ''), [
    'its mate lies on an assembled contig outside the reference',
  ])
})

test('ends that are not exact: certain only where every place says the same', () => {
  const lost = 'coding_sequence&exon_loss&feature_truncation A inside 2 shifted'
  assert.deepEqual(call('1', 250, '<DEL>', 'END=450;IMPRECISE=;CIPOS=-20,20'), [lost])
  assert.deepEqual(call('1', 250, '<DEL>', 'END=450;IMPRECISE=;CIPOS=-60,60'), [`${lost} uncertain`])
  assert.deepEqual(call('1', 250, '<DEL>', 'END=450;IMPRECISE='), [`${lost} uncertain`])
})

test('breakends: the genes that a join puts beside each other, and the frame', () => {
  // A gives its exons up to the second (150 coding bases), B from its third on (180 before it).
  const kept = 'feature_truncation&gene_fusion A break A:2::B:3 kept'
  assert.deepEqual(call('1', 450, 'N]2:2650]'), [kept])
  assert.deepEqual(
    call('2', 2650, 'N]1:450]'),
    [kept.replace('A break', 'B break')],
    'the mate says the same',
  )
  assert.deepEqual(call('1', 450, 'N]2:2850]'), ['feature_truncation&gene_fusion A break A:2::B:2 shifted'])
  assert.deepEqual(call('1', 450, 'N[2:2650['), ['feature_truncation A break'], 'two first parts')
  assert.deepEqual(call('1', 450, ']2:2650]N'), ['feature_truncation A break'], 'two last parts')
  assert.deepEqual(call('1', 450, '[2:2650[N'), ['feature_truncation&gene_fusion A break B:2::A:3 kept'])
  assert.deepEqual(call('1', 350, 'N]2:2650]'), [
    'feature_truncation&gene_fusion A break 2~ A:2::B:3 the break lies inside exon 2 of A: how it is spliced is not known',
  ])
  assert.deepEqual(call('1', 450, 'N]2:2650]', 'CIPOS=-60,60'), [
    'feature_truncation&gene_fusion A break A:2::B:3 the break may lie in an exon of A: its place is known to 60 bases only uncertain',
  ])
  assert.deepEqual(call('1', 450, 'N]2:8000]'), ['feature_truncation A break'], 'the mate lies in no gene')
  assert.deepEqual(call('1', 450, 'N.'), ['feature_truncation A break'], 'the mate is not known')
})

test('a deletion and a tandem duplication between two genes fuse them; as breakends too', () => {
  const deleted = [
    'stop_lost&3_prime_utr&coding_sequence&exon_loss&feature_truncation&gene_fusion A last part 4 A:3::C:2 shifted',
    'start_lost&5_prime_utr&coding_sequence&exon_loss&feature_truncation&gene_fusion C first part 1 A:3::C:2 shifted',
  ]
  const told = call('1', 650, '<DEL>', 'END=2200')
  assert.deepEqual(
    told.map((one) => one.split('&').toSorted()),
    deleted.map((one) => one.split('&').toSorted()),
  )
  assert.deepEqual(call('1', 650, 'N[1:2201['), told)
  assert.deepEqual(call('1', 2201, ']1:650]N'), told)
  assert.deepEqual(call('1', 650, '<DUP:TANDEM>', 'END=2200'), [
    'gene_fusion&transcript A last part 4 C:1::A:4 shifted',
    'gene_fusion&transcript C first part 1 C:1::A:4 shifted',
  ])
  assert.deepEqual(call('1', 650, '<DUP>', 'END=2200'), [
    'transcript A last part 4',
    'transcript C first part 1',
  ])
})
