import type { Facts } from '../../knowledge/facts.ts'
import type { Patient } from '../../store/people/people-store.ts'
import type { Act, PatientDetails } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import { peopleAlike } from '../exchange/whose-message.ts'
import { oneByOne, viewsOf } from '../fhir/new-person.ts'
import { addPerson, lookedFor, patientResource } from './person-resource.ts'

/** How a door asks whether a new person is somebody who is registered. */
interface SamePersonQuestion {
  /** People of whom the asker has said that they are others. One by one: a blanket yes would switch the guard off. */
  readonly others: readonly string[]
  /** Picks those whom the asker may see; the rest are not named. */
  readonly sees: (people: readonly PatientId[]) => Promise<readonly PatientId[]>
  /** How to say that the person is another than these. */
  readonly mend: (people: readonly PatientId[]) => string
}

/** A person who may be registered already, under these ids. */
class PossiblyKnown extends Fault {
  readonly people: readonly PatientId[]

  constructor(people: readonly PatientId[], mend: string) {
    super(
      'PATIENT_POSSIBLY_KNOWN',
      'patient',
      `somebody with this name, birth date and sex is registered${people.length === 0 ? '' : `: ${people.join(', ')}`}`,
      mend,
    )
    this.people = people
  }

  override toJSON() {
    return { ...super.toJSON(), people: this.people }
  }
}

/**
 * Registers a person, unless that would silently be a second chart of somebody: the rule is that of a Patient sent to
 * the FHIR server. Throws PossiblyKnown, and what `addPerson` throws.
 */
export async function registerPerson(
  store: Pick<Store, 'patients' | 'resources'>,
  facts: Facts,
  tenant: TenantId,
  details: PatientDetails,
  act: Act,
  question: SamePersonQuestion,
): Promise<Patient> {
  const resource = patientResource(details)
  return oneByOne(tenant, [resource], async () => {
    const others = new Set<string>([...question.others, details.id])
    const alike = new Set<PatientId>()
    const { birthDate } = details
    const registeredBefore =
      birthDate === undefined ? undefined : await store.patients.registeredOn(tenant, birthDate)
    for (const view of viewsOf(resource)) {
      for (const { id } of await peopleAlike(store.patients, tenant, view)) if (!others.has(id)) alike.add(id)
    }
    if (alike.size === 0) return addPerson(store, facts, tenant, lookedFor(details, registeredBefore), act)
    const seen = await question.sees([...alike].sort())
    const mend = seen.length === alike.size ? question.mend(seen) : 'Ask whoever looks after identities here.'
    throw new PossiblyKnown(seen, `Nothing was written. ${mend}`)
  })
}
