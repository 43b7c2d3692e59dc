import { join } from 'node:path'
import { ProfileCheck } from './fhir-profile.ts'
import { sharedData } from './shared-data.ts'

/** Definitions and examples of the Genomics Reporting guide, STU3. */
export const GENOMICS_REPORTING = 'interop/genomics-reporting/stu3-3.0.0'

export type Json = Record<string, unknown>

/** LOINC answer lists of required bindings, as far as Garrod uses them. */
const ANSWERS = {
  'http://loinc.org/vs/LL1971-2': ['LA9633-4', 'LA9634-2', 'LA18198-4', 'LA11884-6'],
  'http://loinc.org/vs/LL4049-4': ['LA26421-0', 'LA26422-8', 'LA26423-6'],
  'http://loinc.org/vs/LL2938-0': Array.from({ length: 24 }, (_, i) => `LA${21254 + i}`).flatMap((stem) =>
    Array.from({ length: 10 }, (_, digit) => `${stem}-${digit}`),
  ),
}

/** The check against the guide's profiles. Ask `needs(GENOMICS_REPORTING)` first. */
export function genomicsReportingCheck(): ProfileCheck {
  return new ProfileCheck(join(sharedData(GENOMICS_REPORTING)!, 'definitions'), ANSWERS)
}
