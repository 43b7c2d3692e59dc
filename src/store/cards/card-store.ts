import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Act, PatientKey } from '../person.ts'

/** A card that was shown, kept so that feedback, which names only the card, finds its person and rules. */
export interface IssuedCard {
  readonly uuid: string
  /** The person as the EHR names them; need not be registered here. */
  readonly patient: PatientId
  /** CDS service id. */
  readonly service: string
  readonly hook: string
  /** Ids of the rules behind the card. */
  readonly rules: readonly string[]
  /** The release that each of the rules came from, in the same order: "cpic 2025-11". */
  readonly packs?: readonly string[]
  /** Who saw it, as the EHR names them, and what it told: by these a repeat is known. */
  readonly user?: string
  readonly key?: string
  /** shown unless said otherwise: muted, below-threshold, duplicate. */
  readonly state?: string
}

/** A card that a user saw of a person, and what became of it. */
export interface EarlierShown {
  readonly hook: string
  readonly key: string
  readonly outcome: 'accepted' | 'overridden' | undefined
}

/** What a site changed about what its prescribers are shown. */
export interface CardSetting {
  /** rule, pack, drug, gene: do not show. indicator: show nothing less than this. */
  readonly of: 'rule' | 'pack' | 'drug' | 'gene' | 'indicator'
  readonly value: string
  /** CDS service id; undefined: every service. */
  readonly service: string | undefined
  readonly evenCritical: boolean
  /** ISO 8601 instant from which it no longer holds. */
  readonly until: string | undefined
  /** Why, in the words of who set it. */
  readonly reason: string
}

export interface StoredCardSetting extends CardSetting {
  readonly setAt: string
  readonly setBy: string
}

/** How often the cards of one rule of one release were made, and what became of them. */
export interface RuleCount {
  readonly rule: string
  readonly pack: string
  readonly service: string
  readonly shown: number
  readonly muted: number
  readonly belowThreshold: number
  readonly duplicate: number
  readonly accepted: number
  readonly overridden: number
  /** Override reasons by code; "" where only words were sent. */
  readonly reasons: Readonly<Record<string, number>>
}

/** What a prescriber did with a card (CDS Hooks 2.0, "Feedback"). */
export interface CardFeedback {
  readonly card: string
  readonly outcome: 'accepted' | 'overridden'
  readonly acceptedSuggestions: readonly string[]
  readonly overrideReason:
    | {
        readonly code: string | undefined
        readonly system: string | undefined
        readonly comment: string | undefined
      }
    | undefined
  /** ISO 8601 instant, as sent. */
  readonly outcomeAt: string
}

/** Feedback with what was known of its card. */
export interface StoredFeedback extends CardFeedback {
  readonly patient: PatientId
  readonly service: string
  readonly hook: string
  readonly rules: readonly string[]
}

export interface Cards {
  /** Remembers the cards of one response, all for one person. */
  issue(tenant: TenantId, cards: readonly IssuedCard[], act: Act): Promise<void>
  /**
   * Keeps feedback; the same card, outcome and time sent again is kept once. Throws CARD_UNKNOWN, naming the card,
   * and then keeps nothing of the batch. `service` must be the one that showed the card. Returns whom the cards were about.
   */
  feedback(
    tenant: TenantId,
    service: string,
    items: readonly CardFeedback[],
    act: Act,
  ): Promise<readonly PatientId[]>
  /** Cards shown to a user about a person since then, newest first. */
  earlier(tenant: TenantId, patient: PatientId, user: string, since: string): Promise<readonly EarlierShown[]>
  /** `earlier` and `settings` in one question, as every call of a CDS service asks them. */
  before(
    tenant: TenantId,
    patient: PatientId,
    user: string,
    since: string,
  ): Promise<{ readonly earlier: readonly EarlierShown[]; readonly settings: readonly StoredCardSetting[] }>
  /** What the site changed; in the order it was set. */
  settings(tenant: TenantId): Promise<readonly StoredCardSetting[]>
  /** Adds a setting, or replaces the one about the same thing and service. */
  set(tenant: TenantId, setting: CardSetting, act: Act): Promise<void>
  /** Takes a setting back. Returns whether there was one. */
  unset(tenant: TenantId, setting: Pick<CardSetting, 'of' | 'value' | 'service'>): Promise<boolean>
  /** Cards made in [from, until), by rule, release and service. Counts only: it names nobody. */
  report(tenant: TenantId, from: string, until: string): Promise<readonly RuleCount[]>
  /** Feedback on one person's cards, oldest first. */
  list(key: PatientKey): Promise<readonly StoredFeedback[]>
}
