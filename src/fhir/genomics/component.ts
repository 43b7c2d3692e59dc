import type { Resource } from '../../record/resource.ts'

export interface Coded {
  readonly system: string | undefined
  readonly code: string | undefined
  readonly display: string | undefined
}

const object = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
export const list = (value: unknown): readonly Record<string, unknown>[] => {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return items.map(object).filter((one) => one !== undefined)
}
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** Codings of a CodeableConcept, its text as one more. */
export function codings(concept: unknown): readonly Coded[] {
  const value = object(concept)
  const coded = list(value?.['coding']).map((one) => ({
    system: text(one['system']),
    code: text(one['code']),
    display: text(one['display']),
  }))
  const said = text(value?.['text'])
  return said === undefined ? coded : [...coded, { system: undefined, code: undefined, display: said }]
}

/** Components of an Observation that bear a code, whatever its system: LOINC or a code that stands in for one. */
export function components(observation: Resource, code: string): readonly Record<string, unknown>[] {
  return list(observation['component']).filter((one) => codings(one['code']).some((its) => its.code === code))
}

/** Codings of the values of the components that bear a code. */
export function values(observation: Resource, code: string): readonly Coded[] {
  return components(observation, code).flatMap((one) => codings(one['valueCodeableConcept']))
}

export function isCoded(observation: Resource, ...codes: readonly string[]): boolean {
  return codings(observation['code']).some((one) => one.code !== undefined && codes.includes(one.code))
}

/** Bounds of a valueRange. */
export function range(
  observation: Resource,
  code: string,
): { low: number | undefined; high: number | undefined } | undefined {
  const value = object(components(observation, code)[0]?.['valueRange'])
  if (value === undefined) return undefined
  const number = (end: unknown) => {
    const its = object(end)?.['value']
    return typeof its === 'number' ? its : undefined
  }
  return { low: number(value['low']), high: number(value['high']) }
}

export function stringValue(observation: Resource, code: string): string | undefined {
  return text(components(observation, code)[0]?.['valueString'])
}

/** "Observation/…" that an implication or a phase relationship rests on. */
export function derivedFrom(observation: Resource): readonly string[] {
  return list(observation['derivedFrom']).flatMap((one) => {
    const reference = text(one['reference'])
    return reference === undefined
      ? []
      : [reference.replace(/^.*\/(?=Observation\/)/, '').replace(/\/_history\/.*$/, '')]
  })
}

export function subjectOf(observation: Resource): string | undefined {
  return text(object(observation['subject'])?.['reference'])?.replace(/^.*Patient\//, '')
}
