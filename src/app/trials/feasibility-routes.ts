import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Restriction } from '../../record/resource-query.ts'
import type { Caller } from '../../safeguard/caller.ts'
import type { DisclosedCount } from '../../safeguard/disclosure/disclosed-count.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { accessOf } from '../access/access-of.ts'
import { oneAtATime } from '../fhir/one-at-a-time.ts'
import { parsed } from '../http/fault-reply.ts'
import type { Services } from '../http/services.ts'
import { CountDisclosure } from '../research/count-disclosure.ts'
import { type TrialCohort, trialCohort } from './trial-cohort.ts'
import { type KeptTrial, trialShelf } from './trial-shelf.ts'

/** People that are named of each cohort. */
const MOST_NAMED = 200

const Params = z.object({ study: z.string().max(64) })

/** Exactly, for those who treat; for research as it may be told. */
export type PeopleCount = number | DisclosedCount

export interface FeasibilityReply {
  readonly study: string
  readonly protocol: string
  readonly title: string | undefined
  readonly asOf: string
  /** Counts are told as to a researcher. */
  readonly research: boolean
  /** Everybody who was looked at. */
  readonly people: PeopleCount
  readonly clauses: readonly {
    readonly path: string
    readonly code: string
    readonly met: PeopleCount
    readonly unknown: PeopleCount
    readonly criteria: readonly {
      readonly criterion: string
      readonly met: PeopleCount
      /** Whom this criterion alone keeps out. */
      readonly costs: PeopleCount
      /** Not told to research. */
      readonly unknown?: number
      readonly wouldSettle?: number
    }[]
    /** Ids, the first of them; nobody is named to research. */
    readonly eligible?: readonly string[]
    readonly open?: readonly string[]
  }[]
}

/** Patients for a trial: how many could enter, and which criterion costs how many. */
export function feasibilityRoutes(server: FastifyInstance, services: Services): void {
  const { tenant, now } = services
  const disclosure = new CountDisclosure(services)

  server.get(
    '/api/trials/:study/feasibility',
    { config: { access: false, audit: { kind: 'rest', interaction: 'count', action: 'E' } } },
    async (request): Promise<FeasibilityReply> => {
      const { study } = parsed(Params, request.params, 'path')
      const { caller } = request
      const within = withinOf(services, caller, now().toISOString())
      const kept = (await trialShelf(services, tenant)).trials.find((one) => one.study === study)
      if (kept === undefined) throw unknownTrial()
      request.audit.about(`ResearchStudy/${study}`)
      const research = caller.purpose === 'HRESCH'
      if (!research) {
        const reply = exactReply(kept, await trialCohort(services, tenant, kept.trial, within), now())
        const named = reply.clauses.flatMap(({ eligible = [], open = [] }) => [...eligible, ...open])
        request.audit.touch(...[...new Set(named)].map((id) => patientId(id)))
        return reply
      }
      // Two questions at once would not know of one another.
      return oneAtATime(`research ${caller.id}`, async () => {
        await disclosure.refuseOverBudget(caller.id, 'Trial', questionOf(kept, '', '', 'people'))
        const cohort = await trialCohort(services, tenant, kept.trial, within)
        return researchReply(disclosure, caller.id, kept, cohort, now())
      })
    },
  )
}

/** Of whom it is told: what the caller may see, and for research what may be counted. Throws ACCESS_DENIED. */
function withinOf(services: Services, caller: Caller, at: string): Restriction {
  const access = accessOf(services.facts, services.site)
  const research = caller.purpose === 'HRESCH'
  const asked = research
    ? ([
        { action: 'count', kind: 'Cohort' },
        { action: 'read', kind: 'Observation', deidentified: true },
      ] as const)
    : ([
        { action: 'search', kind: 'Plan' },
        { action: 'search', kind: 'Patient' },
      ] as const)
  const decisions = asked.map((one) => access.authorize(caller, one, at))
  for (const { allow, because } of decisions)
    if (!allow) throw new Fault('ACCESS_DENIED', 'trial', because, 'Ask whoever administers access here.')
  const { restriction } = decisions[1]!
  // Of people themselves nothing is told but how many.
  return research
    ? { ...restriction, types: restriction.types && [...restriction.types, 'Patient'] }
    : restriction
}

function exactReply(
  { study, trial }: KeptTrial,
  { people, clauses }: TrialCohort,
  at: Date,
): FeasibilityReply {
  const named = (ids: ReadonlySet<string>) => [...ids].sort().slice(0, MOST_NAMED)
  return {
    ...headOf(study, trial, at),
    research: false,
    people: people.size,
    clauses: clauses.map(({ path, code, met, unknown, criteria }) => ({
      path,
      code,
      met: met.size,
      unknown: unknown.size,
      criteria: criteria.map((one) => ({
        criterion: one.criterion,
        met: one.met.size,
        unknown: one.unknown.size,
        costs: one.costs.size,
        wouldSettle: one.wouldSettle.size,
      })),
      eligible: named(met),
      open: named(unknown),
    })),
  }
}

/**
 * Every count is a question of its own: in steps of twenty, none under twenty, none beside an earlier one about nearly the
 * same people, out of the budget of questions. Where the budget ends, the counts that are left are not told.
 */
async function researchReply(
  disclosure: CountDisclosure,
  asker: string,
  kept: KeptTrial,
  { people, clauses }: TrialCohort,
  at: Date,
): Promise<FeasibilityReply> {
  let spent = false
  const told = async (
    of: ReadonlySet<string>,
    path: string,
    criterion: string,
    what: string,
  ): Promise<DisclosedCount> => {
    const question = questionOf(kept, path, criterion, what)
    if (!spent)
      await disclosure.refuseOverBudget(asker, 'Trial', question).catch((error) => {
        if (!(error instanceof Fault) || error.code !== 'RESEARCH_BUDGET') throw error
        spent = true
      })
    return spent ? { shown: false } : (await disclosure.told(asker, 'Trial', question, of)).people
  }
  const rows: FeasibilityReply['clauses'][number][] = []
  const all = await told(people, '', '', 'people')
  for (const { path, code, met, unknown, criteria } of clauses) {
    const counts = {
      met: await told(met, path, '', 'met'),
      unknown: await told(unknown, path, '', 'unknown'),
    }
    const each: FeasibilityReply['clauses'][number]['criteria'][number][] = []
    for (const one of criteria)
      each.push({
        criterion: one.criterion,
        met: await told(one.met, path, one.criterion, 'met'),
        costs: await told(one.costs, path, one.criterion, 'costs'),
      })
    rows.push({ path, code, ...counts, criteria: each })
  }
  return { ...headOf(kept.study, kept.trial, at), research: true, people: all, clauses: rows }
}

function headOf(study: string, { protocol, title }: KeptTrial['trial'], at: Date) {
  return { study, protocol, title, asOf: at.toISOString().slice(0, 10) }
}

/** By what is asked, and not by the number of the criterion: changed criteria are another question. */
function questionOf({ study, version }: KeptTrial, path: string, criterion: string, what: string) {
  return [
    ['study', `${study}/${version}`],
    ['clause', path],
    ['criterion', criterion],
    ['count', what],
  ] as const
}

function unknownTrial(): Fault {
  return new Fault(
    'TRIAL_UNKNOWN',
    'path',
    'there is no such trial here',
    'Choose one of the list of trials.',
  )
}
