import type { MemberCall } from '../../../record/family-variant.ts'
import { type CallRules, carried, passes } from './reliability.ts'
import { HOMOPLASMIC } from './sex-chromosome.ts'

/** Why the person's own call should be confirmed before it is told. */
export function callDoubts(
  call: MemberCall,
  filter: string,
  anyShare: boolean,
  rules: CallRules,
): readonly string[] {
  const { depth, quality, referenceReads, alternateReads } = call
  const reads = [
    ...(depth === undefined ? [] : [`${depth} reads`]),
    ...(alternateReads === undefined || referenceReads === undefined
      ? []
      : [`${alternateReads} of them with it`]),
    ...(quality === undefined ? [] : [`quality ${quality}`]),
  ]
  const unsure = carried(call, anyShare ? { ...rules, balance: [0, 1] } : rules) === 'unsure'
  return [
    ...(passes(filter)
      ? []
      : [`The caller marked the site as failed (${filter}): confirm it by another method.`]),
    ...(anyShare ? [] : partOfCells(call)),
    ...(anyShare && isPart(call)
      ? [
          'The share differs between tissues, and in blood it can fall with age: another tissue may show more.',
        ]
      : []),
    ...(unsure ? [`The call is not sure (${reads.join(', ')}): confirm it by another method.`] : []),
  ]
}

/** Standard deviations below one half of the reads, and the share itself, from which on a heterozygous call has too few. */
const FEW = { deviations: 3.3, share: 0.35 }

/** Of a heterozygous call: whether fewer reads have it than where every cell has it on one of two copies. */
function partOfCells({
  genotype,
  copies,
  called,
  referenceReads,
  alternateReads,
}: MemberCall): readonly string[] {
  if (copies !== 1 || called !== 2 || !genotype.includes('0')) return []
  if (referenceReads === undefined || alternateReads === undefined) return []
  const all = referenceReads + alternateReads
  if (alternateReads >= all * FEW.share) return []
  if ((all / 2 - alternateReads) / Math.sqrt(all / 4) < FEW.deviations) return []
  return [
    `Only ${Math.round((100 * alternateReads) / all)} % of ${all} reads have it, fewer than of one copy in every cell: a part of the cells (mosaicism, or a clone of the blood as it comes with age), or a wrong call; another tissue would tell.`,
  ]
}

/** A share of the mitochondria, not all of them. */
function isPart({ referenceReads = 0, alternateReads = 0 }: MemberCall): boolean {
  return (
    referenceReads > 0 &&
    alternateReads > 0 &&
    alternateReads < HOMOPLASMIC * (referenceReads + alternateReads)
  )
}
