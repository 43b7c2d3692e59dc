import { Fault } from '../../src/terms/fault.ts'
import { sameVariant } from '../../src/variant/equivalence/same-variant.ts'
import { parseHgvs } from '../../src/variant/hgvs/parse.ts'
import { bareChromosomes, LayeredSequences } from '../../src/variant/layered-sequences.ts'
import type { NameSources } from '../../src/variant/projection/sources.ts'
import { TranscriptSet } from '../../src/variant/transcript-set.ts'
import { chromosomes } from './provider-cache.ts'
import { sharedLines } from './shared-lines.ts'

/** Lengths and digests of the chromosomes, and no bases: what may be said before any file is given. */
function bareSources(): NameSources {
  return {
    sequences: new LayeredSequences([bareChromosomes(chromosomes())]),
    transcripts: new TranscriptSet('none', []),
    assembly: undefined,
  }
}

export interface Compared {
  readonly pairs: number
  readonly same: number
  /** By the reason why it is not known. */
  readonly unknown: Readonly<Record<string, number>>
  readonly different: readonly string[]
  readonly refused: readonly string[]
}

/** A genomic HGVS expression and the VCF record that was made from it by another program. */
export function compareTriples(): Compared {
  const sources = { ...bareSources(), assembly: 'GRCh38' as const }
  const pairs = sharedLines('reference/hgvs-vcf-triples.tsv.gz')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([, , , g = '', , , chrom, pos, ref, alt]) => [g, `${chrom}-${pos}-${ref}-${alt}`] as const)
  return comparePairs(pairs, sources)
}

/** Expressions of one allele on one and the same sequence, as the ClinGen Allele Registry lists them. */
export function compareSets(): Compared {
  const sources = bareSources()
  const pairs: (readonly [string, string])[] = []
  for (const line of sharedLines('reference/hgvs-equivalents.tsv.gz').slice(1)) {
    const bySequence = new Map<string, string>()
    for (const text of (line.split('\t')[3] ?? '').split(', ').map((one) => one.replace(/ \(p\..*/, ''))) {
      const sequence = sequenceOf(text, sources)
      if (sequence === undefined) continue
      const first = bySequence.get(sequence)
      if (first === undefined) bySequence.set(sequence, text)
      else pairs.push([first, text])
    }
  }
  return comparePairs(pairs, sources)
}

/** Of two alleles of one gene that share a sequence, the first expressions on it: they must never be called the same. */
export function compareNeighbours(): Compared {
  const sources = bareSources()
  const last = new Map<string, string>()
  const pairs: (readonly [string, string])[] = []
  for (const line of sharedLines('reference/hgvs-equivalents.tsv.gz').slice(1)) {
    const first = (line.split('\t')[3] ?? '').split(', ')[0]!
    const sequence = sequenceOf(first, sources)
    if (sequence === undefined) continue
    const before = last.get(sequence)
    if (before !== undefined && before !== first) pairs.push([before, first])
    last.set(sequence, first)
  }
  return comparePairs(pairs, sources)
}

function sequenceOf(text: string, { sequences }: NameSources): string | undefined {
  try {
    const { accession, type } = parseHgvs(text)
    return accession === undefined ? undefined : `${sequences.contig(accession)?.refseq ?? accession}:${type}`
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function comparePairs(pairs: readonly (readonly [string, string])[], sources: NameSources): Compared {
  let same = 0
  const unknown: Record<string, number> = {}
  const different: string[] = []
  const refused: string[] = []
  for (const [one, other] of pairs) {
    const shown = `${one} | ${other}`.slice(0, 160)
    try {
      const verdict = sameVariant(one, other, sources)
      if (!verdict.known) unknown[verdict.because[0].kind] = (unknown[verdict.because[0].kind] ?? 0) + 1
      else if (verdict.value) same++
      else different.push(shown)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      refused.push(`${shown}: ${error.code}`)
    }
  }
  return { pairs: pairs.length, same, unknown, different, refused }
}
