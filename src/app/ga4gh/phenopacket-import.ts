import { randomUUID } from 'node:crypto'
import { humanOnly, otherIds } from '../../intake/phenopacket/one-person.ts'
import { patientOfPhenopacket, subjectIdentity } from '../../intake/phenopacket/patient.ts'
import { readPhenopacket } from '../../intake/phenopacket/read-phenopacket.ts'
import {
  CONTENT_SYSTEM,
  phenopacketContent,
  phenopacketProvenance,
  phenopacketResources,
} from '../../intake/phenopacket/resources.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { geneSymbols } from '../../knowledge/gene-id.ts'
import type { Phenopacket } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { labelling } from '../../safeguard/labels/labels-of.ts'
import { withLabelsOf } from '../../safeguard/labels/made-from.ts'
import type { Act } from '../../store/person.ts'
import type { ResourceWrite } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { bringUpToDate } from '../exchange/bring-up-to-date.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { sequenceOf } from './sequence.ts'

/** Where packets are taken in. */
export interface PhenopacketDesk {
  readonly store: Store
  readonly tenant: TenantId
  readonly facts: Facts
}

/** Whose record it goes into: that of somebody registered, or of somebody to be registered now. */
export type PhenopacketTarget =
  | { readonly kind: 'patient'; readonly patient: PatientId }
  | { readonly kind: 'register'; readonly patient: PatientId | undefined }

export interface PhenopacketReceipt {
  readonly patient: PatientId
  readonly registered: boolean
  /** Resources written, by type; the Patient of somebody registered is one. */
  readonly resources: Readonly<Record<string, number>>
  /** Of an earlier reading of the same packet, no longer in this one. */
  readonly removed: number
  /** What whoever sent it should look at. */
  readonly notes: readonly string[]
}

/** Asked before anything is written: throws ACCESS_DENIED. */
export type MayWrite = (types: readonly string[], patient: PatientId | undefined) => Promise<void>

/**
 * Takes a Phenopacket v2 into the record of one person, all of it or nothing. The same packet again, by its id, replaces
 * what it brought before. Throws what reading throws, PATIENT_UNKNOWN, PHENOPACKET_WRONG_PERSON (sex or birth date speak
 * against it), PHENOPACKET_ELSEWHERE (the same content is in another person's record), PATIENT_IDENTIFIER_TAKEN.
 */
export async function importPhenopacket(
  desk: PhenopacketDesk,
  { text, name }: { readonly text: string; readonly name: string },
  target: PhenopacketTarget,
  act: Act,
  mayWrite: MayWrite = async () => undefined,
): Promise<PhenopacketReceipt> {
  const { store, tenant, facts } = desk
  const packet = readPhenopacket(text, name)
  humanOnly(packet, name)
  const registered = target.kind === 'register'
  if (registered && packet.subject === undefined) throw noSubject(name)
  const patient = target.patient ?? patientId(`p-${randomUUID().slice(0, 8)}`)
  const resources: Resource[] = [
    ...(registered ? [patientOfPhenopacket(packet, patient)] : []),
    ...phenopacketResources(packet, { patient, text, at: act.at, sequenceOf: sequenceOf(assemblies(facts)) }),
  ]
  const types = [...new Set(resources.map((one) => one.resourceType))]
  await mayWrite(types, registered ? undefined : patient)
  if (!registered) await refuseOtherPerson(desk, packet, patient, name)
  await refuseElsewhere(desk, packet, patient, name)
  const gone = await staleOf(desk, packet, patient, resources)
  // The packet itself tells what all of them tell.
  const rules = labelling(sensitivityRules(facts))
  const labelled = resources.map((one) =>
    one.resourceType === 'DocumentReference' ? withLabelsOf(one, resources, rules) : one,
  )
  const puts = resourceWrites(facts)(labelled, patient)
  const writes = puts.map((one) => (one.type === 'Patient' ? ({ ...one, action: 'create' } as const) : one))
  await store.resources.commit(tenant, [...writes, ...gone], act)
  const symbols = geneSymbols(facts)
  await bringUpToDate(store, { tenant, patient }, symbols, act)
  const counts: Record<string, number> = {}
  for (const { resourceType } of resources) counts[resourceType] = (counts[resourceType] ?? 0) + 1
  return { patient, registered, resources: counts, removed: gone.length, notes: notesOf(packet) }
}

async function refuseOtherPerson(
  { store, tenant }: PhenopacketDesk,
  packet: Phenopacket,
  patient: PatientId,
  name: string,
): Promise<void> {
  const known = await store.patients.get({ tenant, patient })
  if (known === undefined) {
    throw new Fault(
      'PATIENT_UNKNOWN',
      'patient',
      `there is no patient "${patient}"`,
      'Register the person first, or look the id up in the patient list.',
    )
  }
  const { sex, birthDate } = subjectIdentity(packet)
  const born = known.birthDate
  const against = [
    ...(new Set([sex, known.sex]).size === 2 &&
    [sex, known.sex].every((one) => one === 'female' || one === 'male')
      ? ['subject.sex']
      : []),
    ...(birthDate === undefined || born === undefined || birthDate.startsWith(born)
      ? []
      : ['subject.dateOfBirth']),
  ]
  if (against.length === 0) return
  throw new Fault(
    'PHENOPACKET_WRONG_PERSON',
    `${name}: ${against.join(', ')}`,
    'the subject of the packet is not this person, as registered',
    'Check whose packet it is. Where the registration is wrong, correct that first.',
  )
}

async function refuseElsewhere(
  { store, tenant }: PhenopacketDesk,
  packet: Phenopacket,
  patient: PatientId,
  name: string,
): Promise<void> {
  const found = await store.resources.search(tenant, {
    type: 'DocumentReference',
    criteria: [
      {
        kind: 'token',
        param: 'identifier',
        not: false,
        values: [{ system: CONTENT_SYSTEM, code: phenopacketContent(packet) }],
      },
    ],
    sort: [],
    count: 2,
    after: undefined,
    total: false,
    // The guard looks past restrictions: whose it is depends on nobody's access.
    within: UNRESTRICTED,
  })
  if (found.resources.every((one) => one.compartment === patient)) return
  throw new Fault(
    'PHENOPACKET_ELSEWHERE',
    name,
    'the very same packet is in the record of another person',
    'Check whose it is; take it out of the wrong record first.',
  )
}

/** What an earlier reading of this packet made and this one does not. */
async function staleOf(
  { store, tenant }: PhenopacketDesk,
  packet: Phenopacket,
  patient: PatientId,
  resources: readonly Resource[],
): Promise<readonly ResourceWrite[]> {
  const ref = { type: 'Provenance', id: phenopacketProvenance(patient, packet.id) }
  const earlier = await store.resources.read(tenant, ref, UNRESTRICTED)
  if (earlier?.json === undefined) return []
  const { target } = JSON.parse(earlier.json) as { target: readonly { reference: string }[] }
  const now = new Set(resources.map((one) => `${one.resourceType}/${one.id}`))
  const gone = target.flatMap(({ reference }) => {
    const [type = '', id = ''] = reference.split('/')
    return now.has(reference) ? [] : [{ type, id }]
  })
  const there = await store.resources.readMany(tenant, gone, UNRESTRICTED)
  return there.flatMap(({ type, id, deleted }) =>
    deleted
      ? []
      : [
          {
            type,
            id,
            action: 'delete',
            compartment: patient,
            json: undefined,
            index: [],
            labels: [],
            codes: [],
          } as const,
        ],
  )
}

function notesOf(packet: Phenopacket): readonly string[] {
  return otherIds(packet).map(
    (field) =>
      `${field} names neither the subject nor a sample of the packet; it was taken to be the subject's`,
  )
}

function noSubject(name: string): Fault {
  return new Fault(
    'PHENOPACKET_NO_SUBJECT',
    `${name}: subject`,
    'a packet without a subject does not say whom to register',
    'Name a registered person instead.',
  )
}
