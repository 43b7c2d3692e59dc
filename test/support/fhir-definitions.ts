import { join } from 'node:path'
import { Facts } from '../../src/knowledge/facts.ts'
import { type FhirDefinitions, fhirDefinitions } from '../../src/knowledge/fhir/definitions.ts'

const folder = join(import.meta.dirname, '..', '..', 'facts')
let made: FhirDefinitions | undefined

/** The definitions of the packs in the repository: R4 core and Genomics Reporting STU3. */
export function repositoryDefinitions(): FhirDefinitions {
  made ??= fhirDefinitions(Facts.find([folder]))
  return made
}
