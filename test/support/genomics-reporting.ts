import { validateResource } from '../../src/fhir/validate/validate.ts'
import { repositoryDefinitions } from './fhir-definitions.ts'

export type Json = Record<string, unknown>

/** What is wrong with the entries of a bundle, each held to R4 and to the profiles of Genomics Reporting it claims. */
export function problemsOf(
  entries: readonly { readonly fullUrl: string; readonly resource: Json }[],
): string[] {
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: entries.map(({ fullUrl, resource }) => ({ fullUrl, resource })),
  }
  return validateResource(repositoryDefinitions(), bundle)
    .filter((one) => one.severity === 'error')
    .map((one) => `${one.expression}: ${one.words}`)
}
