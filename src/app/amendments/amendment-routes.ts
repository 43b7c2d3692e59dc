import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import { disputed } from '../../record/dispute.ts'
import type { Resource, ResourceRef } from '../../record/resource.ts'
import { onlyPatient, type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText } from '../../record/resource-text.ts'
import { labelling } from '../../safeguard/labels/labels-of.ts'
import { madeFrom } from '../../safeguard/labels/made-from.ts'
import type { PatientKey } from '../../store/person.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import { Fault } from '../../terms/fault.ts'
import { whileNothingChanges } from '../exchange/exchange.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, recordOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import {
  AMENDMENT,
  type AmendmentView,
  amendedTask,
  amendmentTask,
  deniedTask,
  extendedTask,
  GROUNDS,
  type Ground,
  isAmendment,
  viewOf,
  withStep,
} from './amendment-task.ts'

const words = z.string().trim().min(1).max(5000)
const reference = z
  .string()
  .regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/, 'an entry is named as Observation/ID')
const Asked = z.strictObject({ entry: reference.optional(), wanted: words, why: words })
const Decision = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('accept'),
    /** What was done. */
    text: words,
    /** Entries that were corrected or added. */
    amended: z.array(reference).max(50).default([]),
  }),
  z.strictObject({
    decision: z.literal('deny'),
    ground: z.enum(Object.keys(GROUNDS) as [Ground, ...Ground[]]),
    text: words,
  }),
])
const Statement = z.strictObject({ text: words })
const Named = z.object({ id: z.string(), task: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, 'not an id') })

/** Requests on the work list. */
const MOST = 500

const token = (param: string, code: string, system?: string) => ({
  ...{ kind: 'token' as const, param, not: false },
  values: [{ system, code }],
})
const TASKS = [token('code', AMENDMENT, 'urn:garrod:task')]
/** Asked of the store, not filtered from what it found: behind many answered ones an old one would be lost. */
const WAITING = [...TASKS, token('status', 'requested')]

/**
 * A person's right to have the record amended (45 CFR 164.526): asked, answered with a reason and in time, and where it
 * was denied a statement of disagreement that stays with the entry. Each request is a Task.
 */
export function amendmentRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant, facts, now } = services
  const writes = resourceWrites(facts)
  const rules = labelling(sensitivityRules(facts))

  const found = async (
    within: Restriction,
    criteria = TASKS,
    descending = true,
  ): Promise<readonly AmendmentView[]> => {
    const page = await store.resources.search(tenant, {
      ...{ type: 'Task', criteria, sort: [{ param: 'authored-on', descending }], count: MOST },
      ...{ after: undefined, total: false, within },
    })
    return page.resources.flatMap(({ json }) =>
      json === undefined ? [] : [viewOf(JSON.parse(json) as Resource, now())],
    )
  }

  /** Changes one request, as it is when it is written. Throws AMENDMENT_UNKNOWN and what `change` throws. */
  const step = async (
    request: FastifyRequest,
    change: (task: Resource, view: AmendmentView) => Resource,
    linksEntry = false,
  ): Promise<AmendmentView> => {
    const key = keyOf(services, request.params)
    const { task: id } = parsed(Named, request.params, 'path')
    const by = act(services, request.caller.id)
    return whileNothingChanges(async () => {
      const stored = await readTask(services, key, id, requestsWithin(request.access.restriction))
      const task = JSON.parse(stored.json!) as Resource
      const after = change(task, viewOf(task, now()))
      const view = viewOf(after, now())
      const entry =
        linksEntry && view.entry !== undefined ? await entryOf(services, key, view.entry) : undefined
      const link =
        entry === undefined
          ? []
          : writes([disputed(readResourceText(entry.json!) as Resource, `Task/${id}`)], key.patient).map(
              (write) => ({
                ...write,
                expected: entry.version,
              }),
            )
      const [write] = writes([after], key.patient)
      await store.resources.commit(tenant, [{ ...write!, expected: stored.version }, ...link], by)
      return view
    })
  }
  const said = (request: FastifyRequest, text: string) => ({
    by: request.caller.id,
    at: now().toISOString(),
    text,
  })

  server.get(
    '/api/amendments',
    { config: { access: { action: 'search', kind: 'AmendmentDecision' } } },
    async (request): Promise<readonly AmendmentView[]> => {
      const waiting = await found(requestsWithin(request.access.restriction), WAITING, false)
      request.audit.count(waiting.length)
      return [...waiting].sort((a, b) => (a.due < b.due ? -1 : 1))
    },
  )

  server.get(
    '/api/patients/:id/amendments',
    { config: { access: { action: 'read', kind: 'Amendment', shows: 'person' } } },
    async (request): Promise<readonly AmendmentView[]> =>
      found(onlyPatient(keyOf(services, request.params).patient, requestsWithin(request.access.restriction))),
  )

  server.post(
    '/api/patients/:id/amendments',
    { config: { access: { action: 'create', kind: 'Amendment', shows: 'person' } } },
    async (request, reply): Promise<AmendmentView> => {
      const key = keyOf(services, request.params)
      const { entry, wanted, why } = parsed(Asked, request.body, 'body')
      await recordOf(services, key)
      const source =
        entry === undefined ? undefined : await entryOf(services, key, entry, request.access.restriction)
      const by = act(services, request.caller.id)
      const task = amendmentTask(`amend-${randomUUID()}`, key.patient, {
        ...{ entry, wanted, why, at: by.at, by: by.by },
        requester: request.caller.references[0],
      })
      // Who may not see the entry does not read what is wrong with it.
      const made = madeFrom(task, source === undefined ? [] : [JSON.parse(source.json!) as Resource], rules)
      await store.resources.commit(tenant, writes([made], key.patient), by)
      return reply.code(201).send(viewOf(made, now()))
    },
  )

  server.post(
    '/api/patients/:id/amendments/:task/decision',
    { config: { access: { action: 'update', kind: 'AmendmentDecision', shows: 'person' } } },
    async (request): Promise<AmendmentView> => {
      const decision = parsed(Decision, request.body, 'body')
      const key = keyOf(services, request.params)
      if (decision.decision === 'accept')
        for (const one of decision.amended) await entryOf(services, key, one, request.access.restriction)
      return step(
        request,
        (task, { state }) => {
          if (state !== 'waiting') throw wrongState('it was answered already')
          const words = said(request, decision.text)
          return decision.decision === 'accept'
            ? amendedTask(task, words, decision.amended)
            : deniedTask(task, words, decision.ground)
        },
        true,
      )
    },
  )

  server.post(
    '/api/patients/:id/amendments/:task/extension',
    { config: { access: { action: 'update', kind: 'AmendmentDecision', shows: 'person' } } },
    async (request): Promise<AmendmentView> => {
      const { text } = parsed(Statement, request.body, 'body')
      return step(request, (task, { state, extended, overdue }) => {
        if (state !== 'waiting') throw wrongState('it was answered already')
        if (extended !== undefined) throw wrongState('more time was taken once, and may not be taken again')
        if (overdue) throw wrongState('the time to answer has passed')
        return extendedTask(task, said(request, text))
      })
    },
  )

  server.post(
    '/api/patients/:id/amendments/:task/disagreement',
    { config: { access: { action: 'create', kind: 'Amendment', shows: 'person' } } },
    async (request): Promise<AmendmentView> => {
      const { text } = parsed(Statement, request.body, 'body')
      return step(
        request,
        (task, { state, disagreement }) => {
          if (state !== 'denied') throw wrongState('it was not denied')
          if (disagreement !== undefined) throw wrongState('a statement of disagreement is kept already')
          return withStep(task, 'disagreement', said(request, text))
        },
        true,
      )
    },
  )

  server.post(
    '/api/patients/:id/amendments/:task/rebuttal',
    { config: { access: { action: 'update', kind: 'AmendmentDecision', shows: 'person' } } },
    async (request): Promise<AmendmentView> => {
      const { text } = parsed(Statement, request.body, 'body')
      return step(request, (task, { disagreement, rebuttal }) => {
        if (disagreement === undefined) throw wrongState('nobody has disagreed')
        if (rebuttal !== undefined) throw wrongState('there is a rebuttal already')
        return withStep(task, 'rebuttal', said(request, text))
      })
    },
  )
}

/** Who may work with requests reads their Tasks, whichever other Tasks they may read. */
function requestsWithin(within: Restriction): Restriction {
  return { ...within, types: ['Task'] }
}

async function readTask(
  { store, tenant }: Services,
  { patient }: PatientKey,
  id: string,
  within: Restriction,
): Promise<StoredResource> {
  const stored = await store.resources.read(tenant, { type: 'Task', id }, onlyPatient(patient, within))
  if (stored?.json === undefined || !isAmendment(JSON.parse(stored.json) as Resource)) {
    throw new Fault(
      'AMENDMENT_UNKNOWN',
      'amendment',
      'there is no such request of this person',
      'See the requests of the person.',
    )
  }
  return stored
}

/** An entry of the person's record that the caller may see. Throws AMENDMENT_ENTRY. */
async function entryOf(
  { store, tenant }: Services,
  { patient }: PatientKey,
  name: string,
  within: Restriction = UNRESTRICTED,
): Promise<StoredResource> {
  const [type = '', id = ''] = name.split('/')
  const ref: ResourceRef = { type, id }
  const stored = await store.resources.read(tenant, ref, onlyPatient(patient, within))
  if (stored?.json === undefined) {
    throw new Fault(
      'AMENDMENT_ENTRY',
      'entry',
      `there is no ${name} in this record`,
      'Name an entry of the record, or leave it out and say in words what is wrong.',
    )
  }
  return stored
}

function wrongState(what: string): Fault {
  return new Fault('AMENDMENT_STATE', 'amendment', what, 'See how the request stands now.')
}
