import type { Bundle, Resource } from '../resource.ts'

const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition'
const DATA_ABSENT_REASON = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

/** The mCODE profile of a resource of a tumour's bundle; undefined where mCODE has none. */
function profileOf(resource: Resource): string | undefined {
  const stated = 'meta' in resource ? (resource.meta?.profile ?? []) : []
  switch (resource.resourceType) {
    case 'Patient':
      return 'mcode-cancer-patient'
    case 'Condition':
      return 'mcode-primary-cancer-condition'
    case 'DiagnosticReport':
      return 'mcode-genomics-report'
    case 'Observation':
      return stated.some((one) => one.endsWith('/variant'))
        ? 'mcode-genomic-variant'
        : stated.some((one) => one.endsWith('/molecular-biomarker'))
          ? 'mcode-tumor-marker-test'
          : undefined
    default:
      return undefined
  }
}

/** mCODE, as US Core, wants a name: files of a laboratory tell none, and that is said in its place. */
function named(resource: Resource): Resource {
  return resource.resourceType === 'Patient' && !('name' in resource)
    ? { ...resource, name: [{ extension: [{ url: DATA_ABSENT_REASON, valueCode: 'unknown' }] }] }
    : resource
}

/** The same bundle as an mCODE patient bundle: mCODE's profiles beside those of Genomics Reporting, which they rest on. */
export function mcodeBundle(bundle: Bundle): Bundle {
  return {
    ...bundle,
    meta: { profile: [`${MCODE}/mcode-patient-bundle`] },
    entry: bundle.entry.map((entry) => {
      const profile = profileOf(entry.resource)
      return profile === undefined
        ? entry
        : {
            ...entry,
            resource: {
              ...named(entry.resource),
              meta: { profile: [...(entry.resource.meta?.profile ?? []), `${MCODE}/${profile}`] },
            },
          }
    }),
  }
}
