import type { Store } from '../../store/store.ts'
import { holdPerson, personAnswered } from '../exchange/held-person.ts'
import { peopleAlike } from '../exchange/whose-message.ts'
import type { KnownPeople } from './new-person.ts'

/** Who is registered in this store. Questions join the work list of messages. */
export function knownPeople(
  { patients, messages }: Pick<Store, 'patients' | 'messages'>,
  newId: () => string,
): KnownPeople {
  const held = { messages, newId }
  return {
    alike: (tenant, view) => peopleAlike(patients, tenant, view),
    withIdentifier: (tenant, identifier) => patients.withIdentifier(tenant, identifier),
    registeredOn: (tenant, birthDate) => patients.registeredOn(tenant, birthDate),
    registered: async (tenant, patient) => (await patients.head({ tenant, patient })) !== undefined,
    hold: (...question) => holdPerson(held, ...question),
    answered: (...question) => personAnswered(held, ...question),
  }
}
