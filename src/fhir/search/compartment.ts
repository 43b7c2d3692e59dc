import type { Resource, ResourceRef } from '../../record/resource.ts'
import type { IndexEntry } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { walk } from './expression-path.ts'
import { referenceTarget } from './reference-target.ts'
import type { SearchIndex } from './search-index.ts'

/** Whom a resource is about, as far as it says so itself. */
interface NamedPeople {
  /** Ids of Patient resources of this server. */
  readonly patients: ReadonlySet<string>
  /** People named by an identifier alone, without a reference. */
  readonly identifiers: readonly {
    readonly system: string | undefined
    readonly value: string
    readonly sure: boolean
  }[]
}

/**
 * Reference parameters of the R4 patient compartment that may name somebody else than the person the resource is
 * about: the parent who holds a child's insurance, the members of a group, the other record of the same person.
 */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  Coverage: ['policy-holder', 'subscriber', 'payor'],
  Group: ['member'],
  Patient: ['link'],
}
/** Not in the compartment of R4, but about a person when they name one. */
const ALSO: Readonly<Record<string, readonly string[]>> = { Device: ['patient'] }

/** References that lead to another person on purpose: what a finding is about (a fetus, a donor). */
const CROSSING: Readonly<Record<string, readonly string[]>> = {
  Observation: ['focus'],
  Group: ['member'],
  Patient: ['link'],
}

/** Reference parameters by which a resource of this type lies in the compartment of a person. */
export function compartmentParameters(type: string, index: SearchIndex): readonly string[] {
  const listed = index.facts.patientCompartment.get(type) ?? ALSO[type] ?? []
  return listed.filter((param) => OTHERS[type]?.includes(param) !== true)
}

/**
 * The people that a resource names in the parameters of the patient compartment (R4 CompartmentDefinition/patient).
 * Throws PATIENT_ELSEWHERE when it names a Patient of another server, or one that it contains: whose record it belongs
 * to would be a guess.
 */
export function namedPeople(resource: Resource, index: SearchIndex, base: string): NamedPeople {
  const { resourceType: type } = resource
  if (type === 'Patient') return { patients: new Set([resource.id ?? '']), identifiers: [] }
  const patients = new Set<string>()
  const identifiers: { system: string | undefined; value: string; sure: boolean }[] = []
  for (const code of compartmentParameters(type, index)) {
    const parameter = index.parameter(type, code)
    for (const path of parameter?.paths ?? []) {
      walk(path, resource, (value) => {
        const { reference, identifier, type: said } = value as Record<string, unknown>
        if (typeof reference === 'string') {
          const target = referenceTarget(reference, base)
          if (target.kind === 'local') {
            if (target.type === 'Patient') patients.add(target.id)
          } else if (isForeignPatient(target, said, resource)) throw elsewhere(type, code, target)
          return
        }
        const { system, value: id } = (identifier ?? {}) as Record<string, unknown>
        if (typeof id !== 'string' || (said !== undefined && said !== 'Patient')) return
        const targets = parameter?.targets ?? []
        const sure = said === 'Patient' || (targets.length === 1 && targets[0] === 'Patient')
        identifiers.push({ system: typeof system === 'string' ? system : undefined, value: id, sure })
      })
    }
  }
  return { patients, identifiers }
}

/** Resources of people's records that this one refers to: they must be of the same person. */
export function referredResources(
  type: string,
  entries: readonly IndexEntry[],
  index: SearchIndex,
): readonly ResourceRef[] {
  const crossing = CROSSING[type] ?? []
  const found = new Map<string, ResourceRef>()
  for (const entry of entries) {
    if (entry.kind !== 'reference' || entry.type === 'Patient' || crossing.includes(entry.param)) continue
    if (index.facts.patientCompartment.has(entry.type) || ALSO[entry.type] !== undefined) {
      found.set(`${entry.type}/${entry.id}`, { type: entry.type, id: entry.id })
    }
  }
  return [...found.values()]
}

function isForeignPatient(
  target: ReturnType<typeof referenceTarget>,
  said: unknown,
  resource: Resource,
): boolean {
  if (target.kind === 'contained') {
    const contained = (resource['contained'] ?? []) as readonly Resource[]
    return contained.some((one) => one.id === target.id && one.resourceType === 'Patient')
  }
  return (
    target.kind === 'elsewhere' &&
    (said === 'Patient' || target.type === 'Patient' || target.uri.startsWith('urn:'))
  )
}

function elsewhere(type: string, param: string, target: ReturnType<typeof referenceTarget>): Fault {
  // What a urn stands for only the fullUrl of an entry tells, and none of this request has it.
  return target.kind === 'elsewhere' && target.uri.startsWith('urn:')
    ? new Fault(
        'PATIENT_ELSEWHERE',
        `${type}.${param}`,
        'the reference is a urn that no entry of this request has as its fullUrl: it may be a Patient',
        'Send that entry in the same transaction, or refer to what is here as Type/id.',
      )
    : new Fault(
        'PATIENT_ELSEWHERE',
        `${type}.${param}`,
        'the resource is about a Patient that is not a resource of this server',
        'Create the Patient here, or refer to the one that is here as Patient/id.',
      )
}

/** The refusal of a resource about more than one person. */
export function twoPatients(where: string): Fault {
  return new Fault(
    'TWO_PATIENTS',
    where,
    'the resource names, or refers to the record of, more than one patient',
    'Check whom it is about; a resource belongs to the record of one person.',
  )
}
