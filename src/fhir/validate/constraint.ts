import { evalFhirPathTyped, type FhirPathAtom, parseFhirPath } from '@medplum/core'
import type { Constraint } from '../../knowledge/fhir/definitions.ts'
import { isObject } from './json.ts'

/**
 * Invariants that this evaluator cannot answer rightly, or that the validator answers itself: htmlChecks(),
 * resolution of references, contained resources (dom-3 and ref-1 are checked with the references), and the advice
 * that a resource should carry a narrative (dom-6).
 */
const NOT_BY_PATH = new Set(['txt-1', 'txt-2', 'ref-1', 'dom-3', 'dom-6', 'ctm-1', 'que-7'])

/**
 * Invariants that hold where the element has not this property, told by their text: the evaluator takes longer over each than
 * everything else in a small resource takes.
 */
export const HOLDS_WITHOUT: ReadonlyMap<string, string> = new Map([
  ['contained.contained.empty()', 'contained'],
  ['contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()', 'contained'],
  ['contained.meta.security.empty()', 'contained'],
  ['dataAbsentReason.empty() or value.empty()', 'dataAbsentReason'],
  [
    'value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()',
    'component',
  ],
])

const parsed = new Map<string, FhirPathAtom | undefined>()

/** What an expression may refer to. */
interface ConstraintScope {
  /** Resource that holds the element, and the one that holds that resource as contained. */
  readonly resource: unknown
  readonly rootResource: unknown
}

/**
 * Whether an invariant fails for a value of this type. What the evaluator cannot parse or compute does not fail: a
 * missing function must not raise a false alarm.
 */
export function fails(constraint: Constraint, type: string, value: unknown, scope: ConstraintScope): boolean {
  if (NOT_BY_PATH.has(constraint.key)) return false
  const property = HOLDS_WITHOUT.get(constraint.expression)
  if (property !== undefined && isObject(value) && value[property] === undefined) return false
  const atom = atomOf(constraint.expression)
  if (atom === undefined) return false
  try {
    const context = { type, value }
    const result = evalFhirPathTyped(atom, [context], {
      '%context': context,
      '%resource': typed(scope.resource),
      '%rootResource': typed(scope.rootResource),
      '%ucum': { type: 'string', value: 'http://unitsofmeasure.org' },
    })
    return result.length === 1 && result[0]?.value === false
  } catch {
    return false
  }
}

function typed(resource: unknown): { type: string; value: unknown } {
  return { type: String((resource as { resourceType?: unknown }).resourceType), value: resource }
}

function atomOf(expression: string): FhirPathAtom | undefined {
  if (parsed.has(expression)) return parsed.get(expression)
  let atom: FhirPathAtom | undefined
  try {
    atom = parseFhirPath(expression)
  } catch {
    atom = undefined
  }
  parsed.set(expression, atom)
  return atom
}
