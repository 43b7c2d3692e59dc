import type { OutcomeIssue } from '../../fhir/rest/outcome.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { fhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import type { Resource } from '../../record/resource.ts'
import { fhirIssues } from './fhir-issues.ts'
import { unknownModifiers } from './unknown-modifiers.ts'

/** The edition of the guide before the one in force. */
const BEFORE = ['genomics-reporting', '2.0.0'] as const

type Validate = (resource: Resource, profiles?: readonly string[]) => readonly OutcomeIssue[]

const GUIDE = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/'
const isError = (one: OutcomeIssue) => one.severity === 'error' || one.severity === 'fatal'
/** An empty text says as little as none; many senders write it, and nothing is lost by keeping it. */
const isEmptiness = (one: OutcomeIssue) => one.diagnostics.startsWith('The value must not be empty')

/** Where the two editions differ: the second category, the codes of conclusions, and codes of value sets that grew. */
const isOfEdition = (one: OutcomeIssue) =>
  one.code === 'code-invalid' ||
  /^"(category|code)\b/.test(one.diagnostics) ||
  /\.category\b/.test(one.expression?.join(' ') ?? '')

/**
 * What a write is held to. A claim of a genomics profile that names no version may be meant for the edition before (STU2),
 * whose profiles have the same addresses: a resource that keeps its rules is taken where it breaks those of the present
 * edition only in what the editions differ in, with a warning for each. `$validate` knows no such leniency. Modifier
 * extensions are refused here, and not there: a resource with one is valid, and nobody here knows what it means.
 */
export function acceptIssues(facts: Facts): (resource: Resource) => readonly OutcomeIssue[] {
  const now = fhirIssues(fhirDefinitions(facts))
  const earlier = facts.withVersion(...BEFORE)
  const accepted = earlier === undefined ? now : acceptEither(now, fhirIssues(fhirDefinitions(earlier)))
  return (resource) => [...accepted(resource), ...unknownModifiers(resource)]
}

function acceptEither(now: Validate, before: Validate): (resource: Resource) => readonly OutcomeIssue[] {
  const soften = (issues: readonly OutcomeIssue[], which: (one: OutcomeIssue) => boolean) =>
    issues.map((one) => (isError(one) && which(one) ? { ...one, severity: 'warning' as const } : one))
  return (resource) => {
    const issues = soften(now(resource), isEmptiness)
    if (!issues.some(isError) || !(resource.meta?.profile ?? []).some((one) => one.startsWith(GUIDE)))
      return issues
    const earlier = soften(before(resource), isEmptiness)
    return earlier.some(isError) ? issues : soften(issues, isOfEdition)
  }
}
