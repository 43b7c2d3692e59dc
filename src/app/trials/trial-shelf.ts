import { accrualOf } from '../../decide/enrol/accrual.ts'
import { Program } from '../../decide/enrol/program.ts'
import { readStudy } from '../../decide/enrol/study/read-study.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { treatmentNames } from '../../knowledge/tumor/treatment-names.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import type { TenantId } from '../../terms/ids.ts'
import { clinicalVocabulary } from './trial-files.ts'

/** What a ResearchStudy refers to may be a resource of its own. */
const TYPES = ['ResearchStudy', 'Group', 'Location', 'Library'] as const
const BATCH = 200

/** A trial that is kept here, and the ResearchStudy that it is. */
export interface KeptTrial {
  readonly study: string
  readonly version: string
  readonly trial: Trial
}

/** Every trial that is kept, made ready for many people. Immutable: a change makes another one. */
export interface Shelf {
  readonly trials: readonly KeptTrial[]
  /** Studies whose criteria cannot be read, and why; of two with one protocol number the second. */
  readonly leftOut: readonly { readonly study: string; readonly fault: Fault }[]
  readonly about: ReadonlyMap<string, KeptTrial>
  /** Trials that are open, without cohorts that are closed. */
  readonly open: Program
  /** All of them, closed ones and closed cohorts included. */
  readonly all: () => Program
}

interface Parts {
  readonly store: Pick<Store, 'resources'>
  readonly facts: Facts
  readonly now: () => Date
}

const KEPT = new WeakMap<
  Store['resources'],
  Map<TenantId, { readonly mark: string; readonly shelf: Promise<Shelf> }>
>()

const CHANGED = new WeakMap<Store['resources'], Map<TenantId, number>>()

/** A trial was changed by this process: the times of two changes may be the same. */
export function forgetShelf(resources: Store['resources'], tenant: TenantId): void {
  const changed = CHANGED.get(resources) ?? new Map<TenantId, number>()
  CHANGED.set(resources, changed.set(tenant, (changed.get(tenant) ?? 0) + 1))
}

/** The trials as they are now. Read again when one of them, or what they refer to, has changed, or the day has. */
export async function trialShelf(parts: Parts, tenant: TenantId): Promise<Shelf> {
  const { store, facts, now } = parts
  const today = now().toISOString().slice(0, 10)
  const mark = [
    today,
    CHANGED.get(store.resources)?.get(tenant) ?? 0,
    ...(await Promise.all(TYPES.map((type) => newestOf(store.resources, tenant, type)))),
  ].join(' ')
  const byTenant = KEPT.get(store.resources) ?? new Map()
  KEPT.set(store.resources, byTenant)
  const kept = byTenant.get(tenant)
  if (kept?.mark === mark) return kept.shelf
  const shelf = readShelf(store.resources, tenant, facts, today)
  byTenant.set(tenant, { mark, shelf })
  shelf.catch(() => byTenant.delete(tenant))
  return shelf
}

async function newestOf(resources: Store['resources'], tenant: TenantId, type: string): Promise<string> {
  const query = { type, id: undefined, since: undefined, at: undefined, count: 1, after: undefined }
  const [newest] = (await resources.history(tenant, query, UNRESTRICTED)).resources
  return newest === undefined ? '-' : `${newest.id}/${newest.version}/${newest.lastUpdated}`
}

async function readShelf(
  resources: Store['resources'],
  tenant: TenantId,
  facts: Facts,
  today: string,
): Promise<Shelf> {
  const others = new Map<string, Resource>()
  for (const type of TYPES.slice(1))
    for await (const one of everyOne(resources, tenant, type)) others.set(`${type}/${one.id}`, one)
  const vocabulary = clinicalVocabulary(facts)
  const trials: KeptTrial[] = []
  const leftOut: { study: string; fault: Fault }[] = []
  const about = new Map<string, KeptTrial>()
  for await (const resource of everyOne(resources, tenant, 'ResearchStudy')) {
    const study = resource.id!
    try {
      const trial = readStudy(resource, `ResearchStudy/${study}`, vocabulary, (reference) =>
        others.get(reference.replace(/^.*\/([A-Z][A-Za-z]+\/[^/]+)$/, '$1')),
      )
      if (about.has(trial.protocol)) throw twice(study, trial.protocol)
      const kept = { study, version: resource.meta?.versionId ?? '', trial }
      trials.push(kept)
      about.set(trial.protocol, kept)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      leftOut.push({ study, fault: error })
    }
  }
  const setting = { tree: oncoTree(facts), treatmentNames: treatmentNames(facts), today }
  const openClauses = trials
    .filter(({ trial }) => accrualOf(trial.status) === 'open')
    .flatMap(({ trial }) => trial.clauses.filter(({ suspended }) => !suspended))
  let all: Program | undefined
  return {
    trials,
    leftOut,
    about,
    open: new Program(openClauses, setting),
    all: () => {
      all ??= new Program(
        trials.flatMap(({ trial }) => trial.clauses),
        setting,
      )
      return all
    },
  }
}

/** Resources about nobody in particular; a Group of people is in nobody's record either. */
async function* everyOne(
  resources: Store['resources'],
  tenant: TenantId,
  type: string,
): AsyncGenerator<Resource> {
  const within = { ...UNRESTRICTED, compartments: [TENANT_COMPARTMENT] }
  const query = { type, criteria: [], sort: [], count: 0, after: undefined, total: false, within }
  for await (const batch of resources.scan(tenant, query, BATCH))
    for (const { json } of batch) if (json !== undefined) yield JSON.parse(json) as Resource
}

function twice(study: string, protocol: string): Fault {
  return new Fault(
    'TRIAL_TWICE',
    `ResearchStudy/${study}`,
    `protocol number ${protocol} belongs to another study here`,
    'Give each trial its own number, or delete one of the two.',
  )
}
