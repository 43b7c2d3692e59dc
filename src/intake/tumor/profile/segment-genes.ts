import type { CopyNumberCall, CopyNumberSegment } from '../../../record/tumor-profile.ts'
import { chromosomeOf } from '../../../terms/genome.ts'
import type { TranscriptSource } from '../../../variant/transcript.ts'
import { span } from '../../../variant/transcript.ts'
import type { TumorCuts } from '../tumor-format.ts'
import { callOfCopies } from '../words/copies-call.ts'

/** Where a gene lies: [start, end], 1-based. */
interface GenePlace {
  readonly chromosome: string
  readonly start: number
  readonly end: number
}

interface GenesOfSegments {
  readonly calls: readonly CopyNumberCall[]
  /** Genes that no segment covers whole, or that several segments with different calls cut: their copies are not known. */
  readonly unknown: number
  /** Mean copies over the segments, which stands in for the ploidy where nobody told one; undefined: they are too little of the genome. */
  readonly meanCopies: number | undefined
}

/** Bases that segments have to cover before their mean tells a ploidy: half a genome. Segments of a panel are chosen genes. */
const HALF_A_GENOME = 1.5e9
/** Ploidies that a genome may have when nothing tells: a call that both give stands. */
const EITHER = [2, 4]

/**
 * Calls of the protein-coding genes that segments cover whole, by all their copies relative to the ploidy, or by what they are in a genome of two
 * copies and of four alike where nothing tells the ploidy. Genes of X and Y
 * are left out: their usual copies depend on the person's sex, which a profile does not hold.
 */
export function genesOfSegments(
  segments: readonly CopyNumberSegment[],
  transcripts: TranscriptSource,
  ploidy: number | undefined,
  cuts: TumorCuts,
): GenesOfSegments {
  let [copies, length] = [0, 0]
  const byChromosome = Map.groupBy(segments, ({ chromosome }) => chromosome)
  for (const one of segments) {
    copies += one.total * (one.end - one.start + 1)
    length += one.end - one.start + 1
  }
  const meanCopies = length < HALF_A_GENOME ? undefined : Math.round((copies / length) * 100) / 100
  const told = ploidy ?? meanCopies
  const ploidies = told === undefined ? EITHER : [told]
  const calls: CopyNumberCall[] = []
  let unknown = 0
  for (const [gene, place] of placesOf(transcripts)) {
    const over = (byChromosome.get(place.chromosome) ?? []).filter(
      ({ start, end }) => start <= place.end && end >= place.start,
    )
    const [first, ...more] = over
    const whole = over.some(({ start, end }) => start <= place.start && end >= place.end)
    if (first === undefined || (!whole && more.length === 0)) unknown++
    else {
      const found = new Set(
        over.flatMap(({ total }) => ploidies.map((one) => callOfCopies(total, cuts, one))),
      )
      if (found.size > 1 || (!whole && hasGap(over, place))) unknown++
      else calls.push({ gene, call: [...found][0]!, copies: first.total })
    }
  }
  return { calls, unknown, meanCopies }
}

/** Whether the segments leave a part of the gene out that is longer than the distance between two probes. */
function hasGap(over: readonly CopyNumberSegment[], { start, end }: GenePlace): boolean {
  const sorted = [...over].sort((a, b) => a.start - b.start)
  return sorted[0]!.start > start || sorted.at(-1)!.end < end
}

function placesOf({ transcripts }: TranscriptSource): ReadonlyMap<string, GenePlace> {
  const places = new Map<string, GenePlace>()
  for (const transcript of transcripts) {
    const { symbol } = transcript.gene
    const chromosome = chromosomeOf(transcript.contig)?.slice(3)
    if (symbol === undefined || transcript.cds === undefined || chromosome === undefined) continue
    if (!/^\d+$/.test(chromosome)) continue
    const { start, end } = span(transcript)
    const before = places.get(symbol)
    places.set(symbol, {
      chromosome,
      start: Math.min(before?.start ?? Number.POSITIVE_INFINITY, start + 1),
      end: Math.max(before?.end ?? 0, end),
    })
  }
  return places
}
