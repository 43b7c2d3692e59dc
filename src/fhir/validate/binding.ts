import type { FhirDefinitions, ValueSetCodes } from '../../knowledge/fhir/definitions.ts'
import type { Binding } from '../../knowledge/fhir/element.ts'
import { isObject } from './json.ts'

/**
 * Whether a coded value lies in a value set: "in", "out", or "unknown" when the codes of the set are not at hand.
 * A CodeableConcept needs one coding that does; text alone is "out" (hl7.org/fhir/R4/terminologies.html#strength).
 */
export function inValueSet(
  definitions: FhirDefinitions,
  url: string,
  type: string,
  value: unknown,
): 'in' | 'out' | 'unknown' {
  const set = definitions.valueSet(url) ?? answerList(url)
  if (set === undefined) return 'unknown'
  if (typeof value === 'string') return hasCode(set, value) ? 'in' : 'out'
  if (!isObject(value)) return 'unknown'
  if (type === 'CodeableConcept') {
    const codings = value['coding']
    return Array.isArray(codings) &&
      codings.some((one) => isObject(one) && hasCoding(set, one['system'], one['code']))
      ? 'in'
      : 'out'
  }
  if (type === 'Coding') return hasCoding(set, value['system'], value['code']) ? 'in' : 'out'
  // A quantity is bound by its unit; without a coded unit there is nothing to hold against the set.
  if ('code' in value) return hasCoding(set, value['system'], value['code']) ? 'in' : 'out'
  return 'unknown'
}

/** What a binding has against a value: the value set that it is not in, and how much that weighs. */
interface BindingFault {
  readonly severity: 'error' | 'warning'
  readonly valueSet: string
  readonly strength: 'required' | 'extensible' | 'outermost'
}

/**
 * A value outside a required or outermost value set is wrong; outside an extensible one it is warned of, unless it is
 * text alone. Preferred sets bind nothing.
 */
export function bindingFault(
  definitions: FhirDefinitions,
  { strength, valueSet, outermost }: Binding,
  type: string,
  value: unknown,
): BindingFault | undefined {
  const isOut = (url: string) => inValueSet(definitions, url, type, value) === 'out'
  if (strength === 'required' && isOut(valueSet)) return { severity: 'error', valueSet, strength }
  if (outermost !== undefined && isOut(outermost))
    return { severity: 'error', valueSet: outermost, strength: 'outermost' }
  const textAlone = isObject(value) && type === 'CodeableConcept' && value['coding'] === undefined
  if (strength === 'extensible' && !textAlone && isOut(valueSet))
    return { severity: 'warning', valueSet, strength }
  return undefined
}

/**
 * LOINC answer lists belong to LOINC and are not listed here; their answers are always codes of LOINC
 * (loinc.org, "LOINC Answer File"), so a value without one is out.
 */
function answerList(url: string): ValueSetCodes | undefined {
  return url.startsWith('http://loinc.org/vs/LL')
    ? { url, systems: new Map([['http://loinc.org', 'any']]) }
    : undefined
}

/** A code element says no system: any system of the set may hold it. */
function hasCode(set: ValueSetCodes, code: string): boolean {
  for (const codes of set.systems.values()) if (codes === 'any' || codes.has(code)) return true
  return false
}

function hasCoding(set: ValueSetCodes, system: unknown, code: unknown): boolean {
  if (typeof system !== 'string' || typeof code !== 'string') return false
  const codes = set.systems.get(system)
  return codes === 'any' || codes?.has(code) === true
}
