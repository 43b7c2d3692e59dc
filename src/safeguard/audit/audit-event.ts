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
  rest: { code: 'rest', system: `${TERMINOLOGY}/audit-event-type` },
  search: { code: '110112', system: DICOM },
  login: { code: '110114', system: DICOM },
  export: { code: '110106', system: DICOM },
  'break-glass': { code: '110127', system: DICOM },
}
const INTERACTION = 'http://hl7.org/fhir/restful-interaction'
const KIND_SYSTEM = 'urn:garrod:audit-kind'

/** hl7.org/fhir/R4/valueset-type-restful-interaction.html */
const RESTFUL = new Set(
  'read vread update patch delete history history-instance history-type history-system create search search-type search-system capabilities transaction batch operation'.split(
    ' ',
  ),
)

/** AuditEvent.outcome: minor failure, the request was refused; serious failure, it broke. */
const OUTCOMES = { success: '0', refused: '4', failed: '8' } as const

const PERSON = { code: '1', system: `${TERMINOLOGY}/audit-entity-type` }
const OBJECT = { code: '2', system: `${TERMINOLOGY}/audit-entity-type` }
const role = (code: string): Coding => ({ code, system: `${TERMINOLOGY}/object-role` })
const PATIENT_ROLE = role('1')
const RESOURCE_ROLE = role('4')
const QUERY_ROLE = role('24')
const APPLICATION = { code: '110150', system: DICOM }

/**
 * An entry as FHIR tells it. `id` holds the place in the log, and a random part so that no leaf can be guessed.
 * The keys of every object are written in their canonical order (see `orderedJson`).
 */
export function auditEventOf(tenant: string, entry: AuditEntry, id: string): AuditEvent {
  const { who } = entry
  const requestor: Agent = {
    altId: who.id,
    ...(who.address === undefined ? {} : { network: { address: who.address, type: '2' } }),
    requestor: true,
    role: who.roles.map((code) => ({ coding: [{ code, system: 'urn:garrod:role' }] })),
    who: {
      identifier: { value: who.id },
      ...(who.reference === undefined ? {} : { reference: who.reference }),
    },
  }
  const program: Agent[] =
    who.client === undefined ? [] : [{ altId: who.client, requestor: false, type: { coding: [APPLICATION] } }]
  const entity = entitiesOf(entry)
  const published = RESTFUL.has(entry.interaction)
  return {
    action: entry.action,
    agent: [requestor, ...program],
    ...(entity.length === 0 ? {} : { entity }),
    id,
    outcome: OUTCOMES[entry.outcome],
    ...(entry.code === undefined ? {} : { outcomeDesc: entry.code }),
    purposeOfEvent: [{ coding: [{ code: entry.purpose, system: `${TERMINOLOGY}/v3-ActReason` }] }],
    recorded: entry.at,
    resourceType: 'AuditEvent',
    source: {
      observer: { display: 'Garrod' },
      site: tenant,
      type: [{ code: '4', system: `${TERMINOLOGY}/security-source-type` }],
    },
    subtype: [{ code: entry.interaction, system: published ? INTERACTION : 'urn:garrod:interaction' }],
    type: TYPES[entry.kind] ?? { code: entry.kind, system: KIND_SYSTEM },
  }
}

function entitiesOf(entry: AuditEntry): Entity[] {
  const detail = (['session', 'count', 'reason'] as const).flatMap((type) => {
    const value = type === 'session' ? entry.who.session : entry[type]
    return value === undefined ? [] : [{ type, valueString: String(value) }]
  })
  return [
    ...entry.patients.map((one) => ({
      role: PATIENT_ROLE,
      type: PERSON,
      what: { reference: `Patient/${one}` },
    })),
    ...entry.what.map((one) =>
      isReference(one)
        ? { role: RESOURCE_ROLE, type: OBJECT, what: { reference: one } }
        : { query: Buffer.from(one).toString('base64'), role: QUERY_ROLE, type: OBJECT },
    ),
    ...(detail.length === 0 ? [] : [{ detail, type: OBJECT }]),
  ]
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

/** What an AuditEvent.type code is called here: one kind, or none. */
export function kindsOf(code: string): string[] {
  const published = Object.entries(TYPES).filter(([, one]) => one.code === code)
  if (published.length > 0) return published.map(([kind]) => kind)
  return code in TYPES ? [] : [code]
}

/** Of AuditEvent.outcome: 0 success, 4 minor failure, 8 and 12 serious ones. */
export function outcomeOf(code: string): AuditEntry['outcome'] {
  if (code === OUTCOMES.success) return 'success'
  return code === OUTCOMES.refused ? 'refused' : 'failed'
}
