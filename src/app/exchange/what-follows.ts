import { orderId } from '../../intake/hl7v2/content/order-message.ts'
import { readContent } from '../../intake/hl7v2/content/read-content.ts'
import { Hl7Fault } from '../../intake/hl7v2/hl7-fault.ts'
import {
  type MessageContent,
  type MessageContext,
  messageContext,
  type SenderKnowledge,
  type Warning,
} from '../../intake/hl7v2/message-context.ts'
import { patientResource } from '../../intake/hl7v2/resource/patient-resource.ts'
import { provenanceId, provenanceResource } from '../../intake/hl7v2/resource/provenance-resource.ts'
import type { Header } from '../../intake/hl7v2/segment/header.ts'
import type { Hl7Message } from '../../intake/hl7v2/syntax/message.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText } from '../../record/resource-text.ts'
import type { MessageState } from '../../store/messages/message-store.ts'
import type { Patient } from '../../store/people/people-store.ts'
import type { Act } from '../../store/person.ts'
import type { ResourceWrite } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import { lookedFor } from '../people/person-resource.ts'
import type { ExchangeServices } from './exchange-services.ts'
import { joinWithExisting } from './existing-results.ts'
import { contradictionsOf } from './same-person.ts'
import { contradiction, whoseMessage, withAny } from './whose-message.ts'

/** What a message comes to. */
export interface Settled {
  readonly state: MessageState
  readonly patient: PatientId | undefined
  readonly fault: Fault | undefined
  readonly content: MessageContent | undefined
  readonly writes: readonly ResourceWrite[]
  readonly notes: readonly string[]
}

/** What a person has decided about a message, and when it is acted on. */
export interface Decision {
  readonly act: Act
  /** It is this person, whatever differs. */
  readonly confirmed?: boolean
  /** It belongs to this person, although no identifier says so. */
  readonly linked?: PatientId
  /** Nobody who is registered is meant: register the person of the message. */
  readonly register?: boolean
}

/** A message that was read, or why it could not be. */
export type Meaning =
  | { readonly fault: Fault }
  | {
      readonly content: MessageContent
      readonly follow: (services: ExchangeServices, decision: Decision) => Promise<Settled>
    }

/** Reads a message with what is known of its sender. Throws Hl7Fault. */
export function meaningOf(
  message: Hl7Message,
  header: Header,
  sender: SenderKnowledge & { registers: boolean },
  doubts: readonly Warning[] = [],
): Meaning {
  const context = messageContext(message, header, sender)
  const read = readContent(context)
  const content = { ...read, warnings: [...doubts, ...read.warnings] }
  return {
    content,
    follow: (services, decision) =>
      content.kind === 'merge'
        ? mergeRecords(services, content, decision)
        : fileMessage(services, content, context, sender.registers, decision),
  }
}

async function fileMessage(
  services: ExchangeServices,
  content: MessageContent,
  context: MessageContext,
  registers: boolean,
  decision: Decision,
): Promise<Settled> {
  const { patients, tenant } = services
  const settled = { content, notes: [...context.message.notes, ...content.patient.notes] }
  if (decision.linked !== undefined) {
    const patient = await patients.get({ tenant, patient: decision.linked })
    if (patient === undefined) throw unknownLink(decision.linked)
    if (decision.confirmed !== true) {
      const found = contradictionsOf(content.patient, patient)
      if (found.length > 0) throw contradiction(found.join(', '))
    }
    return filed(services, settled, context, patient.id, patient, decision.act)
  }
  const whose = await whoseMessage(patients, tenant, content, registers, decision.confirmed === true)
  if (whose.kind === 'unknown' && decision.register === true) {
    return filed(services, settled, context, patientId(services.newId()), undefined, decision.act)
  }
  switch (whose.kind) {
    case 'unknown':
      return { ...settled, state: 'unknown-patient', patient: undefined, fault: whose.because, writes: [] }
    case 'new': {
      const id = patientId(services.newId())
      const made = await filed(services, settled, context, id, undefined, decision.act)
      const writes = made.writes.map((write) =>
        write.identity === undefined
          ? write
          : { ...write, identity: lookedFor(write.identity, whose.registeredBefore) },
      )
      return { ...made, writes }
    }
    case 'known':
      return filed(services, settled, context, whose.patient.id, whose.patient, decision.act)
  }
}

/** The writes of a message about this person; somebody who is not registered yet is. */
async function filed(
  services: ExchangeServices,
  { content, notes }: { readonly content: MessageContent; readonly notes: readonly string[] },
  context: MessageContext,
  patient: PatientId,
  known: Patient | undefined,
  act: Act,
): Promise<Settled> {
  const sent = content.resources(patient)
  const refs: ResourceRef[] = sent.map(({ resourceType, id }) => ({ type: resourceType, id: id! }))
  const identifies = content.kind === 'identity' || known === undefined || missesIdentifier(content, known)
  if (identifies) refs.push({ type: 'Patient', id: patient })
  refs.push(...ordersOf(sent))
  const provenance = { type: 'Provenance', id: provenanceId(context, patient) }
  const { existing, versions } = await existingResources(services, [...refs, provenance])
  const left = await leftBehind(services, existing.get(`Provenance/${provenance.id}`), sent, context)
  const joined = joinWithExisting(sent, existing, left)
  const resources = [...joined.resources]
  if (identifies) {
    const before = existing.get(`Patient/${patient}`) ?? (known && plainPatient(known))
    const view =
      content.kind === 'identity' || known === undefined ? content.patient : identifiersAlone(content)
    resources.unshift(patientResource(patient, view, context.source, before))
  }
  if (resources.length > 0) resources.push(provenanceResource(context, resources, patient, act.at))
  const deletions = left.map(({ type, id, version }): ResourceWrite => {
    return {
      type,
      id,
      action: 'delete',
      compartment: patient,
      json: undefined,
      index: [],
      labels: [],
      codes: [],
      expected: version,
    }
  })
  // What was decided from what lies there holds only while that lies there.
  const puts = (await services.writesOf(resources, patient)).map((write) =>
    write.identity === undefined
      ? { ...write, expected: versions.get(`${write.type}/${write.id}`) ?? 0 }
      : write,
  )
  return {
    state: content.unmapped.length > 0 ? 'unmapped' : joined.held.length > 0 ? 'partly-filed' : 'processed',
    patient,
    fault: finalOnFile(joined.held),
    content,
    writes: [...puts, ...deletions],
    notes:
      joined.stale === 0
        ? notes
        : [...notes, `${joined.stale} results are older than those on file, and changed nothing`],
  }
}

/** HL7 tables 0085 and 0123: what was final is changed by a correction (C) or withdrawn (W, D, X), and by nothing less sure. */
function finalOnFile(held: readonly Resource[]): Fault | undefined {
  const [first] = held
  if (first === undefined) return undefined
  const line = /#OBX-(\d+)$/.exec(String(first.meta?.['source'] ?? ''))?.[1]
  const place =
    line === undefined
      ? { segment: 'OBR', occurrence: 1, field: 25 }
      : { segment: 'OBX', occurrence: Number(line), field: 11 }
  return new Hl7Fault(
    'HL7_FINAL_ON_FILE',
    '205',
    place,
    `the final result on file stays: ${held.length} of this message that are less sure than final were held back`,
    'Send a correction as C, a withdrawal as W; otherwise nothing needs to be done.',
  )
}

/**
 * What an earlier reading of the same message made, and this one does not: with a code explained, lines that were kept
 * one by one have become a genotype. Only what no other message has written since.
 */
async function leftBehind(
  services: ExchangeServices,
  provenance: Resource | undefined,
  sent: readonly Resource[],
  { source }: MessageContext,
): Promise<readonly (ResourceRef & { readonly version: number })[]> {
  const targets = (provenance?.['target'] as readonly { reference: string }[] | undefined) ?? []
  const now = new Set(sent.map(({ resourceType, id }) => `${resourceType}/${id}`))
  const refs = targets.flatMap(({ reference }): ResourceRef[] => {
    const [type = '', id = ''] = reference.split('/')
    return now.has(reference) || type === 'Patient' ? [] : [{ type, id }]
  })
  const { existing, versions } = await existingResources(services, refs)
  return refs.flatMap(({ type, id }) => {
    const name = `${type}/${id}`
    const from = String(existing.get(name)?.meta?.['source'] ?? '')
    const ours = from === source || from.startsWith(`${source}#`)
    return ours ? [{ type, id, version: versions.get(name)! }] : []
  })
}

/** A message that was linked by hand brings an identifier by which the next one finds the person. */
function missesIdentifier({ patient }: MessageContent, known: Patient): boolean {
  return !patient.identifiers.some((one) =>
    known.identifiers.some((other) => other.system === one.system && other.value === one.value),
  )
}

function identifiersAlone({ patient }: MessageContent): MessageContent['patient'] {
  return { ...patient, name: undefined, birthDate: undefined, sex: undefined }
}

/** Somebody who was registered without a Patient resource, as one. */
function plainPatient({ id, name, sex, birthDate, identifiers }: Patient): Resource {
  return {
    resourceType: 'Patient',
    id,
    identifier: identifiers.map(({ system, value }) => ({ system, value })),
    ...(name === undefined ? {} : { name: [{ text: name }] }),
    gender: sex,
    ...(birthDate === undefined ? {} : { birthDate }),
  }
}

/** The orders that results name by number, as they would lie here. */
function ordersOf(sent: readonly Resource[]): ResourceRef[] {
  const ids = new Set<string>()
  for (const one of sent) {
    const based =
      (one['basedOn'] as readonly { identifier?: { system: string; value: string } }[] | undefined) ?? []
    for (const { identifier } of based) if (identifier !== undefined) ids.add(orderId(identifier))
  }
  return [...ids].map((id) => ({ type: 'ServiceRequest', id }))
}

async function existingResources(
  { resources, tenant }: ExchangeServices,
  refs: readonly ResourceRef[],
): Promise<Existing> {
  const existing = new Map<string, Resource>()
  const versions = new Map<string, number>()
  const stored = refs.length === 0 ? [] : await resources.readMany(tenant, refs, UNRESTRICTED)
  for (const { type, id, version, json } of stored) {
    versions.set(`${type}/${id}`, version)
    if (json !== undefined) existing.set(`${type}/${id}`, readResourceText(json) as Resource)
  }
  return { existing, versions }
}

/** By "Type/id": what there is, and the newest version of what there is or was. */
interface Existing {
  readonly existing: ReadonlyMap<string, Resource>
  readonly versions: ReadonlyMap<string, number>
}

/** A40: the record of MRG becomes part of that of PID. */
async function mergeRecords(
  services: ExchangeServices,
  content: MessageContent,
  decision: Decision,
): Promise<Settled> {
  const { patients, tenant } = services
  const settled = { content, notes: content.patient.notes, writes: [], fault: undefined }
  const survivors = await withAny(patients, tenant, content.patient.identifiers)
  const retired = await withAny(patients, tenant, content.retired ?? [])
  if (survivors.length > 1 || retired.length > 1) {
    throw new Fault(
      'IDENTITY_AMBIGUOUS',
      'PID-3, MRG-1',
      'the identifiers of one side belong to more than one person',
      'Check them; merge two records at a time.',
    )
  }
  const [survivor] = survivors
  const [other] = retired
  const either = survivor ?? other
  if (either === undefined) {
    const because = new Fault(
      'PATIENT_UNKNOWN',
      'PID-3, MRG-1',
      'nobody with one of these identifiers is registered',
      'The message waits: register the person, or discard it.',
    )
    return { ...settled, state: 'unknown-patient', patient: undefined, fault: because }
  }
  if (decision.confirmed !== true) {
    for (const one of [survivor, other]) {
      if (one === undefined) continue
      // The retired number itself is, of course, another one of the same authority.
      const found = contradictionsOf(content.patient, one).filter((part) => part !== 'identifier')
      if (found.length > 0) throw contradiction(found.join(', '))
    }
  }
  if (survivor !== undefined && other !== undefined && survivor.id !== other.id) {
    await services.merge(survivor.id, other.id, decision.act)
  }
  const known = (await patients.get({ tenant, patient: either.id }))!
  const all = [...content.patient.identifiers, ...(content.retired ?? [])]
  const missing = all.filter(
    (one) => !known.identifiers.some((has) => has.system === one.system && has.value === one.value),
  )
  if (missing.length > 0) {
    const identifiers = [...known.identifiers, ...missing.map(({ system, value }) => ({ system, value }))]
    await patients.update({ tenant, patient: known.id }, { identifiers }, decision.act)
  }
  return { ...settled, state: 'processed', patient: known.id }
}

/** Throws for a person that was named by hand and is not there. */
function unknownLink(patient: PatientId): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    `patient ${patient}`,
    `there is no patient "${patient}"`,
    'See "garrod patient list".',
  )
}
