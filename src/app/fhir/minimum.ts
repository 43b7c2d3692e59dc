import type { Resource } from '../../record/resource.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import { project } from '../../safeguard/access/projection.ts'
import type { FhirContext } from './fhir-service.ts'

/** A resource as text, without the elements that the caller's purpose does not need (45 CFR 164.502(b)). */
export function minimum(context: FhirContext, type: string, json: string): string {
  const keep = context.projection(type)
  return keep === undefined ? json : resourceText(project(readResourceText(json) as Resource, keep))
}
