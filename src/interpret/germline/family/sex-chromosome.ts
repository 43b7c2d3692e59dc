import type { MemberCall } from '../../../record/family-variant.ts'
import type { Assembly, Chromosome } from '../../../terms/genome.ts'
import type { Zygosity } from '../../finding/germline.ts'

/** Parts of X that everybody carries twice, 1-based, [start, end]. Source: Genome Reference Consortium, pseudoautosomal regions. */
const PSEUDOAUTOSOMAL: Readonly<Record<Assembly, readonly (readonly [number, number])[]>> = {
  GRCh37: [
    [60_001, 2_699_520],
    [154_931_044, 155_260_560],
  ],
  GRCh38: [
    [10_001, 2_781_479],
    [155_701_383, 156_030_895],
  ],
}

export type Ploidy = 'autosomal' | 'x-linked' | 'y-linked' | 'mitochondrial'

export function ploidyOf(assembly: Assembly, chromosome: Chromosome, position: number): Ploidy {
  if (chromosome === 'chrM') return 'mitochondrial'
  if (chromosome === 'chrY') return 'y-linked'
  if (chromosome !== 'chrX') return 'autosomal'
  const pseudo = PSEUDOAUTOSOMAL[assembly].some(([start, end]) => position >= start && position <= end)
  return pseudo ? 'autosomal' : 'x-linked'
}

/** Share of the reads of a mitochondrial variant below which it is heteroplasmic; undefined: reads are not given. */
export const HOMOPLASMIC = 0.95

export function heteroplasmyOf({ referenceReads, alternateReads }: MemberCall): number | undefined {
  if (referenceReads === undefined || alternateReads === undefined) return undefined
  const all = referenceReads + alternateReads
  return all === 0 ? undefined : alternateReads / all
}

/** undefined: the sample does not carry the variant, or the sex leaves it open. */
export function zygosityOf(
  call: MemberCall,
  ploidy: Ploidy,
  sex: 'male' | 'female' | 'unknown',
): Zygosity | undefined {
  if (call.copies === 0) return undefined
  if (ploidy === 'mitochondrial') {
    const share = heteroplasmyOf(call)
    if (share === undefined) return call.copies === call.called ? 'homoplasmic' : 'heteroplasmic'
    return share >= HOMOPLASMIC ? 'homoplasmic' : 'heteroplasmic'
  }
  const all = call.copies === call.called && call.complete
  if (ploidy === 'y-linked') return 'hemizygous'
  if (ploidy === 'x-linked' && all) {
    if (call.called === 1 || sex === 'male') return 'hemizygous'
    return sex === 'female' ? 'homozygous' : undefined
  }
  if (call.called === 1 && call.complete) return 'hemizygous'
  return all ? 'homozygous' : 'heterozygous'
}
