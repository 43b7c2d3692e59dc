import { type Feasibility, feasibility } from '../../decide/enrol/feasibility.ts'
import { Program } from '../../decide/enrol/program.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { treatmentNames } from '../../knowledge/tumor/treatment-names.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { keptCandidates, type PeopleStore } from './kept-candidate.ts'

/** People read at a time. */
const BATCH = 200

/** One criterion over everybody: ids of whom it is true, and of whom it alone keeps out. */
interface CriterionPeople {
  readonly criterion: string
  readonly met: ReadonlySet<string>
  readonly unknown: ReadonlySet<string>
  /** Not met, and met or unknown without this criterion. */
  readonly costs: ReadonlySet<string>
  /** Unknown, and met if this criterion were known to hold. */
  readonly wouldSettle: ReadonlySet<string>
}

export interface ClausePeople {
  readonly path: string
  readonly code: string
  readonly met: ReadonlySet<string>
  readonly unknown: ReadonlySet<string>
  readonly criteria: readonly CriterionPeople[]
}

export interface TrialCohort {
  /** Everybody who was looked at. */
  readonly people: ReadonlySet<string>
  readonly clauses: readonly ClausePeople[]
}

/** Who of the people that may be seen could enter a trial, cohort by cohort; those who died are left out. */
export async function trialCohort(
  { store, facts, now }: { readonly store: PeopleStore; readonly facts: Facts; readonly now: () => Date },
  tenant: TenantId,
  trial: Trial,
  within: Restriction,
): Promise<TrialCohort> {
  const program = new Program(trial.clauses, {
    tree: oncoTree(facts),
    treatmentNames: treatmentNames(facts),
    today: now().toISOString().slice(0, 10),
  })
  const people = new Set<string>()
  const clauses = program.clauses.map(({ path, code }) => ({
    path,
    code,
    met: new Set<string>(),
    unknown: new Set<string>(),
    criteria: [] as (Mutable<CriterionPeople> | undefined)[],
  }))
  for await (const ids of everybody(store, tenant, within)) {
    for (const person of await keptCandidates(store, facts, tenant, ids, within)) {
      if (person.deceased === true) continue
      people.add(person.id)
      for (const [i, one] of feasibility(program, [person]).entries()) note(clauses[i]!, one, person.id)
    }
  }
  return {
    people,
    clauses: clauses.map((one) => ({ ...one, criteria: one.criteria.filter((its) => its !== undefined) })),
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends ReadonlySet<infer U> ? Set<U> : T[K] }

function note(
  clause: Mutable<Omit<ClausePeople, 'criteria'>> & {
    readonly criteria: (Mutable<CriterionPeople> | undefined)[]
  },
  { counts, criteria }: Feasibility,
  id: string,
): void {
  if (counts.met > 0) clause.met.add(id)
  if (counts.unknown > 0) clause.unknown.add(id)
  for (const [i, one] of criteria.entries()) {
    const its = clause.criteria[i] ?? nobodyYet(one.criterion)
    clause.criteria[i] = its
    if (one.met > 0) its.met.add(id)
    if (one.unknown > 0) its.unknown.add(id)
    if (one.costs > 0) its.costs.add(id)
    if (one.wouldSettle > 0) its.wouldSettle.add(id)
  }
}

function nobodyYet(criterion: string): Mutable<CriterionPeople> {
  return { criterion, met: new Set(), unknown: new Set(), costs: new Set(), wouldSettle: new Set() }
}

async function* everybody(
  store: Pick<Store, 'resources'>,
  tenant: TenantId,
  within: Restriction,
): AsyncGenerator<readonly PatientId[]> {
  const query = { type: 'Patient', criteria: [], sort: [], count: 0, after: undefined, total: false, within }
  for await (const batch of store.resources.scan(tenant, query, BATCH))
    yield batch.filter(({ id, compartment }) => id === compartment).map(({ id }) => patientId(id))
}
