import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { PatientKey } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, recordOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import { AmendedDecision, type DecisionsReply, NewDecision, OwnVote } from './board-api.ts'
import { boardCase, type Supposed, sourcesWithin } from './board-case.ts'
import type { BoardDocument } from './board-document.ts'
import { type Decided, VOTERS } from './decided.ts'
import { DecisionReader } from './decision-reader.ts'
import { type KeptDecision, type KeptVote, keptOf } from './decision-view.ts'
import { publishDecision } from './publish-decision.ts'

const Path = z.object({ decision: z.string().min(1).max(100) })
const VersionAsked = z.strictObject({ version: z.coerce.number().int().min(1) })

/** Decisions of the tumour board: drafted, voted on, closed, amended; each bound to the case that it was made on. */
export function decisionRoutes(server: FastifyInstance, services: Services): void {
  const { boardDecisions } = services.store
  const reader = new DecisionReader(services)
  const idOf = (request: FastifyRequest) => parsed(Path, request.params, 'path').decision

  const reply = async (request: FastifyRequest, key: PatientKey, one?: string): Promise<DecisionsReply> => {
    const read = await reader.read(request, key)
    const decisions = one === undefined ? read.decisions : read.decisions.filter(({ id }) => id === one)
    request.audit.about(...decisions.map(({ id }) => `BoardDecision/${id}`))
    request.audit.count(decisions.length)
    return { ...read, decisions }
  }

  server.get('/api/patients/:id/tumor/decisions', async (request): Promise<DecisionsReply> => {
    const key = keyOf(services, request.params)
    await recordOf(services, key)
    return reply(request, key)
  })

  server.post('/api/patients/:id/tumor/decisions', async (request, answer): Promise<DecisionsReply> => {
    const key = keyOf(services, request.params)
    const { specimen, document, stage, lines, state, decided } = parsed(NewDecision, request.body, 'body')
    const made = await madeOn(request, key, { specimen, stage, lines }, document)
    const kept: KeptDecision = { specimen, decided, ...made.kept }
    const by = act(services, request.caller.id)
    const basis = JSON.stringify(made.document)
    const stored = await boardDecisions.open(key, { state, json: JSON.stringify(kept), basis }, by)
    await publishDecision(services, key, stored, undefined, by)
    answer.code(201)
    return reply(request, key, stored.id)
  })

  server.put('/api/patients/:id/tumor/decisions/:decision', async (request): Promise<DecisionsReply> => {
    const key = keyOf(services, request.params)
    const asked = parsed(AmendedDecision, request.body, 'body')
    const before = await reader.newest(request, key, idOf(request))
    const was = keptOf(before)
    const { specimen, document, stage, lines, state, decided, reason, expected } = asked
    const made = await madeOn(request, key, { specimen, stage, lines }, document)
    const kept: KeptDecision = {
      specimen,
      decided: { ...decided, votes: withOwn(was.decided.votes, decided.votes) },
      ...(reason === undefined ? {} : { reason }),
      ...made.kept,
    }
    const by = act(services, request.caller.id)
    const next = { state, json: JSON.stringify(kept), basis: JSON.stringify(made.document) }
    const stored = await boardDecisions.save(key, before.id, next, expected, by)
    await publishDecision(services, key, stored, was, by)
    return reply(request, key, stored.id)
  })

  // A member's own vote, under their own account; it stays on the document that the board had.
  server.post(
    '/api/patients/:id/tumor/decisions/:decision/votes',
    async (request): Promise<DecisionsReply> => {
      const key = keyOf(services, request.params)
      const { expected, vote, dissent } = parsed(OwnVote, request.body, 'body')
      const { caller } = request
      const role = VOTERS.find((one) => caller.roles.includes(one))
      if (role === undefined) throw noVoter()
      const before = await reader.newest(request, key, idOf(request))
      const was = keptOf(before)
      if (before.state !== 'draft') throw closedVote()
      const own: KeptVote = {
        member: caller.id,
        role,
        vote,
        ...(dissent === undefined ? {} : { dissent }),
        own: caller.id,
      }
      const votes = [...was.decided.votes.filter((one) => one.own !== caller.id), own]
      const kept: KeptDecision = { ...was, decided: { ...was.decided, votes } }
      const basis = (await boardDecisions.basis(key, before.id, before.version))!
      const next = { state: 'draft' as const, json: JSON.stringify(kept), basis }
      await boardDecisions.save(key, before.id, next, expected, act(services, caller.id))
      return reply(request, key, before.id)
    },
  )

  // The case as the board had it, word for word.
  server.get(
    '/api/patients/:id/tumor/decisions/:decision/document',
    async (request): Promise<BoardDocument> => {
      const key = keyOf(services, request.params)
      const { version } = parsed(VersionAsked, request.query, 'query')
      const { id } = await reader.newest(request, key, idOf(request))
      const basis = await boardDecisions.basis(key, id, version)
      if (basis === undefined)
        throw new Fault(
          'BOARD_DECISION_UNKNOWN',
          'version',
          'there is no such version',
          'See the history of the decision.',
        )
      request.audit.about(`BoardDecision/${id}`)
      return JSON.parse(basis) as BoardDocument
    },
  )

  /** The case as it is now, which must be the one that the board had before it. Throws BOARD_CASE_CHANGED. */
  async function madeOn(
    request: FastifyRequest,
    key: PatientKey,
    supposed: Supposed,
    hash: string,
  ): Promise<{ document: BoardDocument; kept: Pick<KeptDecision, 'on' | 'sources'> }> {
    await recordOf(services, key)
    const { document } = await boardCase(services, request, key, supposed)
    if (document?.hash !== hash) throw changedCase()
    const sources = await sourcesWithin(services, key, request.access.restriction)
    const { asOf, engine, facts, withheld } = document
    return {
      document,
      kept: {
        on: {
          hash,
          asOf,
          engine: engine.version,
          facts,
          ...(supposed.stage === undefined ? {} : { stage: supposed.stage }),
          ...(supposed.lines === undefined ? {} : { lines: supposed.lines }),
          partial: withheld !== undefined,
        },
        sources: sources.map(({ type, id }) => ({ type, id })),
      },
    }
  }
}

/** Votes that members gave themselves stay as they are, whatever the scribe sends. */
function withOwn(before: readonly KeptVote[], sent: Decided['votes']): readonly KeptVote[] {
  const own = before.filter((one) => one.own !== undefined)
  const members = new Set(own.map(({ member }) => member))
  return [...own, ...sent.filter(({ member }) => !members.has(member))]
}

function changedCase(): Fault {
  return new Fault(
    'BOARD_CASE_CHANGED',
    'body.document',
    'the case is not the one that this decision was made on: a file, the record or what is known has changed since it was read',
    'Read the case again, see what has changed, and save the decision on that.',
  )
}

function closedVote(): Fault {
  return new Fault(
    'BOARD_DECISION_CLOSED',
    'decision',
    'the board has closed this decision: nobody votes on it any more',
    'Amend the decision, and record the votes with it.',
  )
}

function noVoter(): Fault {
  return new Fault(
    'ACCESS_DENIED',
    'vote',
    'clinicians, geneticists and pharmacists vote on a tumour board',
    'Sign in with the account of a member of the board.',
  )
}
