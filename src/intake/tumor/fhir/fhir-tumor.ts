import type { Resource } from '../../../record/resource.ts'
import type { TumorPart } from '../../../record/tumor-part.ts'
import { Fault } from '../../../terms/fault.ts'
import { type Json, objectOf, textOf } from './elements.ts'
import { Linked, typeAndId } from './linked.ts'
import { type FhirReading, isTumourResult, TumourCollector } from './tumour-collector.ts'
import { TumourResults } from './tumour-results.ts'

export function isFhir(document: unknown): document is Json {
  return textOf(objectOf(document)?.['resourceType']) !== undefined
}

/** Resources about tumours as parts, one for each subject. Throws FRACTION_INVALID, MARKER_INVALID, TUMOR_EMPTY. */
export function fhirParts(documents: readonly Json[], file: string, reading: FhirReading): TumorPart[] {
  if (documents.length === 0) return []
  const linked = new Linked(documents)
  const told = linked.all.filter(
    ({ resourceType }) => resourceType === 'Observation' || resourceType === 'Condition',
  )
  if (told.length === 0)
    throw new Fault(
      'TUMOR_EMPTY',
      file,
      'the FHIR document holds no Observation and no Condition',
      'Send the bundle with the variants, markers and diagnoses in it, not references to them.',
    )
  const named = [...new Set(told.map(subjectOf).filter((one) => one !== ''))]
  // What names nobody is of the only person that the rest names.
  const only = named.length === 1 ? named[0]! : undefined
  const results = new TumourResults(linked)
  const people = Map.groupBy(told, (one) => only ?? subjectOf(one))
  return [...people].map(([subject, some]) => {
    const found = new TumourCollector(file, linked, results, reading)
    for (const one of some) found.take(one)
    if (people.size === 1) found.studies()
    const part = found.part(people.size === 1 ? undefined : subject || undefined)
    const conditions = reading.conditionsIn?.(some.map((one) => one as Resource))
    return conditions === undefined ? part : { ...part, conditions }
  })
}

/** Of resources of one person the Observations that say something of a tumour, or might. */
export function tumourResultsAmong<T extends Json>(resources: readonly T[]): readonly T[] {
  const linked = new Linked(resources)
  return resources.filter((one) => one['resourceType'] === 'Observation' && isTumourResult(one, linked))
}

function subjectOf(resource: Json): string {
  return typeAndId(textOf(objectOf(resource['subject'])?.['reference']) ?? '')
}
