import { GENOMIC } from '../../../terms/genomics-reporting.ts'
/** Elements of FHIR JSON that were not validated: each access finds the thing or nothing, whatever was sent. */

export type Json = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

export function objectsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(objectOf).filter((one) => one !== undefined) : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

interface Coding {
  readonly system: string
  readonly code: string
  readonly display: string | undefined
}

/** Codings of a CodeableConcept. */
export function codingsOf(concept: unknown): readonly Coding[] {
  return objectsOf(objectOf(concept)?.['coding']).flatMap((one) => {
    const code = textOf(one['code'])
    return code === undefined
      ? []
      : [{ system: textOf(one['system']) ?? '', code, display: textOf(one['display']) }]
  })
}

export function hasCode(concept: unknown, ...codes: readonly string[]): boolean {
  return codingsOf(concept).some(({ code }) => codes.includes(code))
}

/** What a person would read of a CodeableConcept: its text, else the first display, else the first code. */
export function wordsOf(concept: unknown): string | undefined {
  const codings = codingsOf(concept)
  return (
    textOf(objectOf(concept)?.['text']) ??
    codings.map(({ display }) => display).find((one) => one !== undefined) ??
    codings[0]?.code
  )
}

/** Components of an Observation with one of the codes. */
export function componentsOf(observation: Json, ...codes: readonly string[]): readonly Json[] {
  return objectsOf(observation['component']).filter((one) => hasCode(one['code'], ...codes))
}

/** Gene symbols that the components name, in their order. */
export function genesOf(observation: Json): readonly string[] {
  return componentsOf(observation, GENOMIC.geneStudied).flatMap((one) => {
    const concept = one['valueCodeableConcept']
    const named = codingsOf(concept).find(({ system }) => /genenames/.test(system))
    return named?.display ?? textOf(objectOf(concept)?.['text']) ?? wordsOf(concept) ?? []
  })
}
