import type { Provision, ProvisionContent, RuleType } from '../../record/consent-rule.ts'
import type { Coding } from '../../record/resource.ts'
import { codeToken, labelsMeant } from './consent-codes.ts'
import { rulePeriod } from './instant-range.ts'

/** Identifiers of the actor that a reference names, "system|value". */
export type IdentifiersOf = (reference: string) => readonly string[]

/** Consent.provision (R4), as far as it is looked at. */
export interface WrittenProvision {
  readonly type?: string
  readonly period?: unknown
  readonly actor?: unknown
  readonly action?: unknown
  readonly securityLabel?: unknown
  readonly purpose?: unknown
  readonly class?: unknown
  readonly code?: unknown
  readonly dataPeriod?: unknown
  readonly data?: unknown
  readonly provision?: unknown
}

interface WrittenActor {
  readonly role?: unknown
  readonly reference?: {
    readonly reference?: string
    readonly identifier?: { readonly system?: string; readonly value?: string }
  }
}

/** consentaction codes that mean seeing data. */
const READING = new Set(['access', 'use', 'disclose', 'collect'])

export function compileProvision(
  written: WrittenProvision,
  type: RuleType | undefined,
  depth: number,
  where: string,
  identifiersOf: IdentifiersOf,
  limit: (text: string) => void,
): Provision {
  const actors = list<WrittenActor>(written.actor)
  const purposes = list<Coding>(written.purpose).flatMap(({ code }) => (code === undefined ? [] : [code]))
  const actions = concepts(written.action)
  return {
    type,
    depth,
    period: rulePeriod(written.period, `${where}.period`),
    actors: actors.length === 0 ? undefined : actors.flatMap((one) => actorKeys(one, identifiersOf, limit)),
    purposes: purposes.length === 0 ? undefined : purposes,
    aboutReading: actions.length === 0 || actions.some(({ code }) => READING.has(code ?? '')),
    content: contentOf(written, type, limit),
  }
}

function actorKeys(
  { reference, role }: WrittenActor,
  identifiersOf: IdentifiersOf,
  limit: (text: string) => void,
): readonly string[] {
  const keys: string[] = []
  const { reference: target, identifier } = reference ?? {}
  if (target !== undefined && !target.startsWith('#')) keys.push(target, ...identifiersOf(target))
  if (identifier?.value !== undefined) keys.push(`${identifier.system ?? ''}|${identifier.value}`)
  if (keys.length > 0) return keys
  limit('it names an actor only by role or not at all; a denial is taken to mean everybody')
  return ['*', ...concepts(role).map(codeToken)]
}

function contentOf(
  written: WrittenProvision,
  type: RuleType | undefined,
  limit: (text: string) => void,
): ProvisionContent | undefined {
  const asWritten = [
    list<Coding>(written.securityLabel),
    list<Coding>(written.class),
    concepts(written.code),
  ] as const
  const [labels, classes, codes] = [
    asWritten[0].map(codeToken),
    asWritten[1].map(codeToken),
    asWritten[2].map(codeToken),
  ]
  const data = list<{ meaning?: string; reference?: { reference?: string } }>(written.data)
  const resources = data.flatMap(({ reference }) => reference?.reference ?? [])
  const untestable =
    written.dataPeriod !== undefined ||
    data.some(({ meaning, reference }) => meaning !== 'instance' || reference?.reference === undefined)
  if (untestable)
    limit('its data period or related data is not tested; a denial is taken to cover everything')
  if (labels.length + classes.length + codes.length + resources.length === 0 && !untestable) return undefined
  return {
    written: asWritten.flat().map(bare),
    classes,
    labels,
    labelsMeant: labelsMeant(labels, type ?? 'deny'),
    codes,
    resources,
    untestable,
  }
}

function bare({ system, code }: Coding): Coding {
  return { ...(system === undefined ? {} : { system }), ...(code === undefined ? {} : { code }) }
}

/** An element that may repeat, as a list. Some senders write a single one without the brackets. */
export function list<T>(value: unknown): readonly T[] {
  return (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]) as readonly T[]
}

/** Codings of one or several CodeableConcepts. */
export function concepts(value: unknown): readonly Coding[] {
  return list<{ coding?: readonly Coding[] }>(value).flatMap(({ coding }) => coding ?? [])
}
