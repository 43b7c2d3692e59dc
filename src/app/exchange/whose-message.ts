import type { MessageContent } from '../../intake/hl7v2/message-context.ts'
import type { PatientView } from '../../intake/hl7v2/segment/patient-view.ts'
import type { Patient, Patients } from '../../store/people/people-store.ts'
import type { Identifier } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { contradictionsOf, looksLike } from './same-person.ts'

/** Whose message it is: a registered person; nobody known; or somebody to be registered. */
type Whose =
  | { readonly kind: 'known'; readonly patient: Patient }
  | { readonly kind: 'unknown'; readonly because: Fault }
  /** `registeredBefore`: how many of that birth date had been registered when it was looked. */
  | { readonly kind: 'new'; readonly registeredBefore: number | undefined }

/**
 * Finds the person by the identifiers of PID-3. Throws IDENTITY_AMBIGUOUS when they belong to two people, and
 * IDENTITY_CONTRADICTION when name, birth date, sex or another identifier say that it is somebody else, unless
 * somebody has confirmed that it is the same person.
 */
export async function whoseMessage(
  patients: Patients,
  tenant: TenantId,
  content: MessageContent,
  registers: boolean,
  confirmed: boolean,
): Promise<Whose> {
  const view = content.patient
  const found = await withAny(patients, tenant, view.identifiers)
  if (found.length > 1) throw ambiguous()
  const [patient] = found
  if (patient === undefined) {
    if (content.registers !== true || !registers) return { kind: 'unknown', because: unknown() }
    const registeredBefore =
      view.birthDate === undefined ? undefined : await patients.registeredOn(tenant, view.birthDate)
    const alike = await peopleAlike(patients, tenant, view)
    return alike.length > 0
      ? { kind: 'unknown', because: possiblyKnown() }
      : { kind: 'new', registeredBefore }
  }
  if (!confirmed) refuseContradiction(content, patient)
  return { kind: 'known', patient }
}

/** Throws IDENTITY_CONTRADICTION. ADT A08 and A31 are there to correct a name: of those, only two things may not differ. */
function refuseContradiction(content: MessageContent, patient: Patient): void {
  const found = contradictionsOf(content.patient, patient)
  const corrects = content.kind === 'identity' && content.registers !== true
  const serious = corrects ? (found.length > 1 ? found : found.filter((one) => one === 'identifier')) : found
  if (serious.length > 0) throw contradiction(serious.join(', '))
}

/** Everyone who has one of the identifiers, each once. */
export async function withAny(
  patients: Patients,
  tenant: TenantId,
  identifiers: readonly Identifier[],
): Promise<readonly Patient[]> {
  const found = new Map<string, Patient>()
  for (const { system, value } of identifiers) {
    const one = await patients.withIdentifier(tenant, { system, value })
    if (one !== undefined) found.set(one.id, one)
  }
  return [...found.values()]
}

/** Everybody with the same name, birth date and sex: to register this person could make a second chart. */
export async function peopleAlike(
  patients: Pick<Patients, 'bornOn'>,
  tenant: TenantId,
  view: PatientView,
): Promise<readonly Patient[]> {
  const word = view.name?.family ?? view.name?.given[0]
  if (word === undefined || view.birthDate === undefined) return []
  const born = await patients.bornOn(tenant, view.birthDate, word)
  return born.filter((one) => looksLike(view, one))
}

export function contradiction(parts: string): Fault {
  return new Fault(
    'IDENTITY_CONTRADICTION',
    'PID',
    `the identifier belongs to a person from whom the message differs in: ${parts}`,
    'Check the identifier against the patient; nothing was filed.',
  )
}

function ambiguous(): Fault {
  return new Fault(
    'IDENTITY_AMBIGUOUS',
    'PID-3',
    'the identifiers belong to more than one person',
    'Check them; if it is one person, merge the two records first (ADT A40).',
  )
}

function unknown(): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    'PID-3',
    'nobody with this identifier is registered',
    'The message waits: register the person, or link it to one who is.',
  )
}

export function possiblyKnown(): Fault {
  return new Fault(
    'PATIENT_POSSIBLY_KNOWN',
    'PID',
    'somebody with this name, birth date and sex is registered under another identifier',
    'The message waits: link it to that person, or register a new one.',
  )
}
