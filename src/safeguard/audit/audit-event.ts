import { patientId } from '../../terms/ids.ts'
import type { AuditEntry } from './audit-entry.ts'

interface Coding {
  readonly system: string
  readonly code: string
}

interface Entity {
  readonly what?: { readonly reference: string }
  readonly type?: Coding
  readonly role?: Coding
  readonly query?: string
  readonly detail?: readonly { readonly type: string; readonly valueString: string }[]
}

interface Agent {
  readonly who?: { readonly reference?: string; readonly identifier: { readonly value: string } }
  readonly altId?: string
  readonly role?: readonly { readonly coding: readonly [Coding] }[]
  readonly requestor: boolean
  readonly network?: { readonly address: string; readonly type: string }
  readonly type?: { readonly coding: readonly [Coding] }
}

/** FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html), as far as the log writes it. */
export interface AuditEvent {
  readonly resourceType: 'AuditEvent'
  readonly id: string
  readonly type: Coding
  readonly subtype: readonly [Coding]
  readonly action: AuditEntry['action']
  readonly recorded: string
  readonly outcome: string
  readonly outcomeDesc?: string
  readonly purposeOfEvent: readonly [{ readonly coding: readonly [Coding] }]
  readonly agent: readonly [Agent, ...Agent[]]
  readonly source: {
    readonly site: string
    readonly observer: { readonly display: string }
    readonly type: readonly [Coding]
  }
  readonly entity?: readonly Entity[]
}

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM'

/** Kinds that a published code says. Others are ours. */
const TYPES: Readonly<Record<string, Coding>> = {
  rest: { system: `${TERMINOLOGY}/audit-event-type`, code: 'rest' },
  search: { system: DICOM, code: '110112' },
  login: { system: DICOM, code: '110114' },
  export: { system: DICOM, code: '110106' },
  'break-glass': { system: DICOM, code: '110127' },
}
const KIND_SYSTEM = 'urn:garrod:audit-kind'

/** hl7.org/fhir/R4/valueset-type-restful-interaction.html */
const RESTFUL = new Set(
  'read vread update patch delete history history-instance history-type history-system create search search-type search-system capabilities transaction batch operation'.split(
    ' ',
  ),
)

/** AuditEvent.outcome: minor failure, the request was refused; serious failure, it broke. */
const OUTCOMES = { success: '0', refused: '4', failed: '8' } as const

const PERSON = { system: `${TERMINOLOGY}/audit-entity-type`, code: '1' }
const OBJECT = { system: `${TERMINOLOGY}/audit-entity-type`, code: '2' }
const role = (code: string): Coding => ({ system: `${TERMINOLOGY}/object-role`, code })
const PATIENT_ROLE = role('1')
const RESOURCE_ROLE = role('4')
const QUERY_ROLE = role('24')
const APPLICATION = { system: DICOM, code: '110150' }

/** An entry as FHIR tells it. `id` holds the place in the log, and a random part so that no leaf can be guessed. */
export function auditEventOf(tenant: string, entry: AuditEntry, id: string): AuditEvent {
  const { who } = entry
  const entities: Entity[] = [
    ...entry.patients.map((one) => ({
      what: { reference: `Patient/${one}` },
      type: PERSON,
      role: PATIENT_ROLE,
    })),
    ...entry.what.map((one) =>
      isReference(one)
        ? { what: { reference: one }, type: OBJECT, role: RESOURCE_ROLE }
        : { type: OBJECT, role: QUERY_ROLE, query: Buffer.from(one).toString('base64') },
    ),
  ]
  const detail = (['session', 'count', 'reason'] as const).flatMap((type) => {
    const value = type === 'session' ? who.session : entry[type]
    return value === undefined ? [] : [{ type, valueString: String(value) }]
  })
  if (detail.length > 0) entities.push({ type: OBJECT, detail })
  const requestor: Agent = {
    who: {
      ...(who.reference === undefined ? {} : { reference: who.reference }),
      identifier: { value: who.id },
    },
    altId: who.id,
    role: who.roles.map((code) => ({ coding: [{ system: 'urn:garrod:role', code }] })),
    requestor: true,
    ...(who.address === undefined ? {} : { network: { address: who.address, type: '2' } }),
  }
  const program: Agent[] =
    who.client === undefined ? [] : [{ altId: who.client, requestor: false, type: { coding: [APPLICATION] } }]
  return {
    resourceType: 'AuditEvent',
    id,
    type: TYPES[entry.kind] ?? { system: KIND_SYSTEM, code: entry.kind },
    subtype: [
      {
        system: RESTFUL.has(entry.interaction)
          ? 'http://hl7.org/fhir/restful-interaction'
          : 'urn:garrod:interaction',
        code: entry.interaction,
      },
    ],
    action: entry.action,
    recorded: entry.at,
    outcome: OUTCOMES[entry.outcome],
    ...(entry.code === undefined ? {} : { outcomeDesc: entry.code }),
    purposeOfEvent: [{ coding: [{ system: `${TERMINOLOGY}/v3-ActReason`, code: entry.purpose }] }],
    agent: [requestor, ...program],
    source: {
      site: tenant,
      observer: { display: 'Garrod' },
      type: [{ system: `${TERMINOLOGY}/security-source-type`, code: '4' }],
    },
    ...(entities.length === 0 ? {} : { entity: entities }),
  }
}

/** What `auditEventOf` was told. */
export function entryOf(event: AuditEvent): AuditEntry {
  const [{ who, role = [], network }, program] = event.agent
  const entities = event.entity ?? []
  const details = new Map(
    entities.flatMap(({ detail = [] }) => detail.map((one) => [one.type, one.valueString])),
  )
  const session = details.get('session')
  const count = details.get('count')
  const reason = details.get('reason')
  const isPatient = (one: Entity) => one.role?.code === PATIENT_ROLE.code
  return {
    at: event.recorded,
    action: event.action,
    kind: kindOf(event.type),
    interaction: event.subtype[0].code,
    outcome: outcomeOf(event.outcome),
    ...(event.outcomeDesc === undefined ? {} : { code: event.outcomeDesc }),
    who: {
      id: who!.identifier.value,
      roles: role.map(({ coding }) => coding[0].code),
      ...(who?.reference === undefined ? {} : { reference: who.reference }),
      ...(session === undefined ? {} : { session }),
      ...(program?.altId === undefined ? {} : { client: program.altId }),
      ...(network === undefined ? {} : { address: network.address }),
    },
    purpose: event.purposeOfEvent[0].coding[0].code,
    patients: entities.filter(isPatient).map(({ what }) => patientId(what!.reference.slice(8))),
    what: entities.flatMap((one) => {
      if (isPatient(one)) return []
      if (one.query !== undefined) return [Buffer.from(one.query, 'base64').toString()]
      return one.what === undefined ? [] : [one.what.reference]
    }),
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(reason === undefined ? {} : { reason }),
  }
}

function isReference(text: string): boolean {
  return /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.test(text)
}

function kindOf({ system, code }: Coding): string {
  if (system === KIND_SYSTEM) return code
  const [kind] = Object.entries(TYPES).find(([, one]) => one.system === system && one.code === code) ?? []
  if (kind === undefined) throw new RangeError(`${system}|${code} is no kind of entry`)
  return kind
}

function outcomeOf(code: string): AuditEntry['outcome'] {
  if (code === OUTCOMES.success) return 'success'
  return code === OUTCOMES.refused ? 'refused' : 'failed'
}
