import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Transcript } from '../transcript.ts'
import { nonsenseDecay } from './nonsense-decay.ts'
import { chosenTranscript } from './transcript-choice.ts'

/** Exons of 300, 300 and 300 bases; codes from base 30 to base 780 of the transcript. */
const TOY: Transcript = {
  id: 'NM_1.1',
  gene: { symbol: 'TOY', id: undefined, hgnc: undefined },
  biotype: 'protein_coding',
  assembly: undefined,
  contig: '1',
  strand: 1,
  exons: [0, 1, 2].map((i) => ({
    start: 1000 * i,
    end: 1000 * i + 300,
    transcriptStart: 300 * i,
    transcriptEnd: 300 * (i + 1),
    cigar: undefined,
  })),
  cds: { start: 30, end: 780, phase: 0, startKnown: true, endKnown: true },
  protein: undefined,
  tags: [],
}

/** A change at a residue whose new stop is that residue. */
const stopAt = (residue: number, gained = 0) =>
  nonsenseDecay(TOY, {
    before: { residue, protein: 'R' },
    after: { residue, protein: '*' },
    dna: [],
    gained,
  })

test('both sides of every edge', () => {
  // The last junction is base 600; codon n begins at base 30 + 3(n - 1): codon 173 ends at base 549, codon 174 at 552.
  assert.deepEqual([stopAt(173)!.expected, stopAt(173)!.because], [true, 'stop before the last junction'])
  assert.deepEqual([stopAt(174)!.expected, stopAt(174)!.because], [false, 'end of the last but one exon'])
  assert.equal(stopAt(190)!.because, 'end of the last but one exon')
  assert.equal(stopAt(191)!.because, 'last exon')
  assert.deepEqual(stopAt(50)!.weaker, ['near the start'])
  assert.deepEqual(stopAt(51)!.weaker, [])
  assert.equal(stopAt(250), undefined, 'the stop of the transcript itself')
  assert.equal(stopAt(174, 3)!.expected, true, 'three bases gained before it')
  assert.equal(
    nonsenseDecay(
      { ...TOY, exons: [{ ...TOY.exons[0]!, end: 900, transcriptEnd: 900 }] },
      {
        before: { residue: 9, protein: 'R' },
        after: { residue: 9, protein: '*' },
        dna: [],
        gained: 0,
      },
    )!.because,
    'one exon',
  )
})

test('MANE Select goes before all, then the longest coding transcript', () => {
  const long = { ...TOY, id: 'NM_2.1', cds: { ...TOY.cds!, end: 840 } }
  const mane: Transcript = { ...TOY, id: 'NM_3.1', tags: ['MANE Select'] }
  assert.equal(chosenTranscript([TOY, long])!.id, 'NM_2.1')
  assert.equal(chosenTranscript([long, mane, TOY])!.id, 'NM_3.1')
  assert.equal(chosenTranscript([]), undefined)
})
