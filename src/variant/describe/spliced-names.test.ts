import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { reverseComplement } from '../nucleotides.ts'
import { SequencesInMemory } from '../sequence.ts'
import type { Transcript } from '../transcript.ts'
import { TranscriptSet } from '../transcript-set.ts'
import { describe } from './describe.ts'

/** CC, then M A K A, the intron, G R and a stop, then CC; what follows on the chromosome goes on with C. */
const [FIRST, INTRON, SECOND] = ['CCATGGCTAAAGCT', 'GTAAGTTTTAG', 'GGTCGTTAACC']
const FORWARD = `TT${FIRST}${INTRON}${SECOND}CATT`
const SIZE = FORWARD.length
const exon = (start: number, end: number, transcriptStart: number) => ({
  start,
  end,
  transcriptStart,
  transcriptEnd: transcriptStart + end - start,
  cigar: undefined,
})
const exons = [exon(2, 16, 0), exon(27, 38, 14)]
const one: Transcript = {
  id: 'NM_1.1',
  gene: { symbol: 'GENE', id: undefined, hgnc: undefined },
  biotype: 'protein_coding',
  assembly: undefined,
  contig: 'NC_1.1',
  strand: 1,
  exons,
  cds: { start: 2, end: 23, phase: 0, startKnown: true, endKnown: true },
  protein: 'NP_1.1',
  tags: [],
}
const turned = exons.map((it) => ({ ...it, start: SIZE - it.end, end: SIZE - it.start }))
const sequences = new SequencesInMemory(
  'test',
  new Map([
    ['NC_1.1', FORWARD],
    ['NC_2.1', reverseComplement(FORWARD)],
  ]),
)
const transcripts = new TranscriptSet('test', [
  one,
  { ...one, id: 'NM_2.1', protein: 'NP_2.1', contig: 'NC_2.1', strand: -1, exons: turned },
])
const ask = (text: string) => describe(text, { sequences, transcripts }, { transcripts: [] })
const names = (text: string) =>
  ask(text).transcripts.map(({ hgvs, protein }) =>
    [hgvs, protein].map((answer) => (answer.known ? answer.value.replace(/^.*:/, '') : 'unknown')),
  )[0]
const fault = (text: string) => {
  try {
    ask(text)
  } catch (error) {
    assert.ok(error instanceof Fault)
    return [error.code, error.where]
  }
  return undefined
}

/** The same bases on the minus strand, whose transcript is the same. */
const mirrored = (from: number, to: number, edit: string) =>
  [`NC_1.1:g.${from}_${to}${edit}`, `NC_2.1:g.${SIZE + 1 - to}_${SIZE + 1 - from}${edit}`] as const

for (const [edit, c, p] of [
  ['del', 'c.10_15del', 'p.(Ala4_Gly5del)'],
  ['dup', 'c.10_15dup', 'p.(Ala4_Gly5dup)'],
  ['inv', 'c.10_15inv', 'p.?'],
] as const)
  for (const g of mirrored(14, 30, edit))
    test(`of exons with their intron the protein loses or doubles the exons' codons alone: ${g}`, () =>
      assert.deepEqual(names(g), [c, p]))

test('a deletion of exon, intron and exon shifts the frame by the bases of the exons', () => {
  for (const g of mirrored(14, 28, 'del')) assert.deepEqual(names(g), ['c.11_14del', 'p.(Ala4ValfsTer?)'])
})

test('a change goes to the last base of its transcript, though it could go on behind it', () => {
  for (const g of mirrored(38, 38, 'del')) assert.deepEqual(names(g), ['c.*2del', 'p.?'])
  for (const g of mirrored(38, 38, 'dup')) assert.deepEqual(names(g), ['c.*2dup', 'p.?'])
  assert.deepEqual(names('NC_1.1:g.37_38insCG'), ['c.*1_*2insCG', 'p.?'])
})

test('a long copy that begins before the transcript is no insertion inside it', () => {
  const before = 'ACGGTCATTGCAACGTTGACCATGGACCTTAGCAATGGCATCGAATCCGTATCG'
  const chromosome = `${before}${FORWARD}`
  const moved = exons.map((it) => ({ ...it, start: it.start + before.length, end: it.end + before.length }))
  const source = {
    sequences: new SequencesInMemory('test', new Map([['NC_1.1', chromosome]])),
    transcripts: new TranscriptSet('test', [{ ...one, exons: moved }]),
  }
  const found = (text: string) => describe(text, source, { transcripts: [] }).transcripts.length
  const inside = before.length + 8
  assert.equal(found(`NC_1.1:g.${inside - 59}_${inside}dup`), 0)
  assert.equal(found(`NC_1.1:g.${inside - 8}_${inside}dup`), 1)
  assert.equal(found(`NC_1.1:g.${inside - 2}_${inside}dup`), 1)
})

test('one variant has one name, however it is spelled', () => {
  const units = ['A', 'C', 'G', 'T', 'GG', 'AG', 'GT', 'GCT', 'AGC', 'GGT', 'TTAGGG', 'GCTGTA']
  const told = (text: string) => {
    const { genome, transcripts } = ask(text)
    const [on] = genome
    assert.ok(on?.spdi.known && on.hgvs.known)
    const named = transcripts.map(({ hgvs, protein }) => [hgvs, protein])
    return { on: [on.spdi.value, on.hgvs.value] as const, named }
  }
  let compared = 0
  for (const chromosome of ['NC_1.1', 'NC_2.1'])
    for (let at = 3; at < SIZE - 3; at++)
      for (const unit of units) {
        const base = sequences.bases(chromosome, at, at + 1)
        const asked = `${chromosome}:g.${at}_${at + 1}ins${unit}`
        const { on, named } = told(asked)
        for (const text of [...on, `${chromosome}:g.${at + 1}delins${unit}${base}`]) {
          assert.deepEqual(told(text).named, named, `${asked} and ${text}`)
          compared++
        }
      }
  assert.equal(compared, 2 * (SIZE - 6) * units.length * 3)
})

test('a repeat is of the unit that begins at its place, and nowhere before', () => {
  assert.deepEqual(fault('NC_1.1:g.14GGG[5]'), ['HGVS_REPEAT_PLACE', '"NC_1.1:g.14GGG[5]"'])
  assert.equal(fault('NC_1.1:g.11A[2]'), undefined)
  for (const late of ['NC_1.1:g.12A[2]', 'NM_1.1:c.8A[2]', 'NM_2.1:c.8A[2]', 'NM_2.1:c.12+7T[9]'])
    assert.equal(fault(late)?.[0], 'HGVS_REPEAT_PLACE')
  assert.deepEqual(names('NM_2.1:c.12+6T[5]'), ['c.13-3dup', 'p.?'])
})

test('a fault shows the expression as it was asked', () => {
  assert.deepEqual(fault('NM_1.1:c.4_5del3'), ['HGVS_LENGTH_MISMATCH', '"NM_1.1:c.4_5del3"'])
  assert.deepEqual(fault('NC_1.1:g.4_5delAAA'), ['HGVS_LENGTH_MISMATCH', '"NC_1.1:g.4_5delAAA"'])
  assert.deepEqual(fault('NP_1.1:p.K2fsX3'), ['HGVS_REFERENCE_MISMATCH', '"NP_1.1:p.K2fsX3"'])
  assert.deepEqual(fault('NM_1.1:p.Lys2Arg'), ['HGVS_REFERENCE_MISMATCH', '"NM_1.1:p.Lys2Arg"'])
})

test('a stretch of the same transcript is counted as the expression counts', () => {
  assert.deepEqual(names('NM_1.1:c.6_7ins4_5'), ['c.6_7insGC', 'p.(Lys3AlafsTer?)'])
  assert.deepEqual(names('NM_2.1:c.6_7ins4_6inv'), ['c.7_8insGCA', 'p.(Ala2_Lys3insSer)'])
  assert.deepEqual(names('NM_1.1:n.8_9ins4_5'), ['c.6_7insTG', 'p.(Lys3Ter)'])
})

test('RNA is written as RNA, shifted without introns, and no change of the genome', () => {
  const { genome, because } = ask('NM_2.1:r.12_13insu')
  assert.deepEqual([genome.length, because[0]?.kind], [0, 'not-exact'])
  assert.deepEqual(names('NM_2.1:r.12_13insu'), ['r.12dup', 'p.(Gly5TrpfsTer?)'])
  assert.deepEqual(names('NM_1.1:r.(7_9del)'), ['r.(7_9del)', 'p.(Lys3del)'])
})

test('a transcript without its version is told as the one that was taken', () => {
  assert.deepEqual(ask('NM_1:c.4G>A').because, [
    { kind: 'version-taken', asked: 'NM_1', transcript: 'NM_1.1' },
  ])
  assert.deepEqual(ask('NM_1.1:c.4G>A').because, [])
})

test('a gene in parentheses that is not the transcript\u2019s is told, on either side', () => {
  assert.deepEqual(ask('NM_1.1(OTHER):c.4G>A').because, [
    { kind: 'other-gene', asked: 'OTHER', transcript: 'NM_1.1', gene: 'GENE' },
  ])
  assert.deepEqual(ask('NM_1.1(gene):c.4G>A').because, [])
  assert.equal(ask('GENE(NM_1.1):c.4G>A').written, 'NM_1.1(GENE):c.4G>A')
  assert.deepEqual(names('GENE(nm_1.1):c.4G>A'), ['c.4G>A', 'p.(Ala2Thr)'])
})

test('what is often written instead of HGVS is told with how to write it', () => {
  const mend = (text: string) => {
    try {
      ask(text)
    } catch (error) {
      assert.ok(error instanceof Fault && error.code === 'HGVS_SYNTAX')
      return error.mend
    }
    return ''
  }
  assert.match(mend('NM_1.1:c.4G&gt;A'), /web page/)
  assert.match(mend('NM_1.1:c.4_5GC>AA'), /delins/)
  assert.match(mend('NM_1.1:c.4G>AA'), /delins/)
  assert.match(mend('NM_1.1(GENE):c.4G>A (p.Ala2Thr)'), /without the protein/)
  assert.match(mend('NM_1.1:c.4G>A; NM_1.1:c.5C>A'), /one expression at a time/)
  assert.doesNotMatch(mend('NM_1.1:c.4G'), /delins|web page|protein|time/)
})

test('nothing in the place of nothing is no variant', () => {
  assert.equal(fault('NC_1.1:5::')?.[0], 'SPDI_SYNTAX')
  assert.equal(fault('NC_1.1:5:0:')?.[0], 'SPDI_SYNTAX')
})

/** The genome has a C more between the T's than the transcript. */
const GAPPED = { chromosome: 'AAGCATTTCTTTGCAAAA', transcript: 'GCATTTTTTGCA' }

for (const strand of [1, -1] as const)
  test(`where the genome has a base more, the transcript is named by its own bases (${strand})`, () => {
    const { chromosome, transcript } = GAPPED
    const places = strand === 1 ? { start: 2, end: 15 } : { start: 3, end: 16 }
    const only = { ...places, transcriptStart: 0, transcriptEnd: 12, cigar: '6=1D6=' }
    const gapped = { ...one, id: 'NR_1.1', strand, cds: undefined, exons: [only] }
    const source = {
      transcripts: new TranscriptSet('test', [gapped]),
      sequences: new SequencesInMemory(
        'test',
        new Map([
          ['NC_1.1', strand === 1 ? chromosome : reverseComplement(chromosome)],
          ['NR_1.1', transcript],
        ]),
      ),
    }
    const named = (text: string) => {
      const { hgvs } = describe(`NR_1.1:n.${text}`, source, { transcripts: [] }).transcripts[0]!
      return hgvs.known ? hgvs.value.replace(/^.*n\./, '') : 'unknown'
    }
    assert.deepEqual(['4del', '6_7del', '4_5insT', '5_6insAT', '2_4del'].map(named), [
      '9del',
      '8_9del',
      '9dup',
      '5_6insAT',
      '2_4del',
    ])
  })
