import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import { howMany } from '../../../terms/how-many.ts'
import type { BurdenScheme } from '../../finding/tumor-scores.ts'
import { type CodingEffect, codingEffectOf } from './coding-effect.ts'
import { type MutationEvent, mutationEvents } from './events.ts'
import { inheritedCalls, inNormal } from './inherited.ts'

/** Floors below which a call is not counted. */
export interface Floors {
  /** Allele fraction, 0..1. */
  readonly fraction: number
  readonly depth: number
}

/** Events that count (`least`), and those that count if everything that is not known spoke for them (`most`). */
export interface BurdenCount {
  readonly least: number
  readonly most: number
  readonly floors: Floors
  readonly leftOut: readonly { readonly reason: string; readonly events: number }[]
  /** What some calls do not say: "the consequence of 12 calls". */
  readonly missing: readonly string[]
}

const COUNTED: Readonly<Record<BurdenScheme, readonly CodingEffect[]>> = {
  coding: ['missense', 'non-silent', 'silent'],
  'coding-non-silent': ['missense', 'non-silent'],
  missense: ['missense'],
}

type Verdict = 'counts' | { readonly not: string } | { readonly unknown: string }

/** Counts the somatic coding events of a tumour under one scheme. */
export function countBurden(
  profile: TumorProfile,
  facts: ScoreFacts,
  scheme: BurdenScheme,
  given: Partial<Floors>,
): BurdenCount {
  const paired = hasMatchedNormal(profile)
  const floors: Floors = {
    fraction: given.fraction ?? profile.assay?.detectionLimit ?? facts.threshold('burden-fraction-floor'),
    depth: given.depth ?? (paired === true ? 0 : facts.threshold('burden-tumour-only-depth')),
  }
  const inherited =
    paired === true ? new Map<SomaticVariant, string>() : inheritedCalls(profile.variants, facts)
  const judge = (variant: SomaticVariant): Verdict => {
    const effect = codingEffectOf(variant)
    if (variant.origin === 'germline') return { not: 'inherited, by its laboratory' }
    if (variant.tagged !== undefined) return { not: 'inherited, by population data of its caller' }
    if (variant.origin !== 'somatic' && inNormal(variant, facts))
      return { not: 'inherited, by the normal sample' }
    if (effect !== undefined && !COUNTED[scheme].includes(effect)) return { not: effect }
    const blood = fromBlood(variant, profile, facts, paired)
    if (blood !== undefined) return { not: blood }
    const source = inherited.get(variant)
    if (source !== undefined) return { not: `inherited, ${source}` }
    const { fraction, depth } = variant.tumor ?? {}
    if (fraction !== undefined && fraction < floors.fraction)
      return { not: `allele fraction below ${floors.fraction}` }
    if (depth !== undefined && depth < floors.depth) return { not: `fewer than ${floors.depth} reads` }
    if (effect === undefined) return { unknown: 'the consequence' }
    if (paired !== true && variant.origin !== 'somatic' && variant.annotation?.population === undefined)
      return { unknown: 'a matched normal, or the population frequency,' }
    return 'counts'
  }
  return tally(mutationEvents(profile.variants), judge, floors)
}

function tally(
  events: readonly MutationEvent[],
  judge: (variant: SomaticVariant) => Verdict,
  floors: Floors,
): BurdenCount {
  let [least, open] = [0, 0]
  const leftOut = new Map<string, number>()
  const missing = new Map<string, number>()
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const event of events) {
    const verdicts = event.map(judge)
    const unknown = verdicts.find((one) => typeof one === 'object' && 'unknown' in one)
    if (verdicts.includes('counts')) least++
    else if (typeof unknown === 'object' && 'unknown' in unknown) {
      open++
      add(missing, unknown.unknown)
    } else {
      const [first] = verdicts
      if (typeof first === 'object' && 'not' in first) add(leftOut, first.not)
    }
  }
  const sorted = (counts: Map<string, number>) => [...counts].sort((a, b) => b[1] - a[1])
  return {
    least,
    most: least + open,
    floors,
    leftOut: sorted(leftOut).map(([reason, events]) => ({ reason, events })),
    missing: sorted(missing).map(([what, count]) => `${what} of ${howMany(count, 'call')}`),
  }
}

/** Whether inherited variants were told apart by a normal sample; undefined: nobody said. */
export function hasMatchedNormal({ assay, variants }: TumorProfile): boolean | undefined {
  if (assay?.design !== undefined) return assay.design === 'tumour-normal'
  return variants.some(({ normal }) => normal !== undefined) ? true : undefined
}

/** In plasma without a blood sample beside it, genes of clonal haematopoiesis are not counted. */
function fromBlood(
  { gene }: SomaticVariant,
  { assay }: TumorProfile,
  facts: ScoreFacts,
  paired: boolean | undefined,
): string | undefined {
  if (paired === true || assay?.specimen !== 'plasma' || facts.listed('burden-plasma', gene) === undefined)
    return undefined
  return 'in a gene of clonal haematopoiesis'
}
