import { createHash } from 'node:crypto'
import type { BuiltCard } from './built-card.ts'
import type { Card } from './card.ts'
import type { Hook } from './hooks.ts'

type Indicator = Card['indicator']

/** What a site does not want to be shown, and why: written by a person, for a time or for good. */
export interface Mute {
  readonly of: 'rule' | 'pack' | 'drug' | 'gene'
  readonly value: string
  /** CDS service id; undefined: every service. */
  readonly service: string | undefined
  /** Without it a critical card is shown all the same. */
  readonly evenCritical: boolean
  /** ISO 8601 instant from which it no longer holds. */
  readonly until: string | undefined
}

/** The lowest indicator that a service shows here. */
export interface Threshold {
  readonly service: string | undefined
  readonly indicator: Indicator
}

export interface SiteSettings {
  readonly mutes: readonly Mute[]
  readonly thresholds: readonly Threshold[]
}

/** A card that the same user saw of the same person lately. */
interface EarlierCard {
  readonly hook: string
  readonly key: string
  /** What the user did with it, when the EHR told. */
  readonly outcome: 'accepted' | 'overridden' | undefined
}

/** shown; or made and held back, with the reason. Held cards are counted, never lost. */
export type CardState = 'shown' | 'muted' | 'below-threshold' | 'duplicate'

interface SievedCard {
  readonly built: BuiltCard
  readonly key: string
  readonly state: CardState
}

const LOUDNESS: Readonly<Record<Indicator, number>> = { info: 0, warning: 1, critical: 2 }

/** Two cards with one key tell the same thing: the advice, not the call or the draft it was made for. */
export function keyOf({ card, about }: BuiltCard): string {
  return createHash('sha256')
    .update(JSON.stringify([card.summary, card.indicator, about]))
    .digest('base64url')
}

/**
 * Which cards of one call are shown. A mute needs every rule of the card muted: what else it says would be lost with it.
 * order-sign does not repeat what order-select showed the same user about the same person lately; a critical card is
 * held back only when the user overrode it, and advice that was accepted and is still true of the draft is told again.
 */
export function sieve(
  cards: readonly BuiltCard[],
  call: { readonly service: string; readonly hook: Hook; readonly at: string },
  settings: SiteSettings,
  earlier: readonly EarlierCard[],
): readonly SievedCard[] {
  const here = (service: string | undefined) => service === undefined || service === call.service
  const mutes = settings.mutes.filter(
    (one) => here(one.service) && (one.until === undefined || call.at < one.until),
  )
  const lowest = Math.max(
    0,
    ...settings.thresholds.filter((one) => here(one.service)).map((one) => LOUDNESS[one.indicator]),
  )
  return cards.map((built) => {
    const key = keyOf(built)
    if (isMuted(built, mutes)) return { built, key, state: 'muted' }
    // A card that says why nothing was checked rests on no rule: silence would read as "checked".
    const says = built.about.rules.length > 0
    if (says && LOUDNESS[built.card.indicator] < lowest) return { built, key, state: 'below-threshold' }
    if (call.hook === 'order-sign' && isRepeat(built, key, earlier)) return { built, key, state: 'duplicate' }
    return { built, key, state: 'shown' }
  })
}

function isMuted({ card, about }: BuiltCard, mutes: readonly Mute[]): boolean {
  const may = mutes.filter((one) => one.evenCritical || card.indicator !== 'critical')
  const named = (of: Mute['of'], value: string) => may.some((one) => one.of === of && one.value === value)
  if (about.rules.length === 0) return false
  if (about.drugs.length > 0 && about.drugs.every((drug) => named('drug', drug))) return true
  if (about.genes.length > 0 && about.genes.every((gene) => named('gene', gene))) return true
  return about.rules.every(({ rule, pack }) => named('rule', rule) || named('pack', pack))
}

function isRepeat({ card }: BuiltCard, key: string, earlier: readonly EarlierCard[]): boolean {
  const same = earlier.filter((one) => one.hook === 'order-select' && one.key === key)
  if (same.length === 0 || same.some((one) => one.outcome === 'accepted')) return false
  return card.indicator !== 'critical' || same.some((one) => one.outcome === 'overridden')
}
