import { accrualOf } from '../../decide/enrol/accrual.ts'
import type { Phase } from '../../decide/enrol/phase.ts'
import { scoreOf, standingOf } from '../../decide/enrol/standing.ts'
import type { Resource } from '../../record/resource.ts'
import type { StoredResource } from '../../store/resources/resource-store.ts'
import type { CandidateFiles } from '../trials/candidate-files.ts'
import type { KeptTrialAnswer } from '../trials/person-trials.ts'
import { type FhirReply, permitted, touch, type Work } from './fhir-service.ts'
import { minimum } from './minimum.ts'
import { present } from './reading.ts'
import { type Entry, searchset } from './search-bundle.ts'
import type { TrialMatcher } from './trial-matcher.ts'
import { type TrialsAsked, trialParameters } from './trial-parameters.ts'

const MATCH_GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade'
const REASON = 'urn:garrod:trial-match:criterion'
const WHERE = 'urn:garrod:trial-match:site'
const READ_AT_A_TIME = 500

type Grade = 'certain' | 'probable' | 'possible' | 'certainly-not'

/**
 * POST ResearchStudy/$match (CodeX trial matching): the trials that are kept here, graded for one person.
 *   certain        every criterion is met, and a site that is open within the radius
 *   probable       what is unknown is settled by asking; no test is missing
 *   possible       something else is unknown
 *   certainly-not  a criterion is not met
 * Every entry says of each criterion that decided how it was ruled and why. Throws PARAMETERS_MALFORMED.
 */
export async function trialMatchInteraction(work: Work, matcher: TrialMatcher): Promise<FhirReply> {
  const asked = trialParameters(work.request)
  const { candidate: person, files } = await personOf(work, matcher, asked)
  const { answers, leftOut, statusOf } = await matcher.match(work.context.tenant, person, asked)
  const wanted = answers.filter(
    ({ phases, study }) =>
      hasPhase(phases, asked.phases) &&
      (asked.accrual === undefined || accrualOf(statusOf(study)) === asked.accrual),
  )
  const seen = await studiesSeen(
    work,
    wanted.map(({ study }) => study),
  )
  const found = wanted.flatMap((answer) => {
    const stored = seen.get(answer.study)
    return stored === undefined ? [] : [{ answer, stored }]
  })
  const given = found
    .map((one) => ({ ...one, ...gradeOf(one.answer) }))
    .sort((a, b) => b.score - a.score || (a.answer.protocol < b.answer.protocol ? -1 : 1))
    .slice(0, asked.count)
  touch(
    work.trace,
    given.map(({ stored }) => stored),
  )
  work.trace.count = given.length
  const base = work.service.base()
  const entries = given.map(
    ({ answer, stored, grade, score }): Entry => ({
      fullUrl: `${base}/ResearchStudy/${stored.id}`,
      json: minimum(work.context, 'ResearchStudy', stored.json!),
      mode: 'match',
      search: { extension: [{ url: MATCH_GRADE, valueCode: grade }, ...reasonsOf(answer)], score },
    }),
  )
  const links = [{ relation: 'self', url: `${base}/ResearchStudy/$match` }]
  const body = searchset(
    work.service,
    [...entries, ...outcomeOf(leftOut, [...asked.notes, ...files.map(filesWords)])],
    found.length,
    links,
  )
  return { status: 200, headers: {}, body }
}

/** The resources about the person: what was sent, or what the caller may see of the record. */
async function personOf(work: Work, matcher: TrialMatcher, { person }: TrialsAsked) {
  if (!('subject' in person)) return { candidate: matcher.read(person.sent), files: [] }
  const { subject } = person
  const asked = { interaction: 'operation', type: 'Patient', operation: '$match', patient: subject } as const
  const { context } = await permitted(work, asked)
  const ref = { type: 'Patient', id: subject }
  const patient = present(await work.service.store.read(context.tenant, ref, context.within), ref)
  touch(work.trace, [patient])
  return matcher.kept(context.tenant, subject, context.within)
}

async function studiesSeen(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, StoredResource>> {
  const { service, context } = work
  const seen = new Map<string, StoredResource>()
  for (let from = 0; from < ids.length; from += READ_AT_A_TIME) {
    const refs = ids.slice(from, from + READ_AT_A_TIME).map((id) => ({ type: 'ResearchStudy', id }))
    for (const one of await service.store.readMany(context.tenant, refs, context.within))
      if (!one.deleted) seen.set(one.id, one)
  }
  return seen
}

/** A trial that does not say its phase is not left out for it. */
function hasPhase(phases: readonly Phase[] | undefined, wanted: readonly Phase[] | undefined): boolean {
  return wanted === undefined || phases === undefined || phases.some((one) => wanted.includes(one))
}

function gradeOf({ verdict, where, clauses }: KeptTrialAnswer): {
  readonly grade: Grade
  readonly score: number
} {
  const standing = standingOf(verdict, clauses[0], where)
  const { toTest, toAsk } = standing
  const open = toTest === 0 && toAsk > 0 ? 'probable' : 'possible'
  const grade = verdict === 'met' ? 'certain' : verdict === 'not met' ? 'certainly-not' : open
  return { grade, score: scoreOf(standing) }
}

/** The reasons of the clause that decides, as extensions of Bundle.entry.search. */
function reasonsOf({ clauses, where }: KeptTrialAnswer): readonly object[] {
  const [best] = clauses
  const part = (url: string, value: string | undefined) =>
    value === undefined ? [] : [{ url, valueString: value }]
  const site =
    where === undefined
      ? []
      : [
          {
            url: WHERE,
            extension: [
              ...part('verdict', where.verdict),
              ...part('because', where.because),
              ...part('nearest', where.nearest?.name),
              ...(where.nearest?.kilometres === undefined
                ? []
                : [{ url: 'kilometres', valueDecimal: where.nearest.kilometres }]),
            ],
          },
        ]
  return [
    ...site,
    ...(best?.reasons ?? []).map(({ criterion, verdict, because, missing }) => ({
      url: REASON,
      extension: [
        ...part('cohort', best!.code === '' ? best!.path : best!.code),
        ...part('criterion', criterion),
        ...part('verdict', verdict),
        ...part('because', because),
        ...part('missing', missing?.datum),
        ...part('settled-by', missing?.settledBy),
      ],
    })),
  ]
}

/** Trials that are kept and cannot be read: whoever asks must know that they were not looked at. And how they were understood. */
function outcomeOf(
  leftOut: readonly { readonly study: string; readonly what: string }[],
  notes: readonly string[],
): readonly Entry[] {
  if (leftOut.length + notes.length === 0) return []
  const outcome: Resource = {
    resourceType: 'OperationOutcome',
    issue: [
      ...notes.map((diagnostics) => ({ severity: 'information', code: 'informational', diagnostics })),
      ...leftOut.slice(0, 100).map(({ study, what }) => ({
        severity: 'warning',
        code: 'incomplete',
        diagnostics: `ResearchStudy/${study} was not matched: ${what}`,
      })),
    ],
  }
  return [{ fullUrl: undefined, json: JSON.stringify(outcome), mode: 'outcome' }]
}

/** What a reader is told of files that are no resources. */
function filesWords({ specimen, files, fault }: CandidateFiles): string {
  const named = files.map(({ name, at }) => `${name}, received ${at.slice(0, 10)}`).join('; ')
  return fault === undefined
    ? `Files of the tumour ${specimen} were used: ${named}.`
    : `Files of the tumour ${specimen} were not used (${fault}): ${named}.`
}
