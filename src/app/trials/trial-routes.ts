import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Phase } from '../../decide/enrol/phase.ts'
import { studiesOfPage } from '../../decide/enrol/registry/study.ts'
import { Fault } from '../../terms/fault.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf } from '../http/patients.ts'
import { WITHHELD } from '../http/seen-record.ts'
import { act, type Services } from '../http/services.ts'
import type { CandidateFiles } from './candidate-files.ts'
import { shownPerson } from './kept-candidate.ts'
import { loadTrials } from './load-trials.ts'
import { type KeptTrialAnswer, personTrials, treeVersion } from './person-trials.ts'
import { rematchesOf } from './rematch-job.ts'
import { trialShelf } from './trial-shelf.ts'

const LARGEST = 32 * 2 ** 20
const MOST_DOCUMENTS = 1000

const flag = z.enum(['true', 'false']).default('false')
const Asked = z.strictObject({
  within: z.coerce.number().positive().max(30_000).optional(),
  closed: flag,
  all: flag,
})

export interface PersonTrialsReply {
  readonly asOf: string
  /** What is known of where the person lives; undefined: nothing. */
  readonly home: 'position' | 'postal code' | undefined
  readonly trials: readonly KeptTrialAnswer[]
  /** Files of tumours that bear on the answer, or why they do not. */
  readonly files: readonly CandidateFiles[]
  readonly leftOut: readonly { readonly study: string; readonly what: string }[]
  readonly facts: readonly string[]
  /** What the caller is told when part of the record is not shown to them. */
  readonly withheld: string | undefined
}

export interface TrialRow {
  readonly study: string
  readonly protocol: string
  readonly nctId: string | undefined
  readonly title: string | undefined
  readonly status: string | undefined
  readonly phases: readonly Phase[]
  readonly drugs: readonly string[]
  readonly sites: number
  readonly clauses: readonly { readonly path: string; readonly code: string; readonly open: boolean }[]
}

/** Trials that are kept here, and those of one person. */
export function trialRoutes(server: FastifyInstance, services: Services, wake: () => void): void {
  const { store, tenant, facts, now } = services

  server.get('/api/patients/:id/trials', async (request): Promise<PersonTrialsReply> => {
    const { patient } = keyOf(services, request.params)
    const { within, closed, all } = parsed(Asked, request.query, 'query')
    const found = await shownPerson(store, facts, tenant, patient, request.access.restriction)
    if (found === undefined) throw unknownPatient(patient)
    const { candidate: person, files } = found
    const shelf = await trialShelf(services, tenant)
    const trials = personTrials(shelf, person, facts, {
      ...(within === undefined ? {} : { withinKilometres: within }),
      postalCodes: services.postalCodes,
      closed: closed === 'true',
      everything: all === 'true',
    })
    request.audit.count(trials.length)
    const { position, postalCode } = person.home ?? {}
    return {
      asOf: now().toISOString().slice(0, 10),
      home: position !== undefined ? 'position' : postalCode === undefined ? undefined : 'postal code',
      trials,
      files,
      leftOut: shelf.leftOut.map(({ study, fault }) => ({ study, what: fault.what })),
      facts: [treeVersion(facts)],
      withheld: person.partlyShown === true ? WITHHELD : undefined,
    }
  })

  server.get(
    '/api/trials',
    { config: { audit: false } },
    async (): Promise<{ trials: readonly TrialRow[] }> => {
      const shelf = await trialShelf(services, tenant)
      const trials = shelf.trials.map(({ study, trial }): TrialRow => {
        const { protocol, nctId, title, status, phases, drugs, sites, clauses } = trial
        const rows = clauses.map(({ path, code, suspended }) => ({ path, code, open: !suspended }))
        return { study, protocol, nctId, title, status, phases, drugs, sites: sites.length, clauses: rows }
      })
      return { trials }
    },
  )

  server.post(
    '/api/trials',
    { bodyLimit: LARGEST, config: { audit: { interaction: 'load' } } },
    async (request, reply) => {
      const sent: readonly unknown[] = Array.isArray(request.body)
        ? (request.body as unknown[])
        : [request.body]
      if (sent.length > MOST_DOCUMENTS) throw tooManyTrials()
      if (sent.length === 0) throw noTrials()
      const documents = sent.flatMap(studiesOfPage).map((one, i) => [`body[${i}]`, one] as const)
      const { loaded, changes } = await loadTrials(
        services,
        tenant,
        documents,
        act(services, request.caller.id),
      )
      await store.jobs.enqueue(tenant, await rematchesOf(store, tenant, changes), now().toISOString())
      wake()
      request.audit.about(...changes.map(({ type, id }) => `${type}/${id}`))
      const results = loaded.map((one) =>
        'fault' in one ? { document: one.where, ...one.fault.toJSON() } : one,
      )
      return reply.code(loaded.every((one) => 'fault' in one) ? 422 : 200).send({ trials: results })
    },
  )
}

function tooManyTrials(): Fault {
  return new Fault(
    'TRIALS_MALFORMED',
    'body',
    `there are more than ${MOST_DOCUMENTS} trials`,
    'Send them in parts.',
  )
}

function noTrials(): Fault {
  return new Fault('TRIALS_MALFORMED', 'body', 'the list of trials is empty', 'Send one trial or more.')
}

function unknownPatient(patient: string): Fault {
  return new Fault(
    'PATIENT_UNKNOWN',
    'patient',
    `there is no patient "${patient}"`,
    'Register the person first, or look the id up in the patient list.',
  )
}
