import { isObject, type JsonObject } from './json.ts'
import type { Run } from './run.ts'

/** Where an object stands, as contexts of extensions name it. */
export interface Holder {
  /** Element that holds the object, "Patient.birthDate", "Observation.component"; its type for a resource itself. */
  readonly element: string
  /** FHIR type of the object, "date", "HumanName"; of a group, its element. */
  readonly type: string
}

/**
 * Warns of a known extension that stands where its definition does not place it
 * (hl7.org/fhir/R4/structuredefinition.html#context). Contexts given as FHIRPath are not looked at.
 */
export function checkContexts(run: Run, value: JsonObject, holder: Holder, path: string): void {
  const extensions = value['extension']
  if (!Array.isArray(extensions)) return
  for (const [i, one] of extensions.entries()) {
    if (!isObject(one) || typeof one['url'] !== 'string') continue
    const contexts = run.definitions.profile(one['url'])?.contexts ?? []
    if (contexts.length === 0 || contexts.some((context) => allows(run, context, holder, value))) continue
    run.report({
      severity: 'warning',
      code: 'extension',
      expression: `${path}.extension[${i}]`,
      words: `The extension ${one['url']} belongs to ${contexts.map((context) => context.slice(context.indexOf(' ') + 1)).join(', ')}.`,
    })
  }
}

function allows(run: Run, context: string, { element, type }: Holder, value: JsonObject): boolean {
  const space = context.indexOf(' ')
  const kind = context.slice(0, space)
  const expression = context.slice(space + 1)
  if (kind === 'extension') return value['url'] === expression
  if (kind !== 'element') return true
  return (
    expression === 'Element' ||
    expression === element ||
    expression === element.replace('[x]', '') ||
    expression === type ||
    run.types.isA(type, expression)
  )
}
