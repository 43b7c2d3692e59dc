import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatHgvs, formatProteinChange } from '../hgvs/format.ts'
import { parseHgvs } from '../hgvs/parse.ts'
import { onTranscript } from '../projection/on-transcript.ts'
import { TranscriptMap } from '../projection/transcript-map.ts'
import { SequencesInMemory } from '../sequence.ts'
import { predictProtein } from './predict.ts'
import { proteinChange } from './protein-change.ts'

/** 5' untranslated AAAATCAAA, then M K A K A F R A K and a stop, then the 3' untranslated rest. */
const BASES = 'AAAATCAAAATGAAAGCGAAAGCGTTTCGCGCGAAATAGAGGAGGTAGTTTCGC'
const source = new SequencesInMemory('test', new Map([['NM_1.1', BASES]]))
const map = new TranscriptMap({
  id: 'NM_1.1',
  gene: { symbol: undefined, id: undefined, hgnc: undefined },
  biotype: 'protein_coding',
  assembly: undefined,
  contig: 'NC_1.1',
  strand: 1,
  exons: [{ start: 0, end: BASES.length, transcriptStart: 0, transcriptEnd: BASES.length, cigar: undefined }],
  cds: { start: 9, end: 39, phase: 0, startKnown: true, endKnown: true },
  protein: 'NP_1.1',
  tags: [],
})

function predicted(c: string): string {
  const expression = parseHgvs(`NM_1.1:c.${c}`)
  assert.ok(expression.type !== 'p')
  const placed = onTranscript(expression, map, source)
  assert.ok(placed.known)
  const protein = predictProtein(placed.value, source)
  assert.ok(protein.known)
  return formatHgvs(protein.value)
}

for (const [c, p, why] of [
  ['6A>T', 'p.(Lys2Asn)', 'substitution'],
  ['6A>G', 'p.(Lys2=)', 'silent'],
  ['4_6delinsTAA', 'p.(Lys2Ter)', 'a new stop'],
  ['1A>G', 'p.(Met1?)', 'the start codon'],
  ['-2_2del', 'p.(Met1?)', 'into the start codon'],
  ['-5T>G', 'p.?', 'before the coding sequence'],
  ['*2G>A', 'p.?', 'behind it'],
  ['4_6del', 'p.(Lys2del)', 'one residue'],
  ['7_12del', 'p.(Lys4_Ala5del)', 'as far to the end as it goes'],
  ['6_7insGGG', 'p.(Lys2_Ala3insGly)', 'insertion between codons'],
  ['6_7insTAG', 'p.(Ala3Ter)', 'a stop that is put in first'],
  ['6_7insGGGTAG', 'p.(Lys2_Ala3insGlyTer)', 'a stop that is put in later'],
  ['25_27dup', 'p.(Lys9dup)', 'a copy before the stop is no extension'],
  ['16_24dup', 'p.(Phe6_Ala8dup)', 'a copy of three'],
  ['23_25del', 'p.(Ala8_Lys9delinsGlu)', 'in frame, not between codons'],
  ['4_12delinsGGGTAACCC', 'p.(Lys2_Lys4delinsGlyTer)', 'replaced, with a stop'],
  ['28T>C', 'p.(Ter10GlnextTer3)', 'the stop is read through'],
  ['30del', 'p.(Ter10=)', 'another frame, the same stop'],
  ['-3_*3del', 'p.0?', 'nothing is left to translate'],
] as const) {
  test(`${why}: c.${c} is ${p}`, () => assert.equal(predicted(c), `NP_1.1:${p}`))
}

test('a coding sequence that does not read as one protein predicts none', () => {
  const told = (bases: string, end: number, c: string) => {
    const its = { ...map.transcript, cds: { ...map.transcript.cds!, end } }
    const expression = parseHgvs(`NM_1.1:c.${c}`)
    assert.ok(expression.type !== 'p')
    const sequence = new SequencesInMemory('test', new Map([['NM_1.1', bases]]))
    const placed = onTranscript(expression, new TranscriptMap(its), sequence)
    assert.ok(placed.known)
    const protein = predictProtein(placed.value, sequence)
    return protein.known ? formatHgvs(protein.value) : protein.because.map((gap) => gap.kind).join()
  }
  const changed = (at: number, codon: string) => BASES.slice(0, 9 + at) + codon + BASES.slice(12 + at)
  assert.equal(told(BASES, 39, '22G>A'), 'NP_1.1:p.(Ala8Thr)')
  // A stop on the way: the genome's, or one that a shift of the frame passes over.
  assert.equal(told(changed(9, 'TAA'), 39, '22G>A'), 'not-one-protein')
  assert.equal(told(changed(9, 'TGA'), 39, '22G>A'), 'NP_1.1:p.(Ala8Thr)')
  assert.equal(told(changed(9, 'TGA'), 40, '22G>A'), 'not-one-protein')
  // It begins inside a codon, whose place nobody tells.
  assert.equal(told(changed(0, 'GGC'), 39, '22G>A'), 'not-one-protein')
  assert.equal(told(changed(0, 'CTG'), 39, '22G>A'), 'NP_1.1:p.(Ala8Thr)')
  // The last codon is not whole: what stands before it is read all the same.
  assert.equal(told(BASES, 38, '22G>A'), 'NP_1.1:p.(Ala8Thr)')
})

test('a mitochondrial stop that polyadenylation completes', () => {
  // M W A L R T stop: the last codon is T, and its A's are added to the RNA.
  const bases = 'ATATGAGCCCTACGAACTT'
  const mitochondrial = new TranscriptMap({
    ...map.transcript,
    contig: 'NC_012920.1',
    exons: [{ start: 0, end: 19, transcriptStart: 0, transcriptEnd: 19, cigar: undefined }],
    cds: { start: 0, end: 19, phase: 0, startKnown: true, endKnown: true },
  })
  const sequence = new SequencesInMemory('test', new Map([['NM_1.1', bases]]))
  for (const [c, p] of [
    ['3A>G', 'p.(Met1=)'],
    ['6A>G', 'p.(Trp2=)'],
    ['10_12del', 'p.(Leu4del)'],
    ['12_13insGGG', 'p.(Leu4_Arg5insGly)'],
    ['19T>C', 'p.(Ter7GlnextTer?)'],
    ['19T>A', 'p.(Ter7LysextTer?)'],
    ['13_14delinsTA', 'p.(Arg5Ter)'],
  ] as const) {
    const expression = parseHgvs(`NM_1.1:c.${c}`)
    assert.ok(expression.type !== 'p')
    const placed = onTranscript(expression, mitochondrial, sequence)
    assert.ok(placed.known)
    const protein = predictProtein(placed.value, sequence)
    assert.equal(protein.known && formatHgvs(protein.value), `NP_1.1:${p}`)
  }
})

test('a shifted frame counts to its stop, or says that there is none', () => {
  assert.equal(predicted('7del'), 'NP_1.1:p.(Ala3ArgfsTer?)')
  const shifted = { frameshift: true, first: 1, last: 1, codons: 0 }
  const change = proteinChange({ reference: 'MKAK*', changed: 'MRS*', ...shifted })
  assert.equal(formatProteinChange(change), '(Lys2ArgfsTer3)')
})
