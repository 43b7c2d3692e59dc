import { type OperationOutcome, outcomeOf } from '../../fhir/rest/outcome.ts'
import type { Resource } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import { type FhirReply, touch, type Work } from './fhir-service.ts'
import { present } from './reading.ts'

/**
 * $validate on a type or on what is stored (FHIR R4, Resource-validate): 200 with an OperationOutcome, also when the
 * resource is not valid. Takes the resource itself, or Parameters with resource, mode and profile.
 * Throws REQUEST_MALFORMED.
 */
export async function validateInteraction(
  work: Work,
  type: string | undefined,
  id: string | undefined,
): Promise<FhirReply> {
  const { service, context, request, trace } = work
  const asked = askedOf(request.body)
  let resource = asked.resource
  if (resource === undefined && type !== undefined && id !== undefined) {
    const stored = present(await service.store.read(context.tenant, { type, id }, context.within), {
      type,
      id,
    })
    touch(trace, [stored])
    resource = JSON.parse(stored.json!) as Resource
  }
  if (resource === undefined) throw malformed('there is no resource to be validated')
  const profiles = [
    ...asked.profiles,
    ...request.query.filter(([name]) => name === 'profile').map(([, value]) => value),
  ]
  const issues =
    type !== undefined && resource.resourceType !== type
      ? outcomeOf(malformed(`the resource is not a ${type}`)).issue
      : service.validate(resource, profiles)
  const good = {
    severity: 'information',
    code: 'informational',
    diagnostics: 'The resource is valid.',
  } as const
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: issues.length > 0 ? issues : [good],
  }
  return { status: 200, headers: {}, body: JSON.stringify(outcome) }
}

function askedOf(body: unknown): {
  readonly resource: Resource | undefined
  readonly profiles: readonly string[]
} {
  const given = body as Resource | undefined
  if (given?.resourceType !== 'Parameters') return { resource: given, profiles: [] }
  const parameters = (given['parameter'] ?? []) as readonly Record<string, unknown>[]
  const named = (name: string) => parameters.filter((one) => one['name'] === name)
  return {
    resource: named('resource')[0]?.['resource'] as Resource | undefined,
    profiles: named('profile').flatMap((one) => {
      const value = one['valueUri'] ?? one['valueCanonical'] ?? one['valueString']
      return typeof value === 'string' ? [value] : []
    }),
  }
}

function malformed(what: string): Fault {
  return new Fault(
    'REQUEST_MALFORMED',
    'body',
    what,
    'Send the resource, or Parameters with a part named "resource".',
  )
}
