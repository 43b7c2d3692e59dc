import type { Progress } from '../../intake/upload.ts'
import { readVariantCalls } from '../../intake/variant-calls.ts'
import type { PatientKey, Store } from '../../store/store.ts'
import { patientId } from '../../terms/ids.ts'
import type { JobHandler } from './worker.ts'

export const INDEX_VARIANTS = 'index-variants'
export const FOLD_VARIANTS = 'fold-variants'
/** Readings folded in one transaction: their digests are in memory meanwhile. */
const FOLDED = 100
/** Time over which readings are gathered for one fold, ms. */
const GATHERED = 10_000

/**
 * Takes every variant call of a person's VCF files, in the samples that the record was read from, into the tiers by
 * person and by variant. Readings that are there already are left alone. Returns how many were added.
 */
export async function indexVariants(
  store: Store,
  key: PatientKey,
  progress: Progress,
  signal?: AbortSignal,
): Promise<number> {
  const found = await store.records.get(key)
  if (found === undefined) return 0
  const files = new Map((await store.archive.list(key)).map((file) => [file.sha256, file]))
  const known = new Set((await store.variants.list(key)).map(({ sha256, sample }) => `${sha256} ${sample}`))
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
    // A genome's calls stay in its file, which every question about a region can read.
    if (calls === undefined) continue
    await store.variants.write(key, { file: file.name, sha256: file.sha256, sample, assembly, calls })
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

/** Once for all readings that are added within some seconds: folding many costs little more than folding one. */
export async function enqueueFold(store: Store, tenant: PatientKey['tenant'], at: string): Promise<void> {
  const next = new Date((Math.floor(Date.parse(at) / GATHERED) + 1) * GATHERED).toISOString()
  await store.jobs.enqueue(tenant, [{ kind: FOLD_VARIANTS, key: next, payload: {}, notBefore: next }], at)
}

export function foldVariantsJob({ store }: { readonly store: Store }): JobHandler {
  return async ({ tenant, signal, progress }) => {
    let done = 0
    for (;;) {
      signal.throwIfAborted()
      const folded = await store.variants.fold(tenant, FOLDED)
      if (folded === 0) return
      done += folded
      progress(done, undefined, 'readings folded')
    }
  }
}
