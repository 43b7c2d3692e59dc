import type { PatientView } from '../../intake/hl7v2/segment/patient-view.ts'
import type { Resource } from '../../record/resource.ts'
import { resourceText } from '../../record/resource-text.ts'
import type { Messages } from '../../store/messages/message-store.ts'
import type { Patient } from '../../store/people/people-store.ts'
import type { Act } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { viewsOf } from '../fhir/new-person.ts'
import { patientDetails } from '../fhir/patient-details.ts'
import type { ExchangeServices } from './exchange-services.ts'
import { contradictionsOf } from './same-person.ts'
import type { Decision, Meaning, Settled } from './what-follows.ts'
import { contradiction, peopleAlike, possiblyKnown, withAny } from './whose-message.ts'

/** Type of a message that is a Patient, sent to the FHIR server, who may be registered already. */
export const HELD_PERSON = 'FHIR Patient'

type Held = { readonly messages: Messages; readonly newId: () => string }

/** Keeps a Patient for somebody to say who it is; the same one once. Returns the id of the message. */
export async function holdPerson(
  { messages, newId }: Held,
  tenant: TenantId,
  patient: Resource,
  because: Fault,
  act: Act,
): Promise<string> {
  const message = { id: newId(), ...messageOf(patient, act) }
  const earlier = await messages.earlier(tenant, message.sender, undefined, message.raw)
  if (earlier?.same === true && earlier.state !== 'discarded') return earlier.id
  const outcome = { ...LEFT, state: 'unknown-patient', fault: because.toJSON() } as const
  await messages.take(tenant, message, outcome, act)
  return message.id
}

/** The sender has said itself that it is another person: nobody else needs to. */
export async function personAnswered(
  { messages }: Held,
  tenant: TenantId,
  patient: Resource,
  act: Act,
): Promise<void> {
  const { sender, raw } = messageOf(patient, act)
  const earlier = await messages.earlier(tenant, sender, undefined, raw)
  if (earlier?.same !== true || earlier.state !== 'unknown-patient') return
  const { attempts } = await messages.read(tenant, earlier.id)
  const warnings = ['the sender has said that it is another person']
  await messages.settle(tenant, earlier.id, { ...LEFT, state: 'discarded', warnings }, act, attempts)
}

const LEFT = { patient: undefined, fault: undefined, warnings: [], unmapped: [], ack: '', writes: [] }

function messageOf(patient: Resource, { by }: Act) {
  const raw = Buffer.from(resourceText(patient))
  return { sender: `fhir|${by}`, controlId: undefined, type: HELD_PERSON, raw }
}

/** What a kept Patient comes to, once somebody has decided. */
export function heldPerson(raw: Uint8Array): Meaning {
  const sent = JSON.parse(Buffer.from(raw).toString('utf8')) as Resource
  const { identifiers } = patientDetails({ ...sent, id: 'held' })
  const [first] = viewsOf(sent)
  const view: PatientView = {
    ...(first as PatientView),
    identifiers: identifiers.map((one) => ({ ...one, type: undefined })),
  }
  const content = {
    kind: 'identity',
    patient: view,
    registers: true,
    warnings: [],
    unmapped: [],
    assumed: [],
    resources: () => [],
  } as const
  const settled = (state: Settled['state'], patient?: PatientId, more: Partial<Settled> = {}): Settled => ({
    state,
    patient,
    fault: undefined,
    content,
    writes: [],
    notes: [],
    ...more,
  })
  return {
    content,
    async follow(services, decision) {
      const { patients, tenant } = services
      const known = await meant(services, view, decision)
      if (known !== undefined) {
        await addNumbers(services, known, view, decision.act)
        return settled('processed', known.id)
      }
      const alike = await peopleAlike(patients, tenant, view)
      if (alike.length > 0 && decision.register !== true)
        return settled('unknown-patient', undefined, { fault: possiblyKnown() })
      const patient = patientId(sent.id ?? services.newId())
      if ((await patients.head({ tenant, patient })) !== undefined) throw taken(patient)
      const writes = await services.writesOf([{ ...sent, id: patient }], patient)
      return settled('processed', patient, { writes })
    },
  }
}

/** Whom somebody named, else who has one of the numbers. Throws IDENTITY_AMBIGUOUS, IDENTITY_CONTRADICTION, PATIENT_UNKNOWN. */
async function meant(
  { patients, tenant }: ExchangeServices,
  view: PatientView,
  { linked, confirmed }: Decision,
): Promise<Patient | undefined> {
  const found =
    linked === undefined
      ? await withAny(patients, tenant, view.identifiers)
      : [await patients.get({ tenant, patient: linked })]
  const [person] = found
  if (found.length > 1) {
    throw new Fault(
      'IDENTITY_AMBIGUOUS',
      'Patient.identifier',
      'the identifiers belong to more than one person',
      'Check them; if it is one person, merge the two records first (ADT A40).',
    )
  }
  if (person === undefined && linked !== undefined) {
    throw new Fault(
      'PATIENT_UNKNOWN',
      `patient ${linked}`,
      `there is no patient "${linked}"`,
      'See "garrod patient list".',
    )
  }
  const against = person === undefined || confirmed === true ? [] : contradictionsOf(view, person)
  if (against.length > 0) throw contradiction(against.join(', '))
  return person
}

async function addNumbers(
  { patients, tenant }: ExchangeServices,
  known: Patient,
  view: PatientView,
  act: Act,
): Promise<void> {
  const missing = view.identifiers.filter(
    (one) => !known.identifiers.some((has) => has.system === one.system && has.value === one.value),
  )
  if (missing.length === 0) return
  const identifiers = [...known.identifiers, ...missing.map(({ system, value }) => ({ system, value }))]
  await patients.update({ tenant, patient: known.id }, { identifiers }, act)
}

function taken(patient: PatientId): Fault {
  return new Fault(
    'PATIENT_EXISTS',
    `Patient/${patient}`,
    'the id of this Patient was given to somebody in the meantime',
    'Link the message to that person, or have it sent again under another id.',
  )
}
