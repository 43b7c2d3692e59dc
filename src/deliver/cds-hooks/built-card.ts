import type { Plan } from '../../decide/plan.ts'
import { type PackRef, packRefText } from '../../terms/evidence.ts'
import { contentUuid } from '../fhir/entries.ts'
import type { Card } from './card.ts'
import { plain } from './markdown.ts'

/** A rule and the release that it came from: what feedback is counted by, and what a site mutes. */
export interface RuleVersion {
  readonly rule: string
  /** "cpic 2025-11". */
  readonly pack: string
}

/** What a card is about, for those who count, mute or compare cards. */
export interface CardSubject {
  readonly rules: readonly RuleVersion[]
  /** Lower-case generic names, the ordered or affected drug first. */
  readonly drugs: readonly string[]
  readonly genes: readonly string[]
}

/** A card, and what stands behind it. */
export interface BuiltCard {
  readonly card: Card
  readonly about: CardSubject
}

/** What every card of one call shares. */
export interface CardContext {
  readonly service: string
  readonly hookInstance: string
  /** The person as the EHR names them. */
  readonly patientId: string
  readonly encounterId: string | undefined
  readonly plan: Plan
  /** Absolute address of the person's page. */
  readonly pageUrl: string
  /** Drugs named as alternatives that the person's genotype speaks against too. */
  readonly unsuitable: ReadonlySet<string>
  /** What the reader should know about the call itself: the medication list was not sent. Sentences. */
  readonly notes: readonly string[]
  /** Part of the record is not shown to the reader, as a note says: which part, no card lets on. */
  readonly partHidden?: true
}

/** "no CYP2C19 result on record", as far as the reader may know: the same words whatever it is that is hidden. */
export function noResult({ partHidden }: Pick<CardContext, 'partHidden'>, what: string): string {
  return partHidden === true ? `no ${what} that you may see` : `no ${what} on record`
}

/** A card before it has its id. */
type CardDraft = Omit<Card, 'uuid' | 'links'>

/**
 * Gives the card its id and the link to the page. The id follows from the call and the content, so that the same call
 * repeated names the same card, and two calls never do.
 */
export function finishedCard(
  context: Pick<CardContext, 'service' | 'hookInstance' | 'patientId' | 'pageUrl'>,
  draft: CardDraft,
  about: CardSubject,
  label = 'Open the pharmacogenomic report',
): BuiltCard {
  const rules = about.rules.map((one) => one.rule)
  const uuid = contentUuid(
    JSON.stringify([context.service, context.hookInstance, context.patientId, draft, rules]),
  )
  const links = [{ label, url: context.pageUrl, type: 'absolute' }] as const
  return { card: { uuid, ...draft, links }, about }
}

/** Last lines of every card: remarks on the call, and the program and facts behind what it says. */
export function footer(context: CardContext, packs: readonly PackRef[]): string[] {
  const { engine } = context.plan
  const facts = [...new Set(packs.map(packRefText))].sort()
  const made = [`${engine.name} ${engine.version}`, ...facts].join(', ')
  return [...context.notes.map(plain), `_${plain(made)}_`]
}
