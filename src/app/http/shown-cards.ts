import type { BuiltCard } from '../../deliver/cds-hooks/built-card.ts'
import type { Card } from '../../deliver/cds-hooks/card.ts'
import type { Service } from '../../deliver/cds-hooks/hooks.ts'
import { type SiteSettings, sieve } from '../../deliver/cds-hooks/sieve.ts'
import type { EarlierShown, StoredCardSetting } from '../../store/cards/card-store.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Services } from './services.ts'

/** How long order-sign remembers what order-select showed, ms. */
const SAME_SITTING = 60 * 60 * 1000

/** Who is asked about and by whom, and what decides which cards they see. */
interface ShownBefore {
  readonly who: { readonly patient: PatientId; readonly user: string }
  readonly at: string
  readonly settings: readonly StoredCardSetting[]
  readonly earlier: readonly EarlierShown[]
}

export async function shownBefore(
  { store, tenant, now }: Services,
  who: ShownBefore['who'],
): Promise<ShownBefore> {
  const at = now()
  const since = new Date(at.getTime() - SAME_SITTING).toISOString()
  const before = await store.cards.before(tenant, who.patient, who.user, since)
  return { who, at: at.toISOString(), ...before }
}

/** Sorts out what this site, and this user at this moment, is shown; keeps every card that was made, and why it was held back. */
export async function shownOf(
  { store, tenant }: Services,
  service: Service,
  { who, at, settings, earlier }: ShownBefore,
  cards: readonly BuiltCard[],
): Promise<readonly Card[]> {
  const call = { service: service.id, hook: service.hook, at }
  const sieved = sieve(cards, call, settingsOf(settings, call.at), earlier)
  const issued = sieved.map(({ built: { card, about }, key, state }) => ({
    uuid: card.uuid,
    patient: who.patient,
    user: who.user,
    service: service.id,
    hook: service.hook,
    rules: about.rules.map((one) => one.rule),
    packs: about.rules.map((one) => one.pack),
    key,
    state,
  }))
  await store.cards.issue(tenant, issued, { at, by: `cds:${service.id}` })
  return sieved.filter((one) => one.state === 'shown').map((one) => one.built.card)
}

function settingsOf(stored: readonly StoredCardSetting[], at: string): SiteSettings {
  const mutes: SiteSettings['mutes'][number][] = []
  const thresholds: SiteSettings['thresholds'][number][] = []
  for (const { of, value, service, evenCritical, until } of stored) {
    if (until !== undefined && until <= at) continue
    if (of !== 'indicator') mutes.push({ of, value, service, evenCritical, until })
    else thresholds.push({ service, indicator: value as Card['indicator'] })
  }
  return { mutes, thresholds }
}
