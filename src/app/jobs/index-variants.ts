import type { Progress } from '../../intake/upload.ts'
import { readVariantCalls } from '../../intake/variant-calls.ts'
import type { PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import type { JobHandler } from './worker.ts'

export const INDEX_VARIANTS = 'index-variants'
export const INDEX_ALL_VARIANTS = 'index-all-variants'
export const FOLD_VARIANTS = 'fold-variants'
/** From more calls on, a reading is a genome's and is kept by place. An exome has 30,000 calls, a panel fewer. */
const GENOME = 1_000_000
/** Readings folded in one transaction: their digests are in memory meanwhile. */
const FOLDED = 100
/** Stretches of genomes put together in one transaction. */
const STRETCHES = 500
/** Time over which readings are gathered for one fold, ms. */
const GATHERED = 10_000

/**
 * Takes every variant call of a person's VCF files, in the samples that the record was read from, into the tiers by
 * person and by variant, or, of a genome, by place. Readings that are there already are left alone. Returns how many
 * were added.
 */
export async function indexVariants(
  store: Store,
  key: PatientKey,
  progress: Progress,
  signal?: AbortSignal,
): Promise<number> {
  const found = await store.records.get(key)
  if (found === undefined) return 0
  await store.variants.nameSets(key)
  const files = new Map((await store.archive.list(key)).map((file) => [file.sha256, file]))
  const readings = [...(await store.variants.list(key)), ...(await store.genomes.list(key))]
  const known = new Set(readings.map(({ sha256, sample }) => `${sha256} ${sample}`))
  let added = 0
  for (const { sample, source, assembly } of found.record.genotypes) {
    const file = source.sha256 === undefined ? undefined : files.get(source.sha256)
    if (file === undefined || source.format !== 'vcf' || known.has(`${file.sha256} ${sample}`)) continue
    const calls = await readVariantCalls(
      file.name,
      { stream: file.read(), size: file.bytes },
      sample,
      (read, total) => {
        signal?.throwIfAborted()
        progress(read, total)
      },
    )
    // Too many to be taken: who looks for a carrier reads the file.
    if (calls === undefined) continue
    const tier = calls.count > GENOME ? store.genomes : store.variants
    await tier.write(key, { file: file.name, sha256: file.sha256, sample, assembly, calls })
    added += 1
  }
  return added
}

/** Enqueues what follows from an upload: its variants, which are then folded in. */
export async function enqueueIndexing(
  store: Store,
  key: PatientKey,
  upload: string,
  at: string,
): Promise<void> {
  const payload = { patient: key.patient }
  await store.jobs.enqueue(
    key.tenant,
    [{ kind: INDEX_VARIANTS, key: `${key.patient} ${upload}`, payload }],
    at,
  )
}

export function indexVariantsJob({
  store,
  now,
}: {
  readonly store: Store
  readonly now: () => Date
}): JobHandler {
  return async ({ tenant, job, signal, progress }) => {
    const key = { tenant, patient: patientId(String(job.payload['patient'])) }
    const added = await indexVariants(store, key, (read, total) => progress(read, total, 'reading'), signal)
    if (added > 0) await enqueueFold(store, tenant, now().toISOString())
    progress(added, added, 'readings added')
  }
}

/**
 * Takes in the files that are in no tier: those that were stored before there was one, and what a process that died left
 * out. One person's damaged file leaves it out, and is told by every search for carriers.
 */
export function indexAllVariantsJob({
  store,
  now,
}: {
  readonly store: Store
  readonly now: () => Date
}): JobHandler {
  return async ({ tenant, signal, progress, touch }) => {
    const people = await peopleToIndex(store, tenant)
    let added = 0
    for (const [done, patient] of people.entries()) {
      signal.throwIfAborted()
      touch(patient)
      try {
        added += await indexVariants(store, { tenant, patient }, () => undefined, signal)
      } catch (error) {
        if (!(error instanceof Fault) || /^(DATABASE_|ARCHIVE_DISK)/.test(error.code)) throw error
      }
      progress(done + 1, people.length, 'people looked at')
    }
    if (added > 0) await enqueueFold(store, tenant, now().toISOString())
    progress(people.length, people.length, `${added} readings added`)
  }
}

/** People with a VCF that is in no tier yet. */
export async function peopleToIndex(store: Store, tenant: PatientKey['tenant']) {
  const sets = await store.genomes.unsearched(tenant)
  return [...new Set(sets.filter((one) => one.hasFile && one.format === 'vcf').map(({ patient }) => patient))]
}

/** Once for all readings that are added within some seconds: folding many costs little more than folding one. */
export async function enqueueFold(store: Store, tenant: PatientKey['tenant'], at: string): Promise<void> {
  const next = new Date((Math.floor(Date.parse(at) / GATHERED) + 1) * GATHERED).toISOString()
  await store.jobs.enqueue(tenant, [{ kind: FOLD_VARIANTS, key: next, payload: {}, notBefore: next }], at)
}

export function foldVariantsJob({ store }: { readonly store: Store }): JobHandler {
  return async ({ tenant, signal, progress }) => {
    await foldAll(store, tenant, (done, what) => {
      signal.throwIfAborted()
      progress(done, undefined, what)
    })
  }
}

/** Folds until nothing is left; returns how many readings were folded. */
export async function foldAll(
  store: Store,
  tenant: PatientKey['tenant'],
  told: (done: number, what: string) => void,
): Promise<number> {
  let readings = 0
  for (let now = 1; now > 0; readings += now) {
    told(readings, 'readings folded')
    now = await store.variants.fold(tenant, FOLDED)
  }
  let stretches = 0
  for (let now = 1; now > 0; stretches += now) {
    told(stretches, 'stretches of genomes put together')
    now = await store.genomes.fold(tenant, STRETCHES)
  }
  return readings
}
