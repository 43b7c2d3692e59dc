import type { OutcomeIssue } from '../../fhir/rest/outcome.ts'
import type { Resource } from '../../record/resource.ts'

/** What may turn the meaning of what it stands in round, so that who does not know it may not read on (FHIR R4, extensibility). */
const MODIFIERS: ReadonlySet<string> = new Set(['modifierExtension', 'implicitRules'])

/**
 * Garrod reads results and orders to give advice, and knows no modifier extension and no implicit rules: a resource with
 * one is refused. Kept and passed over it would be missing from the advice without anybody knowing.
 */
export function unknownModifiers(resource: Resource): readonly OutcomeIssue[] {
  const found: OutcomeIssue[] = []
  const look = (value: unknown, place: string): void => {
    if (Array.isArray(value)) {
      for (const [at, one] of value.entries()) look(one, `${place}[${at}]`)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [key, one] of Object.entries(value)) {
      if (MODIFIERS.has(key)) {
        found.push({
          severity: 'error',
          code: 'not-supported',
          diagnostics: `"${key}" may change what the resource means, and none is known here.`,
          expression: [`${place}.${key}`],
        })
      } else look(one, `${place}.${key}`)
    }
  }
  look(resource, resource.resourceType)
  return found
}
