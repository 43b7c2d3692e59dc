import type { LocusCall } from '../../record/genotype.ts'
import { codeOf, type GeneTable, HALF, UNDOCUMENTED } from './gene-table.ts'

/** Code of a locus that was not seen. */
export const UNSEEN = 255

/** One sample at one gene, as integers aligned with the loci of the gene's table. */
export interface SampleGene {
  /** Codes of the first and second allele as GT orders them; UNSEEN where the locus was not seen. */
  readonly first: Uint8Array
  readonly second: Uint8Array
  /** True when every seen locus has one allele only (X of a male, mitochondrion). */
  readonly haploid: boolean
  /** True when some seen loci have one allele and others two; the one is then read as standing on both strands. */
  readonly mixedPloidy: boolean
  /**
   * Heterozygous loci that are known to lie together: within a group the first alleles are on one strand. A locus
   * without phase is a group of its own. Groups in order of their first locus; indices ascending.
   */
  readonly groups: readonly (readonly number[])[]
  /** Seen loci that are not homozygous reference, ascending. */
  readonly variant: readonly number[]
  readonly seen: number
  /** True when phase decides the two strands: at most two arrangements of the alleles exist. */
  readonly effectivelyPhased: boolean
  /** Every seen call was phased in the file, with or without phase sets. */
  readonly phasedCalls: boolean
  readonly phaseSets: number
  readonly undocumented: readonly { readonly index: number; readonly bases: string }[]
  readonly halfCalled: readonly number[]
}

const FILE_WIDE = ''

/**
 * Translates calls into codes. `undocumentedAsReference` reads unknown bases as REF (they stay listed).
 * Heterozygous calls written with "|" and no phase set share one file-wide group.
 */
export function sampleGene(
  table: GeneTable,
  calls: ReadonlyMap<string, LocusCall>,
  undocumentedAsReference: boolean,
): SampleGene {
  const size = table.loci.length
  const first = new Uint8Array(size).fill(UNSEEN)
  const second = new Uint8Array(size).fill(UNSEEN)
  const variant: number[] = []
  const undocumented: { index: number; bases: string }[] = []
  const halfCalled: number[] = []
  const phased = new Map<string, number[]>()
  const groups: number[][] = []
  let seen = 0
  let diploidSeen = 0
  let phasedCalls = true

  const read = (bases: string, index: number): number => {
    if (bases === '.') return HALF
    const code = codeOf(bases, table.loci[index]!)
    if (code !== UNDOCUMENTED) return code
    undocumented.push({ index, bases })
    return undocumentedAsReference ? 0 : UNDOCUMENTED
  }

  for (let i = 0; i < size; i++) {
    const call = calls.get(table.loci[i]!.id)
    if (call === undefined) continue
    seen++
    const a = read(call.alleles[0], i)
    const diploid = call.alleles.length === 2
    const b = diploid ? read(call.alleles[1], i) : a
    if (diploid) diploidSeen++
    first[i] = a
    second[i] = b
    if (a !== 0 || b !== 0) variant.push(i)
    if (a === HALF || b === HALF) halfCalled.push(i)
    if (!call.phased) phasedCalls = false
    if (a === b) continue
    if (!call.phased) groups.push([i])
    else {
      const set = call.phaseSet ?? FILE_WIDE
      const group = phased.get(set)
      if (group === undefined) {
        const made = [i]
        phased.set(set, made)
        groups.push(made)
      } else group.push(i)
    }
  }
  return {
    first,
    second,
    haploid: seen > 0 && diploidSeen === 0,
    mixedPloidy: diploidSeen > 0 && diploidSeen < seen,
    groups,
    variant,
    seen,
    effectivelyPhased: groups.length <= 1,
    phasedCalls,
    phaseSets: [...phased.keys()].filter((set) => set !== FILE_WIDE).length,
    undocumented,
    halfCalled,
  }
}
