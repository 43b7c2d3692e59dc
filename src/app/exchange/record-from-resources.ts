import type { DerivedRecord } from '../../record/derived-record.ts'
import type { Resource } from '../../record/resource.ts'
import { callsFromObservations } from './calls-from-observations.ts'
import { drugsFromMedications } from './drugs-from-medications.ts'
import { measurementsFrom } from './measurements-from-observations.ts'

/** Mark of a fact that a program proposed and nobody has confirmed: it never enters the typed record. */
export const PROPOSED = { system: 'urn:garrod:review', code: 'proposed' } as const

const STANDING = new Set(['final', 'amended', 'corrected'])

/**
 * The typed record of one person as far as FHIR resources tell it, whichever wire they came by: results of
 * laboratories, drugs in use, measurements. Of Observations only those that are final, amended or corrected count;
 * what was withdrawn, is preliminary or merely proposed does not. `symbols` names genes by HGNC id.
 */
export function recordFromResources(
  resources: readonly Resource[],
  symbols: ReadonlyMap<string, string>,
): DerivedRecord {
  const counted = resources.filter((one) => !isProposed(one))
  const observations = counted.filter(
    (one) => one.resourceType === 'Observation' && STANDING.has(String(one['status'])),
  )
  return {
    outsideCalls: callsFromObservations(observations, symbols),
    drugs: drugsFromMedications(counted),
    measurements: measurementsFrom(observations),
  }
}

function isProposed(resource: Resource): boolean {
  return (resource.meta?.tag ?? []).some(
    (tag) => tag.system === PROPOSED.system && tag.code === PROPOSED.code,
  )
}
