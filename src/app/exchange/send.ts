import { createHash } from 'node:crypto'
import { orderOut } from '../../deliver/hl7v2/order-out.ts'
import { resultOut } from '../../deliver/hl7v2/result-out.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText } from '../../record/resource-text.ts'
import type { Destination } from '../../store/messages/message-store.ts'
import type { Act } from '../../store/person.ts'
import type { ResourceStore } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { SEND } from './send-job.ts'

type Parts = Pick<Store, 'messages' | 'resources' | 'jobs' | 'patients'>

/**
 * Writes the HL7 v2 message of an order (ServiceRequest) or a report (DiagnosticReport) and queues it for a destination.
 * The same version of the same resource for the same destination is one message, however often it is asked for.
 * Throws DESTINATION_UNKNOWN, SEND_TYPE, RESOURCE_UNKNOWN.
 */
export async function send(
  store: Parts,
  tenant: TenantId,
  name: string,
  ref: ResourceRef,
  act: Act,
): Promise<string> {
  const destination = (await store.messages.destinations(tenant)).find((one) => one.name === name)
  if (destination === undefined) throw unknownDestination(name)
  if (ref.type !== 'ServiceRequest' && ref.type !== 'DiagnosticReport') throw wrongType(ref)
  const stored = await store.resources.read(tenant, ref, UNRESTRICTED)
  if (stored?.json === undefined || stored.compartment === '') throw unknownResource(ref)
  const patient = patientId(stored.compartment)
  const key = JSON.stringify([name, ref.type, ref.id, stored.version])
  const id = `out-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`
  const controlId = id.slice(4, 24)
  const resource = readResourceText(stored.json) as Resource
  const text = await textOf(store, tenant, resource, patient, destination, controlId, act.at)
  const type = ref.type === 'ServiceRequest' ? 'OML^O21' : 'ORU^R01'
  await store.messages.keepOut(tenant, { id, destination: name, controlId, type, patient, text }, act)
  await enqueue(store, tenant, [id], act.at)
  return id
}

/** Queues messages that were kept and not sent: by this call, or by a process that died before it could. */
export async function enqueue(
  { jobs }: Pick<Store, 'jobs'>,
  tenant: TenantId,
  ids: readonly string[],
  at: string,
): Promise<void> {
  if (ids.length === 0) return
  await jobs.enqueue(
    tenant,
    // A receiver may be down for a night: about 18 hours of attempts.
    ids.map((message) => ({ kind: SEND, key: message, payload: { message }, attempts: 16 })),
    at,
  )
}

async function textOf(
  store: Parts,
  tenant: TenantId,
  resource: Resource,
  patient: PatientId,
  { application, facility }: Destination,
  controlId: string,
  at: string,
): Promise<string> {
  const route = { to: { application, facility }, controlId, at }
  const { resources } = store
  const person = await personOf(store, tenant, patient)
  const referred = (element: string) =>
    ([resource[element] ?? []].flat() as readonly { reference?: string }[]).flatMap(({ reference = '' }) => {
      const [type = '', id = ''] = reference.split('/')
      return id === '' ? [] : [{ type, id }]
    })
  if (resource.resourceType === 'ServiceRequest') {
    const [specimen] = await many(resources, tenant, referred('specimen'))
    return orderOut(resource, person, specimen, route)
  }
  return resultOut(resource, await many(resources, tenant, referred('result')), person, route)
}

/** The Patient resource, or the registered person as one. */
async function personOf(
  { resources, patients }: Parts,
  tenant: TenantId,
  patient: PatientId,
): Promise<Resource> {
  const [resource] = await many(resources, tenant, [{ type: 'Patient', id: patient }])
  if (resource !== undefined) return resource
  const known = await patients.get({ tenant, patient })
  if (known === undefined) throw unknownResource({ type: 'Patient', id: patient })
  const { id, name, sex, birthDate, identifiers } = known
  return {
    resourceType: 'Patient',
    id,
    identifier: identifiers,
    ...(name === undefined ? {} : { name: [{ text: name }] }),
    gender: sex,
    ...(birthDate === undefined ? {} : { birthDate }),
  }
}

async function many(
  resources: ResourceStore,
  tenant: TenantId,
  refs: readonly ResourceRef[],
): Promise<readonly Resource[]> {
  const found = await resources.readMany(tenant, refs, UNRESTRICTED)
  const byName = new Map(found.map((one) => [`${one.type}/${one.id}`, one.json]))
  return refs.flatMap(({ type, id }) => {
    const json = byName.get(`${type}/${id}`)
    return json === undefined ? [] : [readResourceText(json) as Resource]
  })
}

function unknownDestination(name: string): Fault {
  return new Fault(
    'DESTINATION_UNKNOWN',
    `destination ${name}`,
    'there is no destination of that name',
    'See "garrod exchange destinations".',
  )
}

function wrongType({ type }: ResourceRef): Fault {
  return new Fault(
    'SEND_TYPE',
    type,
    'resources of this type are not sent',
    'Send a ServiceRequest or a DiagnosticReport.',
  )
}

function unknownResource({ type, id }: ResourceRef): Fault {
  return new Fault(
    'RESOURCE_UNKNOWN',
    `${type}/${id}`,
    'there is no such resource',
    'Check the type and the id.',
  )
}
