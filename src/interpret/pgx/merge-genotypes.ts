import type { GenotypeSet, LocusCall } from '../../record/genotype.ts'
import type { Gap } from '../../terms/answer.ts'

/** What all files of one person say together. */
interface MergedGenotypes {
  readonly calls: ReadonlyMap<string, LocusCall>
  readonly gaps: ReadonlyMap<string, Gap>
  readonly sample: string | undefined
}

/**
 * Joins the genotype sets of one person. A position that two files call differently is not known: neither is
 * believed. Phase holds within one file only, so each file's phase becomes a phase set of its own.
 */
export function mergeGenotypes(sets: readonly GenotypeSet[]): MergedGenotypes {
  const [only] = sets
  if (only === undefined) return { calls: new Map(), gaps: new Map(), sample: undefined }
  const gapsOf = (set: GenotypeSet) => set.gaps.map((gap) => [gap.locus, gap] as const)
  if (sets.length === 1) {
    return {
      calls: new Map(only.calls.map((call) => [call.locus, call])),
      gaps: new Map(gapsOf(only)),
      sample: only.sample,
    }
  }
  const calls = new Map<string, LocusCall>()
  const gaps = new Map<string, Gap>(sets.flatMap(gapsOf))
  const contradicted = new Map<string, Set<string>>()
  for (const [file, set] of sets.entries()) {
    for (const call of set.calls) {
      const earlier = calls.get(call.locus)
      if (earlier === undefined)
        calls.set(call.locus, call.phased ? { ...call, phaseSet: `${file}:${call.phaseSet ?? ''}` } : call)
      else if (unordered(earlier) !== unordered(call)) {
        contradicted.set(
          call.locus,
          new Set([...(contradicted.get(call.locus) ?? [unordered(earlier)]), unordered(call)]),
        )
      }
    }
  }
  for (const locus of contradicted.keys()) calls.delete(locus)
  for (const locus of calls.keys()) gaps.delete(locus)
  for (const [locus, genotypes] of contradicted)
    gaps.set(locus, { kind: 'files-contradict', locus, genotypes: [...genotypes] })
  return { calls, gaps, sample: sets.at(-1)!.sample }
}

function unordered(call: LocusCall): string {
  return [...call.alleles].sort().join('/')
}
