import { codings, isCoded } from '../../src/fhir/genomics/component.ts'
import type { GenomicsData } from '../../src/fhir/genomics/genomics-data.ts'
import type { Resource } from '../../src/record/resource.ts'

/** Genomic resources held in a list. */
export function genomicsMemory(resources: readonly Resource[]): GenomicsData {
  const subject = (one: Resource) => (one['subject'] as { reference?: string } | undefined)?.reference
  const observations = resources.filter((one) => one.resourceType === 'Observation')
  const componentCodes = (one: Resource) =>
    ((one['component'] as { valueCodeableConcept?: unknown }[]) ?? []).flatMap((its) =>
      codings(its.valueCodeableConcept).map((coded) => coded.code),
    )
  return {
    ofSubject: async (id) =>
      resources.some((one) => one.resourceType === 'Patient' && one.id === id)
        ? resources.filter((one) => subject(one) === `Patient/${id}`)
        : undefined,
    withCode: async (codes, wanted) =>
      observations.filter(
        (one) =>
          isCoded(one, ...codes) &&
          (wanted === undefined ||
            componentCodes(one).some((code) => code !== undefined && wanted.includes(code))),
      ),
    restingOn: async (references, codes) =>
      observations.filter(
        (one) =>
          isCoded(one, ...codes) &&
          ((one['derivedFrom'] as { reference: string }[]) ?? []).some((its) =>
            references.includes(its.reference),
          ),
      ),
    people: async () => resources.filter((one) => one.resourceType === 'Patient').length,
  }
}

/** What two answers are compared by: order and ids do not count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .filter(([key]) => key !== 'id' && key !== 'meta')
    .map(([key, its]) => `${JSON.stringify(key)}:${canonical(its)}`)
    .sort()
    .join(',')}}`
}
