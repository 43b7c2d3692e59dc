import type { Named } from '../../fhir/search/chained-criteria.ts'
import { readResourceText } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'

/** Deepest nesting of a body: a questionnaire of many levels stays below it, an attack on a recursive reader does not. */
const DEEPEST = 100

/** JSON of a body. Throws REQUEST_MALFORMED, BODY_TOO_DEEP. */
export function jsonBody(text: string): unknown {
  if (text === '') return undefined
  let value: unknown
  try {
    value = readResourceText(text)
  } catch {
    throw new Fault(
      'REQUEST_MALFORMED',
      'body',
      'the body is not JSON',
      'Send one FHIR resource as JSON in UTF-8.',
    )
  }
  if (deeperThan(value, DEEPEST)) {
    throw new Fault(
      'BODY_TOO_DEEP',
      'body',
      `the body is nested deeper than ${DEEPEST} levels`,
      'Send a flatter resource.',
    )
  }
  return value
}

/** Parameters of a form, in their order. */
export function formBody(text: string): readonly Named[] {
  return [...new URLSearchParams(text)]
}

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const one of Array.isArray(value) ? value : Object.values(value)) {
    if (deeperThan(one, levels - 1)) return true
  }
  return false
}
