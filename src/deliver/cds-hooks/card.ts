import type { Coding, MedicationRequest } from '../fhir/resource.ts'

/**
 * A card of CDS Hooks 2.0 (https://cds-hooks.hl7.org/2.0/#card-attributes), the part of it that Garrod sends.
 * A field without a value is left out: the standard forbids null and empty ones.
 */
export interface Card {
  readonly uuid: string
  /** Shorter than 140 characters. */
  readonly summary: string
  /** GitHub flavoured Markdown. */
  readonly detail?: string
  readonly indicator: 'info' | 'warning' | 'critical'
  readonly source: Source
  readonly suggestions?: readonly [Suggestion, ...Suggestion[]]
  /** Present with suggestions. at-most-one: they are alternatives to each other. */
  readonly selectionBehavior?: 'at-most-one'
  readonly overrideReasons?: readonly [OverrideReason, ...OverrideReason[]]
  readonly links?: readonly [Link, ...Link[]]
}

export interface Source {
  readonly label: string
  readonly url?: string
  readonly topic?: Coding
}

export interface Suggestion {
  readonly label: string
  readonly uuid: string
  readonly isRecommended?: boolean
  readonly actions: readonly [Action, ...Action[]]
}

export type Action =
  | { readonly type: 'create'; readonly description: string; readonly resource: MedicationRequest }
  | { readonly type: 'delete'; readonly description: string; readonly resourceId: string }

export interface OverrideReason {
  readonly system: string
  readonly code: string
  readonly display: string
}

export interface Link {
  readonly label: string
  readonly url: string
  readonly type: 'absolute'
}

/** What a service answers. No card is a valid answer: nothing to say. */
export interface CardResponse {
  readonly cards: readonly Card[]
}
