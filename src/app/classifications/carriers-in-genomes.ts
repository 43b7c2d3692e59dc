import { readVariantCalls, type Stretch } from '../../intake/variant-calls.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { callAt, trimmed, type VariantName } from '../../record/variant-calls.ts'
import type { ArchivedFile } from '../../store/archive/file-archive.ts'
import type { Store } from '../../store/store.ts'
import type { Carrier } from '../../store/variants/variant-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'

/** A result of somebody that was not searched, and why. */
export interface Unsearched {
  readonly patient: PatientId
  /** array: not a VCF, it has the calls of its own positions alone. no-file: the record has no file of it. Else the code of the fault. */
  readonly why: 'array' | 'no-file' | (string & {})
}

/** Bases around a variant within which another spelling of it may begin. */
const AROUND = 100

/**
 * Carriers of a variant among genomes: by place those that were taken in, and by their files those that were not yet.
 * `spellings`: the same variant, as files may write it, in one assembly or both. What could not be searched is told.
 */
export async function* carriersInGenomes(
  store: Store,
  tenant: TenantId,
  spellings: readonly VariantName[],
  unsearched: (one: Unsearched) => void,
): AsyncGenerator<Carrier> {
  // First what is not taken in: a file that is taken in meanwhile is then found twice, not missed.
  const sets = await store.genomes.unsearched(tenant)
  for (const set of sets) {
    if (set.hasFile && set.format === 'vcf') continue
    if (set.format !== 'tumor') unsearched({ patient: set.patient, why: set.hasFile ? 'array' : 'no-file' })
  }
  const people = new Set(
    sets.filter((one) => one.hasFile && one.format === 'vcf').map(({ patient }) => patient),
  )
  for (const patient of people) {
    const one = await carriedInFiles(store, tenant, patient, spellings, (why) => unsearched({ patient, why }))
    if (one !== undefined) yield one
  }
  yield* await store.genomes.carriers(tenant, spellings, UNRESTRICTED)
}

/** One person's files that are in no tier, each read to its end. */
async function carriedInFiles(
  store: Store,
  tenant: TenantId,
  patient: PatientId,
  spellings: readonly VariantName[],
  unsearched: (why: string) => void,
): Promise<Carrier | undefined> {
  const key = { tenant, patient }
  const found = await store.records.get(key)
  const kept = [...(await store.variants.list(key)), ...(await store.genomes.list(key))]
  const known = new Set(kept.map(({ sha256, sample }) => `${sha256} ${sample}`))
  const files = new Map((await store.archive.list(key)).map((file) => [file.sha256, file]))
  let copies = 0
  for (const { sample, source, assembly } of found?.record.genotypes ?? []) {
    const file = source.sha256 === undefined ? undefined : files.get(source.sha256)
    const names = spellings.filter((one) => one.assembly === assembly)
    if (file === undefined || source.format !== 'vcf' || known.has(`${file.sha256} ${sample}`)) continue
    if (names.length === 0) continue
    try {
      copies = Math.max(copies, await copiesIn(file, sample, names))
    } catch (error) {
      if (!(error instanceof Fault) || error.code.startsWith('DATABASE_')) throw error
      unsearched(error.code)
    }
  }
  return copies === 0 ? undefined : { patient, copies }
}

/** How often a sample's file has a variant, by reading all of it. `names`: its spellings in the file's assembly, at least one. */
export async function copiesIn(
  file: Pick<ArchivedFile, 'name' | 'bytes' | 'read'>,
  sample: string,
  names: readonly VariantName[],
): Promise<number> {
  const spelled = new Set(names.map(spellingOf))
  const content = { stream: file.read(), size: file.bytes }
  const calls = await readVariantCalls(file.name, content, sample, undefined, around(names))
  let copies = 0
  for (let i = 0; i < (calls?.count ?? 0); i++) {
    const call = callAt(calls!, i)
    if (spelled.has(spellingOf({ ...call, assembly: names[0]!.assembly })))
      copies = Math.max(copies, call.copies)
  }
  return copies
}

function around(names: readonly VariantName[]): Stretch {
  return {
    chromosome: names[0]!.chromosome,
    from: Math.max(1, Math.min(...names.map(({ position }) => position)) - AROUND),
    to: Math.max(...names.map(({ position, ref }) => position + ref.length)) + AROUND,
  }
}

function spellingOf(variant: VariantName): string {
  const { chromosome, position, ref, alt } = trimmed(variant)
  return `${chromosome} ${position} ${ref} ${alt}`
}
