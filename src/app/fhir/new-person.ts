import type { PatientView, PersonName } from '../../intake/hl7v2/segment/patient-view.ts'
import type { Resource } from '../../record/resource.ts'
import { RegisteredMeanwhile } from '../../store/people/birth-days.ts'
import type { Patient } from '../../store/people/people-store.ts'
import type { Act, Identifier } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { looksLike } from '../exchange/same-person.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { patientDetails } from './patient-details.ts'

/**
 * System of the tags by which a client says that a new Patient is not the registered person named by the code. It is one
 * tag for each person: a blanket consent in somebody's template would switch the guard off.
 */
export const OTHER_PERSON = 'urn:garrod:other-person'

/** What is known of people when a Patient is about to be registered. */
export interface KnownPeople {
  /** Registered people with the same name, birth date and sex. */
  alike(tenant: TenantId, view: PatientView): Promise<readonly Patient[]>
  withIdentifier(tenant: TenantId, identifier: Identifier): Promise<Patient | undefined>
  /** How many of this birth date were ever registered; look at it before the others. */
  registeredOn(tenant: TenantId, birthDate: string): Promise<number | undefined>
  registered(tenant: TenantId, patient: PatientId): Promise<boolean>
  /** Lays the question before whoever looks after identities; returns the id it has in the work list. */
  hold(tenant: TenantId, patient: Resource, because: Fault, act: Act): Promise<string>
  /** The sender has answered the question itself. */
  answered(tenant: TenantId, patient: Resource, act: Act): Promise<void>
}

/** A Patient that a request writes. */
export interface WrittenPerson {
  readonly resource: Resource
  /** The id was given by the server. */
  readonly created: boolean
}

/**
 * Refuses a Patient that would silently be a second chart of somebody. `sees` picks those whom the caller may read:
 * others are not named. Throws PATIENT_POSSIBLY_KNOWN.
 */
export async function refuseSecondChart(
  people: KnownPeople,
  { tenant, act }: { readonly tenant: TenantId; readonly act: Act },
  { resource, created }: WrittenPerson,
  sees: (people: readonly PatientId[]) => Promise<readonly PatientId[]>,
): Promise<void> {
  const own = patientId(resource.id!)
  const found = new Set<PatientId>()
  for (const view of viewsOf(resource)) for (const one of await people.alike(tenant, view)) found.add(one.id)
  found.delete(own)
  if (found.size === 0 || (!created && (await people.registered(tenant, own)))) return
  const asked = question(resource, created)
  const others = othersOf(resource)
  const open = [...found].filter((one) => !others.has(one))
  if (open.length === 0) return people.answered(tenant, asked, act)
  const held = await people.hold(tenant, asked, possiblyKnown(open), act)
  throw possiblyKnown(await sees(open), held)
}

/** Which Patient of a request may be the person of one before it; undefined: none. */
export function alikeWithin(written: readonly WrittenPerson[]): number | undefined {
  const byDay = Map.groupBy(written.entries(), ([, { resource }]) => String(resource['birthDate']))
  for (const same of byDay.values()) {
    for (const [at, [n, one]] of same.entries()) {
      const alike = same
        .slice(0, at)
        .some(
          ([, other]) =>
            other.resource.id !== one.resource.id &&
            !othersOf(one.resource).has(patientId(other.resource.id!)) &&
            viewsOf(one.resource).some((view) => looksLike(view, patientDetails(other.resource))),
        )
      if (alike) return n
    }
  }
  return undefined
}

/** How often it is looked anew whether somebody is known because another server registered somebody meanwhile. */
const LOOKS = 20

/**
 * Does what looks who is registered and registers somebody. Of one birth date this process registers one after another;
 * when another one was faster it is looked anew.
 */
export function oneByOne<T>(
  tenant: TenantId,
  resources: readonly (Resource | undefined)[],
  work: () => Promise<T>,
): Promise<T> {
  const days = new Set<string>()
  for (const one of resources) {
    if (one?.resourceType === 'Patient' && one['birthDate'] !== undefined) days.add(String(one['birthDate']))
  }
  // In one order, so that two requests never wait for each other.
  return [...days].sort().reduceRight<() => Promise<T>>(
    (inner, day) => () => oneAtATime(`${tenant} born ${day}`, inner),
    () => lookingAgain(work, LOOKS),
  )()
}

async function lookingAgain<T>(work: () => Promise<T>, looks: number): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RegisteredMeanwhile) || looks <= 1) throw error
    return lookingAgain(work, looks - 1)
  }
}

/** Whom a Patient may be found by: one view for each name. Only the person counts, not the numbers. */
export function viewsOf(resource: Resource): readonly PatientView[] {
  const { sex, birthDate } = patientDetails({ ...resource, id: resource.id ?? 'asked' })
  const names = Array.isArray(resource['name']) ? (resource['name'] as readonly Named[]) : []
  return names.map((name) => ({
    identifiers: [],
    name: nameOf(name),
    birthDate,
    sex,
    account: undefined,
    notes: [],
  }))
}

interface Named {
  readonly text?: string
  readonly family?: string
  readonly given?: readonly string[]
}

/** A name that is only text: "Given Family", or "Family, Given". */
function nameOf({ text, family, given }: Named): PersonName {
  if (family !== undefined || given !== undefined) return { family, given: given ?? [] }
  const [before = '', after] = (text ?? '').split(',')
  const words = before.trim().split(/\s+/)
  if (after !== undefined) return { family: before.trim(), given: after.trim().split(/\s+/) }
  return { family: words.at(-1), given: words.slice(0, -1) }
}

function othersOf(resource: Resource): ReadonlySet<string> {
  const tags = resource.meta?.tag ?? []
  return new Set(tags.filter((one) => one.system === OTHER_PERSON).map((one) => one.code ?? ''))
}

/** The Patient as it was first sent: without what answers the question, and without an id that changes with every try. */
function question(resource: Resource, created: boolean): Resource {
  const { id, meta, ...rest } = resource
  const tag = (meta?.tag ?? []).filter((one) => one.system !== OTHER_PERSON)
  const { tag: _tag, ...other } = meta ?? {}
  const left = { ...other, ...(tag.length > 0 ? { tag } : {}) }
  return {
    ...rest,
    ...(created ? {} : { id }),
    ...(Object.keys(left).length > 0 ? { meta: left } : {}),
  } as Resource
}

function possiblyKnown(people: readonly PatientId[], held?: string): Fault {
  const named = people.map((one) => `Patient/${one}`).join(', ')
  const list = held === undefined ? '' : `; the question is message ${held} of the work list`
  return new Fault(
    'PATIENT_POSSIBLY_KNOWN',
    'Patient',
    `somebody with this name, birth date and sex is registered${named === '' ? '' : `: ${named}`}${list}`,
    named === ''
      ? 'Nothing was written. Ask whoever looks after identities here.'
      : `Nothing was written. If it is the same person, use that Patient. If not, send the resource again with a meta.tag of system ${OTHER_PERSON} and the id as code, one for each person named.`,
  )
}
