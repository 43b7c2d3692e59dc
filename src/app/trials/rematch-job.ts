import { accrualOf } from '../../decide/enrol/accrual.ts'
import { CANDIDATE_TYPES } from '../../fhir/candidate/clinical-candidate.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { sourcesOf } from '../../record/made-from.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { ACT_CODE } from '../../safeguard/consent/consent-codes.ts'
import { labelling, labelsOf } from '../../safeguard/labels/labels-of.ts'
import { madeFrom, withLabelsOf } from '../../safeguard/labels/made-from.ts'
import type { NewJob } from '../../store/jobs/jobs.ts'
import type { ResourceChange } from '../../store/resources/resource-store.ts'
import type { Store } from '../../store/store.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { choiceOf } from '../access/choice-of.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import type { JobHandler } from '../jobs/worker.ts'
import { keptPeople } from './kept-candidate.ts'
import { personTrials } from './person-trials.ts'
import { forgetShelf, type Shelf, trialShelf } from './trial-shelf.ts'
import { trialTask } from './trial-task.ts'
import {
  changesBetween,
  type KeptVerdicts,
  verdictsOf,
  watched,
  watchedSince,
  watchFlag,
  watchId,
} from './trial-watch.ts'

export const REMATCH = 'rematch-trials'
export const REMATCH_ALL = 'rematch-trials-all'

const OF_TRIALS: ReadonlySet<string> = new Set(['ResearchStudy', 'Group', 'Location', 'Library'])
const OF_PEOPLE: ReadonlySet<string> = new Set(['Patient', ...CANDIDATE_TYPES])
const DAY = 86_400_000
const GENETIC = `${ACT_CODE}|GDIS`

interface Parts {
  readonly store: Store
  readonly facts: Facts
  readonly now: () => Date
}

/** What is to be matched again after these changes: everybody after one of a trial; of people those who are watched. */
export async function rematchesOf(
  store: Pick<Store, 'resources'>,
  tenant: TenantId,
  changes: readonly ResourceChange[],
): Promise<readonly NewJob[]> {
  const real = changes.filter(({ action }) => action !== 'unchanged')
  const trial = real.find(({ type, compartment }) => compartment === '' && OF_TRIALS.has(type))
  if (trial !== undefined) forgetShelf(store.resources, tenant)
  const people = new Map<PatientId, ResourceChange>()
  for (const one of real)
    if (one.compartment !== '' && OF_PEOPLE.has(one.type)) people.set(patientId(one.compartment), one)
  const refs = [...people.keys()].map((patient) => ({ type: 'Flag', id: watchId(patient) }))
  const flags = refs.length === 0 ? [] : await store.resources.readMany(tenant, refs, UNRESTRICTED)
  const asked = new Set(flags.flatMap((one) => (one.json === undefined ? [] : [one.compartment])))
  return [
    ...(trial === undefined
      ? []
      : [{ kind: REMATCH_ALL, key: `${trial.type}/${trial.id}/${trial.version}`, payload: {} }]),
    ...[...people]
      .filter(([patient]) => asked.has(patient))
      .map(([patient, { type, id, version }]) => ({
        kind: REMATCH,
        // Another change that comes while this one is looked at is looked at, too.
        key: `${patient} ${type}/${id}/${version}`,
        payload: { patient },
      })),
  ]
}

/** The same after a file of a tumour came or was taken back; `change` names it once. */
export async function rematchOf(
  store: Pick<Store, 'resources'>,
  tenant: TenantId,
  patient: PatientId,
  change: string,
): Promise<readonly NewJob[]> {
  const ref = { type: 'Flag', id: watchId(patient) }
  const flag = await store.resources.read(tenant, ref, UNRESTRICTED)
  return flag?.json === undefined
    ? []
    : [{ kind: REMATCH, key: `${patient} ${change}`, payload: { patient } }]
}

/** Enqueues everybody who is watched; and itself for tomorrow, for ages and time windows change with the day. */
export function rematchAllJob({ store, now }: Parts): JobHandler {
  return async ({ tenant, job, signal, progress }) => {
    // R4 searches no Flag by its code.
    const query = {
      type: 'Flag',
      ...{ criteria: [], sort: [], count: 0, after: undefined, total: false, within: UNRESTRICTED },
    }
    let asked = 0
    for await (const batch of store.resources.scan(tenant, query, 200)) {
      signal.throwIfAborted()
      const people = batch.flatMap(({ json, compartment }) =>
        json !== undefined && compartment !== '' && watched(JSON.parse(json)) !== undefined
          ? [compartment]
          : [],
      )
      asked += people.length
      const jobs = people.map((patient) => ({
        kind: REMATCH,
        key: `${patient} ${job.id}`,
        payload: { patient },
      }))
      await store.jobs.enqueue(tenant, jobs, now().toISOString())
    }
    if (asked > 0) await store.jobs.enqueue(tenant, [tomorrow(now())], now().toISOString())
    progress(asked, asked, `${asked} people whose trials are watched`)
  }
}

function tomorrow(at: Date): NewJob {
  const day = new Date(at.getTime() + DAY).toISOString().slice(0, 10)
  return { kind: REMATCH_ALL, key: `day ${day}`, payload: {}, notBefore: `${day}T03:00:00.000Z` }
}

/** Labelled resources that a Flag or Task names as its sources at most; the labels of all go with it in any case. */
const MOST_NAMED = 200

/**
 * The verdicts of one person now. The person is seen whole: what is told goes to their care team, under the labels of all
 * that it was made from. `labelled` puts them on a resource.
 */
export async function verdictsNow(
  parts: Parts,
  tenant: TenantId,
  patient: PatientId,
): Promise<
  | {
      readonly verdicts: KeptVerdicts
      readonly shelf: Shelf
      readonly labelled: (resource: Resource) => Resource
    }
  | undefined
> {
  const { store, facts } = parts
  const [person] = await keptPeople(store, facts, tenant, [patient], UNRESTRICTED)
  if (person === undefined) return undefined
  const shelf = await trialShelf(parts, tenant)
  const answers = personTrials(shelf, person.candidate, facts, { closed: false, everything: false })
  const rules = labelling(sensitivityRules(facts))
  // The Task and the Flag are of genes themselves.
  const more = person.resources.filter((one) => labelsOf(one, rules).some((label) => label !== GENETIC))
  const labelled = (resource: Resource) =>
    madeFrom(withLabelsOf(resource, more, rules), more.slice(0, MOST_NAMED), rules)
  return { verdicts: verdictsOf(answers), shelf, labelled }
}

/** Matches one person again, and makes a Task of what changed for them since it was told last. */
export function rematchJob(parts: Parts): JobHandler {
  const { store, facts, now } = parts
  const writes = resourceWrites(facts)
  return async ({ tenant, job, progress }) => {
    const patient = patientId(String(job.payload['patient']))
    const stored = await store.resources.read(tenant, { type: 'Flag', id: watchId(patient) }, UNRESTRICTED)
    const flag = stored?.json === undefined ? undefined : (JSON.parse(stored.json) as Resource)
    const before = watched(flag)
    if (stored === undefined || before === undefined) return progress(1, 1, 'not asked for any more')
    const found = await verdictsNow(parts, tenant, patient)
    if (found === undefined) return progress(1, 1, 'nobody to match')
    const { verdicts, shelf, labelled } = found
    const changes = changesBetween(before, verdicts, (protocol) => isOpen(shelf, protocol))
    const at = now().toISOString()
    const next = labelled(watchFlag(patient, true, verdicts, watchedSince(flag) ?? at))
    if (JSON.stringify(before) === JSON.stringify(verdicts) && isLabelledAs(flag!, next))
      return progress(1, 1, 'nothing changed')
    const choice = await choiceOf(store, tenant, patient, 'recontact', Date.parse(at))
    const task =
      changes.length === 0 ? [] : [labelled(trialTask(patient, changes, stored.version, choice, at))]
    // Together, and only on what was read: verdicts that are kept were told, and told once.
    const [first, ...others] = writes([next, ...task], patient)
    await store.resources.commit(tenant, [{ ...first!, expected: stored.version }, ...others], {
      at,
      by: `job:${REMATCH}`,
    })
    progress(1, 1, changes.length === 0 ? 'nothing that matters' : `${changes.length} trials changed`)
  }
}

/** Labels of what the verdicts rest on may change where the verdicts do not. */
function isLabelledAs(flag: Resource, next: Resource): boolean {
  const labels = ({ meta }: Resource) => JSON.stringify(meta?.security)
  return labels(flag) === labels(next) && JSON.stringify(sourcesOf(flag)) === JSON.stringify(sourcesOf(next))
}

function isOpen(shelf: Shelf, protocol: string): boolean {
  const trial = shelf.about.get(protocol)?.trial
  return (
    trial !== undefined &&
    accrualOf(trial.status) === 'open' &&
    trial.clauses.some(({ suspended }) => !suspended)
  )
}
