import type { ProteinExpression } from '../hgvs/expression.ts'
import type { GeneticCode } from '../nucleotides.ts'
import { transcriptBases } from '../projection/transcript-bases.ts'
import type { TranscriptMap } from '../projection/transcript-map.ts'
import { crossesIntron, ownChange, type PlacedChange } from '../projection/written-change.ts'
import type { SequenceSource } from '../sequence.ts'
import { known, type Named, trimmed, unknown, untold } from '../sequence-change.ts'
import { proteinChange } from './protein-change.ts'
import { referenceProtein, translate } from './translate.ts'

/** ATG, and the codons one base from it that a few genes start with. */
const LIKE_ATG = /^(?:[ACGTN]TG|A[ACGTN]G|AT[ACGTN])$/
const MITOCHONDRIAL = /^(NC_012920|NC_001807|chrM$|chrMT$|MT$|M$)/

/**
 * What a change of a transcript is predicted to do to its protein, as "p.(…)": from the sequence alone, without splicing.
 * Where it lies in an intron or outside the coding sequence that is "p.?". Unknown without the transcript's bases.
 */
export function predictProtein(placed: PlacedChange, source: SequenceSource): Named<ProteinExpression> {
  const { map } = placed
  const { id, cds, protein } = map.transcript
  if (cds === undefined) return unknown({ kind: 'not-coding', transcript: id })
  const expression = (change: ProteinExpression['change']): Named<ProteinExpression> =>
    known({ accession: protein, selector: undefined, type: 'p', change })
  const own = ownChange(placed)
  // Turned round with its splice sites, an intron is no longer taken out.
  const turned = placed.form === 'inversion' && crossesIntron(placed)
  if (own === undefined || turned) return expression({ kind: 'unknown' })
  const gap = untold(own)
  if (gap !== undefined) return unknown(gap)
  const silent = own.deleted === own.inserted
  const { start, deleted, inserted } = silent ? own : trimmed(own)
  const end = start + deleted.length
  if (end <= cds.start || start >= cds.end) return expression({ kind: 'unknown' })
  if (start <= cds.start && end >= cds.end && inserted === '')
    return expression({ kind: 'none', predicted: true })
  const bases = transcriptBases(map, source, cds.start, map.length)
  if (!bases.known) return bases
  const read = readReference(bases.value, map)
  if (!read.known) return read
  const { protein: reference, reading } = read.value
  if (start < cds.start) {
    return expression({ ...met(reference), edit: { kind: 'substitution', to: '?' } })
  }
  const offset = cds.start + cds.phase
  const [from, to] = [Math.max(0, start - offset), end - offset]
  // Where the record ends before the stop nothing behind its end is said to be translated.
  const open = !reference.endsWith('*') || reading.completion !== ''
  const all = bases.value.slice(cds.phase, open ? cds.end - cds.start : undefined) + reading.completion
  const changedBases = all.slice(0, from) + inserted + all.slice(to)
  const shift = inserted.length - deleted.length
  const unchanged = (codon: number) => {
    if ((codon + 1) * 3 <= from) return codon
    const old = codon * 3 - shift
    return old >= to && shift % 3 === 0 ? old / 3 : undefined
  }
  const changed = translate(changedBases, reading, unchanged)
  if (cds.startKnown && !changed.startsWith('M')) {
    return expression({ ...met(reference), edit: { kind: 'substitution', to: '?' } })
  }
  const first = Math.floor(from / 3)
  const frameshift = shift % 3 !== 0 || end > cds.end
  return expression(
    proteinChange({
      reference,
      changed,
      frameshift,
      first,
      codons: frameshift ? 0 : shift / 3,
      last: to === from ? (from % 3 === 0 ? first - 1 : first) : Math.floor((to - 1) / 3),
    }),
  )
}

/** The protein of a transcript as it is, "*" at its end; unknown without its bases or a coding sequence. */
export function referenceOf(map: TranscriptMap, source: SequenceSource): Named<{ readonly protein: string }> {
  const { id, cds } = map.transcript
  if (cds === undefined) return unknown({ kind: 'not-coding', transcript: id })
  const bases = transcriptBases(map, source, cds.start, cds.end)
  return bases.known ? readReference(bases.value, map) : bases
}

/** `bases`: from the start of the coding sequence on. Unknown where they do not read as one protein from end to end. */
function readReference(bases: string, { transcript: { id, cds, contig } }: TranscriptMap) {
  const { start, end, phase, startKnown, endKnown } = cds!
  const code: GeneticCode = MITOCHONDRIAL.test(contig) ? 'mitochondrial' : 'standard'
  const coding = bases.slice(phase, end - start)
  const read = referenceProtein(coding, code, startKnown)
  const why = notOneProtein(coding, read, startKnown && endKnown)
  return why === undefined ? known(read) : unknown({ kind: 'not-one-protein', transcript: id, why })
}

/**
 * A ribosome that changes its frame (OAZ1, PEG10), a genome that differs from the transcript in a stop (ACTN3 on GRCh37), and a
 * record that begins inside a codon read as another protein than the one that is made. `whole`: both ends are said to be known.
 */
function notOneProtein(
  coding: string,
  { protein, reading }: ReturnType<typeof referenceProtein>,
  whole: boolean,
): string | undefined {
  if (protein.length < Math.floor(coding.length / 3)) return 'it has a stop before its end'
  if (reading.code !== 'standard') return undefined
  const first = coding.slice(0, 3)
  if (reading.startsHere && !LIKE_ATG.test(first)) return `it begins with ${first}, which is no start codon`
  const plain = first === 'ATG' && reading.selenocysteines.size === 0
  return whole && coding.length % 3 !== 0 && !plain ? 'it is not a whole number of codons' : undefined
}

function met(reference: string) {
  const start = { residue: reference[0] ?? 'M', number: 1 }
  return { kind: 'residues', start, end: start, uncertainInterval: false, predicted: true } as const
}
