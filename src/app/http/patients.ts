import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { PatientRecord } from '../../record/patient-record.ts'
import type { PatientKey } from '../../store/person.ts'
import type { VersionedRecord } from '../../store/record/record-store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { visiblePeople } from '../login/visible-patients.ts'
import { changePerson } from '../people/person-resource.ts'
import { registerPerson } from '../people/register-person.ts'
import { clinicalContext, NewPatient, PatientChange, type PatientPage, type PatientSummary } from './api.ts'
import type { AuditedAs } from './audit-trail.ts'
import { parsed } from './fault-reply.ts'
import { type SeenRecord, seenRecord } from './seen-record.ts'
import { act, type Services } from './services.ts'

const Page = z.strictObject({ search: z.string().max(200).optional(), after: z.string().max(64).optional() })
const SEARCH: AuditedAs = { kind: 'search', interaction: 'search-type' }
const WithId = z.object({ id: z.string() })

/** The person a path names. Throws PATIENT_ID_MALFORMED. */
export function keyOf(services: Services, params: unknown): PatientKey {
  return { tenant: services.tenant, patient: patientId(parsed(WithId, params, 'path').id) }
}

/** Everything known of the person a path names, and its version. Throws PATIENT_UNKNOWN. */
export async function versionedRecord(services: Services, key: PatientKey): Promise<VersionedRecord> {
  const found = await services.store.records.get(key)
  if (found === undefined) {
    throw new Fault(
      'PATIENT_UNKNOWN',
      'patient',
      `there is no patient "${key.patient}"`,
      'Register the person first, or look the id up in the patient list.',
    )
  }
  return found
}

/** Everything known of the person a path names. Throws PATIENT_UNKNOWN. */
export async function recordOf(services: Services, key: PatientKey): Promise<PatientRecord> {
  return (await versionedRecord(services, key)).record
}

/** As much of the record of the person a path names as the caller may see. Throws PATIENT_UNKNOWN. */
export async function seenBy(
  services: Services,
  request: FastifyRequest,
  key: PatientKey,
): Promise<SeenRecord> {
  return seenRecord(services, key, await recordOf(services, key), request.access.restriction)
}

/** Routes of the patient list and of what is registered about a person. */
export function patientRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant, facts } = services

  server.get('/api/patients', { config: { audit: SEARCH } }, async (request): Promise<PatientPage> => {
    const { search, after } = parsed(Page, request.query, 'query')
    const page = await store.patients.list(tenant, {
      within: request.access.restriction,
      ...(search === undefined ? {} : { search }),
      ...(after === undefined ? {} : { after: patientId(after) }),
    })
    request.audit.touch(...page.patients.map(({ id }) => id))
    request.audit.count(page.patients.length)
    return {
      patients: page.patients.map(
        ({ id, name, sex, birthDate, identifiers, genotypeSets, outsideCalls }) => ({
          id,
          name,
          sex,
          birthDate,
          identifiers,
          files: genotypeSets,
          outsideCalls,
        }),
      ),
      total: page.total,
      next: page.next,
    }
  })

  server.post('/api/patients', async (request, reply): Promise<PatientSummary> => {
    const wanted = parsed(NewPatient, request.body, 'body')
    const id = patientId(wanted.id ?? `p-${randomUUID().slice(0, 8)}`)
    const { name, sex, birthDate, identifiers, measurements, anotherPerson } = wanted
    const key = { tenant, patient: id }
    const details = { id, name, sex, birthDate, identifiers }
    await registerPerson(store, facts, tenant, details, act(services, 'web'), {
      others: anotherPerson,
      sees: async (people) => {
        const seen = await visiblePeople(services, request.caller, people)
        request.audit.touch(...seen)
        return seen
      },
      mend: (people) =>
        `If it is the same person, open that record. If not, send the request again with "anotherPerson": ${JSON.stringify(people)}.`,
    })
    const context = clinicalContext(wanted.context)
    if (measurements.length > 0 || Object.keys(context).length > 0)
      await store.records.change(key, { measurements, context }, act(services, 'web'))
    request.audit.touch(id)
    reply.code(201).header('location', `/api/patients/${id}`)
    return summaryOf(await seenBy(services, request, key))
  })

  server.get('/api/patients/:id', async (request) =>
    summaryOf(await seenBy(services, request, keyOf(services, request.params))),
  )

  server.patch('/api/patients/:id', async (request): Promise<PatientSummary> => {
    const key = keyOf(services, request.params)
    const { name, sex, birthDate, measurements, context } = parsed(PatientChange, request.body, 'body')
    await recordOf(services, key)
    const details = {
      ...(name === undefined ? {} : { name }),
      ...(sex === undefined ? {} : { sex }),
      ...(birthDate === undefined ? {} : { birthDate }),
    }
    if (Object.keys(details).length > 0) await changePerson(store, facts, key, details, act(services, 'web'))
    const parts = {
      ...(measurements === undefined ? {} : { measurements }),
      ...(context === undefined ? {} : { context: clinicalContext(context) }),
    }
    if (Object.keys(parts).length > 0) await store.records.change(key, parts, act(services, 'web'))
    return summaryOf(await seenBy(services, request, key))
  })
}

function summaryOf({ record, withheld }: SeenRecord): PatientSummary {
  const { genotypes, ...rest } = record
  return {
    ...rest,
    ...(withheld === undefined ? {} : { withheld }),
    files: genotypes.map(({ sample, source, assembly, notes, calls, gaps }) => ({
      sample,
      source,
      assembly,
      notes,
      calls: calls.length,
      gaps: gaps.length,
    })),
  }
}
