import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { LONGEST_PHENOPACKET } from '../../intake/phenopacket/read-phenopacket.ts'
import type { Phenopacket } from '../../record/phenopacket.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { accessOf } from '../access/access-of.ts'
import { accessDenied } from '../access/gate.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import { exportPhenopacket } from './phenopacket-export.ts'
import {
  importPhenopacket,
  type MayWrite,
  type PhenopacketReceipt,
  type PhenopacketTarget,
} from './phenopacket-import.ts'

const Target = z.strictObject({
  patient: z.string().max(64).optional(),
  register: z.enum(['true', 'false']).optional(),
  id: z.string().max(64).optional(),
})

/**
 *   POST /api/phenopackets?patient=ID            a Phenopacket v2 into the record of somebody registered
 *   POST /api/phenopackets?register=true[&id=ID] the subject is registered as a new person
 *   GET  /api/patients/:id/phenopacket           the person as a Phenopacket v2
 */
export async function phenopacketRoutes(server: FastifyInstance, services: Services): Promise<void> {
  await server.register(async (scope) => {
    // As text: the document is kept byte for byte, and faults name its lines.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: LONGEST_PHENOPACKET },
      (_request, body, done) => done(null, body),
    )
    scope.post(
      '/api/phenopackets',
      {
        config: {
          access: { action: 'create', kind: 'Observation' },
          audit: { kind: 'rest', interaction: 'create', action: 'C' },
        },
      },
      async (request, reply): Promise<PhenopacketReceipt> => {
        const target = targetOf(parsed(Target, request.query, 'query'))
        const access = accessOf(services.facts, services.site)
        const mayWrite: MayWrite = async (types, patient) => {
          const at = services.now().toISOString()
          const person = patient === undefined ? {} : { patient }
          for (const kind of types) {
            const decision = access.authorize(request.caller, { action: 'create', kind, ...person }, at)
            if (!decision.allow) throw accessDenied(decision.because)
          }
          if (patient === undefined) return
          const { restriction } = access.authorize(
            request.caller,
            { action: 'read', kind: 'Patient', patient },
            at,
          )
          const sight = { type: 'Patient', id: patient, labels: [], codes: [] }
          const [shown] = await services.store.access.shown(services.tenant, patient, [sight], restriction)
          // As for a person who is not there.
          if (shown !== true) throw unknown()
        }
        const document = { text: String(request.body ?? ''), name: 'body' }
        const receipt = await importPhenopacket(
          services,
          document,
          target,
          act(services, request.caller.id),
          mayWrite,
        )
        request.audit.touch(receipt.patient)
        reply.code(201).header('location', `/api/patients/${receipt.patient}/phenopacket`)
        return receipt
      },
    )
  })
  server.get(
    '/api/patients/:id/phenopacket',
    {
      config: {
        access: { action: 'read', kind: 'Report', shows: 'genetic' },
        audit: { kind: 'export', interaction: 'phenopacket', action: 'R' },
      },
    },
    async (request): Promise<Phenopacket> => {
      const { patient } = keyOf(services, request.params)
      const within = request.access.restriction
      return exportPhenopacket(services, patient, within, services.now().toISOString())
    },
  )
}

function targetOf({ patient, register, id }: z.output<typeof Target>): PhenopacketTarget {
  if ((patient === undefined) === (register !== 'true')) {
    throw new Fault(
      'REQUEST_MALFORMED',
      'query.patient',
      'a packet goes to one person: somebody registered, or somebody to be registered',
      'Add ?patient=ID, or ?register=true.',
    )
  }
  return patient === undefined
    ? { kind: 'register', patient: id === undefined ? undefined : patientId(id) }
    : { kind: 'patient', patient: patientId(patient) }
}

function unknown(): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    'patient',
    'there is no patient of this id',
    'Register the person first, or look the id up in the patient list.',
  )
}
