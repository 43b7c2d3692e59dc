import type { Coding, Resource } from '../../record/resource.ts'

/** FHIR CodeableConcept as it may arrive. */
export interface Concept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}

/** Observation.component, and the value of an Observation itself. */
export interface Answer {
  readonly code?: Concept
  readonly valueCodeableConcept?: Concept
  readonly valueString?: string
  readonly valueQuantity?: {
    readonly value?: number
    readonly unit?: string
    readonly system?: string
    readonly code?: string
    readonly comparator?: string
  }
}

export function asAnswer(resource: Resource): Answer {
  return resource as Answer
}

export function has(concept: Concept | undefined, system: string, ...codes: readonly string[]): boolean {
  return (concept?.coding ?? []).some(
    (one) => one.system === system && one.code !== undefined && codes.includes(one.code),
  )
}

/** Components with this code. */
export function components(
  resource: Resource,
  system: string,
  ...codes: readonly string[]
): readonly Answer[] {
  const all = (resource['component'] as readonly Answer[] | undefined) ?? []
  return all.filter((one) => has(one.code, system, ...codes))
}

/** Words of a value: its text, else the display or code of its first coding. */
export function wordsOf(answer: Answer): string | undefined {
  const concept = answer.valueCodeableConcept
  const coding = concept?.coding?.[0]
  const words = answer.valueString ?? concept?.text ?? coding?.display ?? coding?.code
  return words?.trim() === '' ? undefined : words?.trim()
}

/** Ids of the resources of a type that an element refers to. */
export function referredIds(resource: Resource, element: string, type: string): readonly string[] {
  const list = [resource[element] ?? []].flat() as readonly { reference?: string }[]
  return list.flatMap(({ reference }) => {
    const id = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]+)(?:/_history/.*)?$`).exec(reference ?? '')?.[1]
    return id === undefined ? [] : [id]
  })
}
