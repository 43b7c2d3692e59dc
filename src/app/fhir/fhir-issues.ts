import type { OutcomeIssue } from '../../fhir/rest/outcome.ts'
import { validateResource } from '../../fhir/validate/validate.ts'
import type { FhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import type { Resource } from '../../record/resource.ts'

/** What is wrong with a resource against R4 and the profiles it claims or is asked for, as an outcome says it. */
export function fhirIssues(
  definitions: FhirDefinitions,
): (resource: Resource, profiles?: readonly string[]) => readonly OutcomeIssue[] {
  return (resource, profiles = []) =>
    validateResource(definitions, resource, { profiles }).map(({ severity, code, words, expression }) => ({
      severity,
      code,
      diagnostics: words,
      ...(expression === '' ? {} : { expression: [expression] }),
    }))
}
