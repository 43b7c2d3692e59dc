import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../terms/fault.ts'
import { identifyVrs2 } from '../terms/vrs/identify.ts'
import { describe } from './describe/describe.ts'
import { compareSpans } from './equivalence/compare-spans.ts'
import { spanOf } from './equivalence/span.ts'
import { formatHgvs } from './hgvs/format.ts'
import { parseHgvs } from './hgvs/parse.ts'
import { reverseComplement } from './nucleotides.ts'
import { sequenceName } from './projection/names.ts'
import { onSequence } from './projection/on-sequence.ts'
import { shifted } from './projection/shifted.ts'
import { toGenome } from './projection/to-genome.ts'
import { toTranscript } from './projection/to-transcript.ts'
import { transcriptBases } from './projection/transcript-bases.ts'
import { TranscriptMap } from './projection/transcript-map.ts'
import { SequencesInMemory } from './sequence.ts'
import type { SequenceChange } from './sequence-change.ts'
import { contextual } from './spdi/contextual.ts'
import { TranscriptSet } from './transcript-set.ts'
import { vcfAlleleOf } from './vcf-allele.ts'
import { alleleOf } from './vrs/allele-of.ts'

/** Two letters make repeats, and so ambiguity, likely. */
const bases = (least: number, most: number) =>
  fc
    .array(fc.constantFrom('A', 'C', 'A', 'G'), { minLength: least, maxLength: most })
    .map((list) => list.join(''))

const sequenceAndChange = bases(8, 40).chain((sequence) =>
  fc
    .record({ start: fc.nat(sequence.length), length: fc.nat(4), inserted: bases(0, 5) })
    .map(({ start, length, inserted }) => ({
      sequence,
      change: { sequence: 'NC_1.1', start, deleted: sequence.slice(start, start + length), inserted },
    })),
)

function applied(sequence: string, { start, deleted, inserted }: Omit<SequenceChange, 'sequence'>): string {
  assert.equal(sequence.slice(start, start + deleted.length), deleted)
  return sequence.slice(0, start) + inserted + sequence.slice(start + deleted.length)
}

const inMemory = (sequence: string) => new SequencesInMemory('s', new Map([['NC_1.1', sequence]]))
const RUNS = { numRuns: 400, seed: 20261122 }

test('every name of a change makes the same sequence', () => {
  fc.assert(
    fc.property(sequenceAndChange, ({ sequence, change }) => {
      const source = inMemory(sequence)
      const made = applied(sequence, change)
      const wide = contextual(change, source)
      assert.ok(wide.known)
      assert.equal(applied(sequence, wide.value), made)
      for (const towards of [1, -1] as const) {
        const moved = shifted(change, source, towards)
        assert.ok(moved.known)
        assert.equal(applied(sequence, moved.value), made)
      }
      const record = vcfAlleleOf(change, source)
      if (made.length === 0 || !record.known) return
      const { pos, ref, alt } = record.value
      assert.equal(
        applied(sequence, { start: pos - 1, deleted: ref, inserted: alt === '.' ? ref : alt }),
        made,
      )
    }),
    RUNS,
  )
})

test('an expression that is written, read and applied makes the same sequence', () => {
  fc.assert(
    fc.property(sequenceAndChange, ({ sequence, change }) => {
      const source = inMemory(sequence)
      const moved = shifted(change, source, 1)
      assert.ok(moved.known)
      const { start, deleted } = moved.value
      if (change.deleted === '' && change.inserted === '') return
      // HGVS has no place before the first or behind the last base.
      if (deleted === '' && (start === 0 || start === sequence.length)) return
      const expression = parseHgvs(formatHgvs(sequenceName(moved.value)))
      assert.ok(expression.type !== 'p')
      const read = onSequence(expression, source)
      assert.ok(read.known)
      assert.equal(applied(sequence, read.value), applied(sequence, change))
    }),
    RUNS,
  )
})

test('two changes that make the same sequence in one place have one SPDI, one VRS identifier and one HGVS name', () => {
  fc.assert(
    fc.property(sequenceAndChange, fc.nat(40), ({ sequence, change }, by) => {
      const source = inMemory(sequence)
      const made = applied(sequence, change)
      if (made.length === sequence.length) return
      // Any other place where the same number of bases makes the same sequence.
      const length = change.deleted.length
      const start = by % (sequence.length - length + 1)
      const inserted = made.slice(start, made.length - (sequence.length - length - start))
      const other = { sequence: 'NC_1.1', start, deleted: sequence.slice(start, start + length), inserted }
      if (made.length - (sequence.length - length) < 0 || applied(sequence, other) !== made) return
      const names = [change, other].map((one) => {
        const [wide, moved, allele] = [
          contextual(one, source),
          shifted(one, source, 1),
          alleleOf(one, source),
        ]
        assert.ok(wide.known && moved.known && allele.known)
        return [wide.value, formatHgvs(sequenceName(moved.value)), identifyVrs2(allele.value)]
      })
      assert.deepEqual(names[0], names[1])
    }),
    RUNS,
  )
})

test('without the sequence, what is called the same makes the same, what is called different does not', () => {
  const edit = (sequence: string) =>
    fc
      .record({
        start: fc.integer({ min: 1, max: sequence.length - 1 }),
        length: fc.integer({ min: 1, max: 4 }),
        kind: fc.constantFrom('sub', 'del', 'delStated', 'dup', 'ins', 'delins', 'inv'),
        inserted: bases(1, 4),
      })
      .map(({ start, length, kind, inserted }) => {
        const end = Math.min(sequence.length, start + length - 1)
        const place = start === end ? `${start}` : `${start}_${end}`
        const stated = sequence.slice(start - 1, end)
        if (kind === 'sub') return `${start}${sequence[start - 1]}>${inserted[0]}`
        if (kind === 'ins') return `${start}_${start + 1}ins${inserted}`
        if (kind === 'delStated') return `${place}del${stated}`
        return kind === 'delins' ? `${place}delins${inserted}` : `${place}${kind}`
      })
  const pair = bases(8, 16).chain((sequence) =>
    fc.tuple(fc.constant(sequence), edit(sequence), edit(sequence)),
  )
  let decided = 0
  fc.assert(
    fc.property(pair, ([sequence, one, other]) => {
      const source = inMemory(sequence)
      const read = [one, other].map((text) => {
        const expression = parseHgvs(`NC_1.1:g.${text}`)
        assert.ok(expression.type !== 'p')
        const change = onSequence(expression, source)
        const span = spanOf(expression, 'NC_1.1')
        assert.ok(change.known && span !== undefined)
        return { made: applied(sequence, change.value), span }
      })
      const verdict = compareSpans(read[0]!.span, read[1]!.span)
      if (verdict === 'same') assert.equal(read[0]!.made, read[1]!.made)
      // Two changes of nothing at two places make the same sequence and are two statements.
      if (verdict === 'different' && read[0]!.made !== sequence) assert.notEqual(read[0]!.made, read[1]!.made)
      if (typeof verdict === 'string') decided++
    }),
    { numRuns: 4000, seed: 20261122 },
  )
  assert.ok(decided > 1000)
})

/** Two exons with an intron, on either strand; the first exon has, may be, a base more or less than the genome. */
const aligned = fc
  .record({
    genome: bases(60, 60),
    strand: fc.constantFrom(1 as const, -1 as const),
    gap: fc.constantFrom('', '4M2I6M', '4M2D4M'),
  })
  .map(({ genome, strand, gap }) => {
    const inTranscript = gap === '4M2I6M' ? 12 : gap === '4M2D4M' ? 8 : 10
    const [near, far] = strand === 1 ? [10, 40] : [40, 10]
    const map = new TranscriptMap({
      id: 'NM_1.1',
      gene: { symbol: undefined, id: undefined, hgnc: undefined },
      biotype: 'lncRNA',
      assembly: undefined,
      contig: 'NC_1.1',
      strand,
      exons: [
        {
          start: near,
          end: near + 10,
          transcriptStart: 0,
          transcriptEnd: inTranscript,
          cigar: gap === '' ? undefined : gap,
        },
        {
          start: far,
          end: far + 10,
          transcriptStart: inTranscript,
          transcriptEnd: inTranscript + 10,
          cigar: undefined,
        },
      ],
      cds: undefined,
      protein: undefined,
      tags: [],
    })
    return { genome, map }
  })

/** The transcript that a genome makes, with two bases of its own or without two of the genome where the alignment says so. */
function spliced(genome: string, map: TranscriptMap): string {
  const turn = (text: string) => (map.transcript.strand === 1 ? text : reverseComplement(text))
  const [first, second] = map.transcript.exons.map(({ start, end }) => turn(genome.slice(start, end))) as [
    string,
    string,
  ]
  const { cigar } = map.transcript.exons[0]!
  const own =
    cigar === undefined
      ? first
      : first.slice(0, 4) + (cigar.includes('I') ? `CG${first.slice(4)}` : first.slice(6))
  return own + second
}

test('what goes from the transcript to the genome and back is the same change', () => {
  fc.assert(
    fc.property(aligned, fc.nat(30), fc.nat(3), bases(0, 3), ({ genome, map }, at, length, inserted) => {
      const own = spliced(genome, map)
      const source = new SequencesInMemory(
        's',
        new Map([
          ['NC_1.1', genome],
          ['NM_1.1', own],
        ]),
      )
      const start = 1 + (at % (map.length - 5))
      const end = start + length
      if (
        map.exonOf(start) !== map.exonOf(Math.max(start, end - 1)) ||
        map.exonOf(start - 1) !== map.exonOf(start)
      )
        return
      const bare = transcriptBases(map, source, start, end)
      assert.ok(bare.known)
      if (bare.value === '' && inserted === '') return
      const form = bare.value === '' ? ('insertion' as const) : ('other' as const)
      const places =
        form === 'insertion'
          ? { start: { base: start - 1, offset: 0 }, end: { base: start, offset: 0 } }
          : { start: { base: start, offset: 0 }, end: { base: end - 1, offset: 0 } }
      const there = toGenome({ map, ...places, deleted: bare.value, inserted, form }, source)
      if (!there.known) return
      const back = toTranscript(there.value, map, source)
      assert.ok(back.known)
      const { start: first, deleted, inserted: put } = back.value
      const made = own.slice(0, start) + inserted + own.slice(end)
      const from = deleted === '' ? back.value.end.base : first.base
      assert.equal(own.slice(0, from) + put + own.slice(from + deleted.length), made)
    }),
    RUNS,
  )
})

test('any text is answered or refused by a coded fault, in bounded time', () => {
  const sources = { sequences: inMemory('ACGTACGTTT'), transcripts: new TranscriptSet('t', []) }
  const pieces = fc.array(
    fc.constantFrom(
      'NM_1.1',
      'NC_1.1',
      ':',
      'c.',
      'g.',
      'p.',
      '(',
      ')',
      '[',
      ']',
      ';',
      '_',
      '1',
      '99999999999999999',
      '-',
      '+',
      '*',
      '?',
      'A>C',
      'del',
      'ins',
      'dup',
      'inv',
      'con',
      '=',
      'Met',
      'fs',
      'ext',
      'Ter',
      'X',
      '{',
      '}',
      '"',
      '{"type":"Allele"',
      'chr1',
      ' ',
      '\u0000',
      '☃',
    ),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 200 }),
        pieces.map((list) => list.join('')),
      ),
      (text) => {
        try {
          const one = describe(text, sources, { transcripts: [] })
          assert.ok(one.genome.length > 0 || one.transcripts.length > 0 || one.because.length > 0)
        } catch (error) {
          assert.ok(error instanceof Fault, String(error))
          assert.ok(error.message.length < 1000)
        }
      },
    ),
    { numRuns: 3000, seed: 20261122 },
  )
})

test('time grows with the length of a text, not with its square', () => {
  const long = 500_000
  for (const text of [
    `NM_1.1:c.${'('.repeat(long)}`,
    `NM_1.1:c.[${'1A>C;'.repeat(long / 5)}1A>C]`,
    `NC_1.1:g.1_2ins${'A'.repeat(long)}`,
    `NC_1.1:g.1_2ins[${'A;'.repeat(long / 2)}A]`,
    `NP_1.1:p.(Ala2delins${'Gly'.repeat(long / 3)})`,
    `NC_1.1:${'9'.repeat(long)}:A:T`,
    `NC_1.1:1:${'A'.repeat(long)}:T`,
    `${'A-'.repeat(long / 2)}:g.1A>C`,
    `${'N_'.repeat(long / 2)}`,
  ]) {
    const before = process.cpuUsage()
    try {
      describe(
        text,
        { sequences: inMemory('ACGT'), transcripts: new TranscriptSet('t', []) },
        { transcripts: [] },
      )
    } catch (error) {
      assert.ok(error instanceof Fault, String(error).slice(0, 200))
    }
    const { user, system } = process.cpuUsage(before)
    assert.ok(user + system < 5_000_000, text.slice(0, 40))
  }
})
