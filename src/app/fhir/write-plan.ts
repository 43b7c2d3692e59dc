import { InvalidResource } from '../../fhir/rest/outcome.ts'
import { namedPeople, referredResources, twoPatients } from '../../fhir/search/compartment.ts'
import { sourceEntries } from '../../record/made-from.ts'
import {
  type Compartment,
  type Resource,
  type ResourceRef,
  TENANT_COMPARTMENT,
  tokenOf,
} from '../../record/resource.ts'
import { type IndexEntry, UNRESTRICTED } from '../../record/resource-query.ts'
import { resourceText } from '../../record/resource-text.ts'
import { heldCodes } from '../../safeguard/labels/held-codes.ts'
import type { ResourceWrite } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import { lookedFor } from '../people/person-resource.ts'
import type { FhirContext, FhirService, Interaction } from './fhir-service.ts'
import { alikeWithin, OTHER_PERSON, refuseSecondChart, type WrittenPerson } from './new-person.ts'
import { patientDetails } from './patient-details.ts'

/** One change as a request asks for it, its id already chosen. */
export interface Change extends ResourceRef {
  readonly interaction: Interaction
  readonly action: ResourceWrite['action']
  /** Undefined for a delete. */
  readonly resource: Resource | undefined
  readonly expected: number | undefined
  /** Where a delete, and an update of what is there, lies. */
  readonly compartment: Compartment | undefined
}

/** A fault of one entry of a bundle. */
export class EntryFault extends Fault {
  readonly entry: number
  readonly inner: Fault

  constructor(entry: number, inner: Fault) {
    super(inner.code, inner.where, inner.what, inner.mend)
    this.entry = entry
    this.inner = inner
  }
}

interface Draft {
  readonly change: Change
  readonly json: string
  readonly resource: Resource
  readonly index: readonly IndexEntry[]
  readonly patient: PatientId | undefined
  readonly refs: readonly ResourceRef[]
}

/**
 * Everything that a write needs beside the resource: validated, indexed, labelled, and laid in the compartment of the
 * one person it is about. Compartments follow whom a resource names (subject, patient …) or, when it names nobody,
 * whose resources it refers to. Throws RESOURCE_INVALID, TWO_PATIENTS, PATIENT_ELSEWHERE, PATIENT_UNKNOWN,
 * PATIENT_POSSIBLY_KNOWN, PATIENT_MERGED, ACCESS_DENIED; in an EntryFault when there are several changes.
 */
export async function writesOf(
  service: FhirService,
  context: FhirContext,
  changes: readonly Change[],
): Promise<readonly ResourceWrite[]> {
  const at = async <T>(entry: number, work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Fault && changes.length > 1) throw new EntryFault(entry, error)
      throw error
    }
  }
  const drafts: (Draft | undefined)[] = []
  const arriving = arrivingPeople(changes)
  for (const [entry, change] of changes.entries()) {
    const { resource } = change
    drafts.push(
      resource === undefined
        ? undefined
        : await at(entry, () => draftOf(service, context, change, resource, arriving)),
    )
  }
  refuseTwins(service, drafts)
  const places = await compartmentsOf(service, context, changes, drafts)
  const writes: ResourceWrite[] = []
  for (const [entry, change] of changes.entries()) {
    const draft = drafts[entry]
    await at(entry, () => refuseRetired(change))
    const compartment =
      draft === undefined
        ? (change.compartment ?? TENANT_COMPARTMENT)
        : await at(entry, () => settle(draft, places))
    await at(entry, () => permitWrite(context, change, compartment))
    const registeredBefore = draft === undefined ? undefined : await registeredOn(service, context, draft)
    if (draft !== undefined) await at(entry, () => refuseSecond(service, context, draft))
    writes.push(writeOf(service, change, draft, compartment, registeredBefore))
  }
  return writes
}

async function draftOf(
  service: FhirService,
  context: FhirContext,
  change: Change,
  resource: Resource,
  arriving: ReadonlyMap<string, string>,
): Promise<Draft> {
  const { type, id } = change
  const { versionId: _version, lastUpdated: _updated, ...meta } = resource.meta ?? {}
  const { meta: _meta, ...content } = resource
  const kept: Resource = {
    ...content,
    resourceType: type,
    id,
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
  }
  const issues = (service.accept ?? service.validate)(kept)
  if (issues.some((one) => one.severity === 'error' || one.severity === 'fatal')) {
    throw new InvalidResource(type, issues)
  }
  const base = service.base()
  const index = [...service.index.entries(kept, base), ...sourceEntries(kept)]
  const people = namedPeople(kept, service.index, base)
  const patients = new Set(people.patients)
  for (const identifier of people.identifiers) {
    const { system, value } = identifier
    const known = arriving.get(tokenOf(system, value)) ?? (await patientWith(service, context, system, value))
    if (known !== undefined) patients.add(known)
    else if (identifier.sure) throw patientUnknown(type)
  }
  if (patients.size > 1) throw twoPatients(type)
  const [only] = patients
  const patient = only === undefined ? undefined : patientId(only)
  const refs = referredResources(type, index, service.index)
  return { change, json: resourceText(kept), resource: kept, index, patient, refs }
}

/** What went into another record stays as it was. Throws PATIENT_MERGED. */
function refuseRetired({ type, id, compartment }: Change): void {
  if (type !== 'Patient' || compartment === undefined || compartment === TENANT_COMPARTMENT) return
  if (compartment === id) return
  throw new Fault(
    'PATIENT_MERGED',
    `Patient/${id}`,
    `this record went into that of Patient/${compartment}`,
    'Write to that Patient: its link says so, too.',
  )
}

/** What is counted before it is looked whether a Patient is somebody who is registered. */
async function registeredOn(
  { people }: FhirService,
  { tenant }: FhirContext,
  { change, resource }: Draft,
): Promise<number | undefined> {
  const { birthDate } = resource
  if (people === undefined || change.type !== 'Patient' || typeof birthDate !== 'string') return undefined
  return people.registeredOn(tenant, birthDate)
}

/** A Patient of the request that may be somebody who is registered. Throws PATIENT_POSSIBLY_KNOWN. */
async function refuseSecond(service: FhirService, context: FhirContext, draft: Draft): Promise<void> {
  const { people, store } = service
  const { change } = draft
  if (people === undefined || change.type !== 'Patient' || change.interaction === 'patch') return
  await refuseSecondChart(people, context, writtenPerson(draft), async (found) => {
    const refs = found.map((id) => ({ type: 'Patient', id }))
    try {
      const { within } = await context.permit({ interaction: 'search-type', type: 'Patient' })
      return (await store.readMany(context.tenant, refs, within)).map(({ id }) => patientId(id))
    } catch (error) {
      // Who may register and not look is told of nobody.
      if (error instanceof Fault && error.code === 'ACCESS_DENIED') return []
      throw error
    }
  })
}

function writtenPerson({ change, resource }: Draft): WrittenPerson {
  return { resource, created: change.action === 'create' }
}

/** Two Patients of one request that may be one person: nobody is registered yet who could be named. */
function refuseTwins({ people }: FhirService, drafts: readonly (Draft | undefined)[]): void {
  if (people === undefined) return
  const entries = drafts.flatMap((draft, entry) =>
    draft?.change.type === 'Patient' && draft.change.compartment === undefined ? [{ draft, entry }] : [],
  )
  const twin = alikeWithin(entries.map(({ draft }) => writtenPerson(draft)))
  if (twin === undefined) return
  const fault = new Fault(
    'PATIENT_POSSIBLY_KNOWN',
    'Patient',
    'another Patient of this bundle has this name, birth date and sex',
    `If it is the same person, send one Patient. If not, send both by PUT, and in one a meta.tag of system ${OTHER_PERSON} with the id of the other as code.`,
  )
  throw new EntryFault(entries[twin]!.entry, fault)
}

/** Ids of the Patients of this very request by their identifiers, "system|value". */
function arrivingPeople(changes: readonly Change[]): ReadonlyMap<string, string> {
  const people = new Map<string, string>()
  for (const { type, id, resource } of changes) {
    if (type !== 'Patient' || resource === undefined) continue
    for (const { system, value } of (resource['identifier'] ?? []) as readonly Record<string, string>[]) {
      if (value !== undefined) people.set(tokenOf(system, value), id)
    }
  }
  return people
}

/** Whose record each referred resource lies in: of this very request, or as stored. The guard looks past restrictions. */
async function compartmentsOf(
  { store }: FhirService,
  { tenant }: FhirContext,
  changes: readonly Change[],
  drafts: readonly (Draft | undefined)[],
): Promise<Places> {
  const written = new Map<string, Draft>()
  const refs = new Map<string, ResourceRef>()
  for (const draft of drafts) {
    if (draft === undefined) continue
    written.set(nameOf(draft.change), draft)
  }
  for (const draft of drafts) {
    for (const ref of draft?.refs ?? []) if (!written.has(nameOf(ref))) refs.set(nameOf(ref), ref)
  }
  const deleted = new Set(changes.filter((one) => one.action === 'delete').map(nameOf))
  const stored = new Map<string, Compartment>()
  if (refs.size > 0) {
    for (const one of await store.readMany(tenant, [...refs.values()], UNRESTRICTED)) {
      if (!deleted.has(nameOf(one))) stored.set(nameOf(one), one.compartment)
    }
  }
  return { written, stored }
}

interface Places {
  readonly written: ReadonlyMap<string, Draft>
  readonly stored: ReadonlyMap<string, Compartment>
}

/** The compartment of a draft. Throws TWO_PATIENTS. */
function settle(draft: Draft, places: Places): Compartment {
  const owners = new Set<PatientId>()
  if (draft.patient !== undefined) owners.add(draft.patient)
  gather(draft, places, owners, new Set([nameOf(draft.change)]))
  // A group, a study or a practitioner may speak of many people: it is nobody's record.
  if (owners.size > 1) throw twoPatients(`${draft.change.type}/${draft.change.id}`)
  const [owner] = owners
  return owner ?? TENANT_COMPARTMENT
}

function gather(draft: Draft, places: Places, owners: Set<PatientId>, seen: Set<string>): void {
  for (const ref of draft.refs) {
    const name = nameOf(ref)
    const stored = places.stored.get(name)
    if (stored !== undefined && stored !== TENANT_COMPARTMENT) owners.add(stored)
    const other = places.written.get(name)
    if (other === undefined || seen.has(name)) continue
    seen.add(name)
    if (other.patient !== undefined) owners.add(other.patient)
    else gather(other, places, owners, seen)
  }
}

async function permitWrite(context: FhirContext, change: Change, compartment: Compartment): Promise<void> {
  const { interaction, type } = change
  const { within } = await context.permit({
    interaction,
    type,
    ...(compartment === '' ? {} : { patient: compartment }),
  })
  const allowed = within.compartments
  if (allowed !== undefined && !allowed.includes(compartment)) {
    throw new Fault(
      'ACCESS_DENIED',
      change.type,
      'this caller may not change that record',
      'Ask for access to the patient, or check whom the resource is about.',
    )
  }
}

function writeOf(
  service: FhirService,
  { type, id, action, expected }: Change,
  draft: Draft | undefined,
  compartment: Compartment,
  registeredBefore: number | undefined,
): ResourceWrite {
  const optional = expected === undefined ? {} : { expected }
  if (draft === undefined) {
    return { type, id, action, compartment, json: undefined, index: [], labels: [], codes: [], ...optional }
  }
  const { resource, json, index } = draft
  const own = (resource.meta?.security ?? []).map(({ system, code }) => tokenOf(system, code))
  return {
    type,
    id,
    action,
    compartment,
    json,
    index,
    labels: [...new Set([...own, ...service.labelsOf(resource)])],
    codes: heldCodes(resource, index),
    ...optional,
    ...(type === 'Patient'
      ? {
          identity: lookedFor(patientDetails(resource), registeredBefore),
        }
      : {}),
    ...(type === 'Consent' ? { consent: service.consentOf(resource) } : {}),
  }
}

/** The Patient with an identifier, whoever may see it: a record is chosen by who somebody is, not by who asks. */
async function patientWith(
  { store }: FhirService,
  { tenant }: FhirContext,
  system: string | undefined,
  code: string,
): Promise<string | undefined> {
  const page = await store.search(tenant, {
    type: 'Patient',
    criteria: [{ kind: 'token', param: 'identifier', not: false, values: [{ system, code }] }],
    sort: [],
    count: 2,
    after: undefined,
    total: false,
    within: UNRESTRICTED,
  })
  return page.resources.length === 1 ? page.resources[0]!.id : undefined
}

function patientUnknown(where: string): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    where,
    'the identifier of the patient belongs to nobody here, or to several people',
    'Register the patient first, or refer to the Patient resource.',
  )
}

function nameOf({ type, id }: ResourceRef): string {
  return `${type}/${id}`
}
