import { createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBAppender, DuckDBInstance } from '@duckdb/node-api'
import { type Restriction, UNRESTRICTED } from '../../record/resource-query.ts'
import { type CallColumns, CHROMOSOMES, callAt } from '../../record/variant-calls.ts'
import type { Store } from '../../store/store.ts'
import type { VariantReading } from '../../store/variants/variant-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'

export const BY_VARIANT = 'by-variant.parquet'
export const BY_PERSON = 'by-person.parquet'

/** What an export holds; kept beside it as export.json. */
interface VariantsExport {
  readonly people: number
  readonly readings: number
  readonly calls: number
  /** People whose variants the restriction hides. */
  readonly hidden: number
}

/** The order of columns in both files. */
const TABLE = `create table calls (person varchar not null, reading integer not null, assembly varchar not null,
  chromosome varchar not null, place utinyint not null, position integer not null, ref varchar not null,
  alt varchar not null, copies utinyint not null, genotype varchar not null, filter varchar not null,
  depth integer, quality integer)`

/**
 * Writes every variant call that may be seen to a new folder as Parquet, twice: sorted by variant, for questions about
 * the cohort, and by person. Unless `ids` asks for patient ids, people go by pseudonyms that are made for this export
 * alone and kept nowhere. Throws EXPORT_FOLDER.
 */
export async function exportVariants(
  store: Store,
  tenant: TenantId,
  folder: string,
  within: Restriction,
  options: { readonly ids: boolean; readonly told: (people: number) => void },
): Promise<VariantsExport> {
  await emptyFolder(folder)
  const work = join(folder, '.work')
  await mkdir(work, { mode: 0o700 })
  try {
    const instance = await DuckDBInstance.create(join(work, 'calls.duckdb'), {
      temp_directory: join(work, 'spill'),
      memory_limit: '1GB',
      threads: '2',
      // Nothing is fetched, whatever a query would like to have.
      autoinstall_known_extensions: 'false',
    })
    const connection = await instance.connect()
    try {
      await connection.run(TABLE)
      const appender = await connection.createAppender('calls')
      const counts = await appendAll(store, tenant, within, appender, options)
      appender.closeSync()
      for (const [name, order] of [
        [BY_VARIANT, 'assembly, place, position, ref, alt, person'],
        [BY_PERSON, 'person, reading, place, position, ref, alt'],
      ] as const) {
        const path = join(work, name)
        await connection.run(
          `copy (select * exclude (place) from calls order by ${order}) to '${path.replaceAll("'", "''")}'
           (format parquet, compression zstd)`,
        )
      }
      const hidden = await hiddenPeople(store, tenant, counts.people)
      const result = { ...counts, hidden }
      for (const name of [BY_VARIANT, BY_PERSON]) await rename(join(work, name), join(folder, name))
      await writeFile(join(folder, 'export.json'), `${JSON.stringify(result, undefined, 2)}\n`, {
        mode: 0o600,
      })
      return result
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function appendAll(
  store: Store,
  tenant: TenantId,
  within: Restriction,
  appender: DuckDBAppender,
  { ids, told }: { readonly ids: boolean; readonly told: (people: number) => void },
): Promise<Omit<VariantsExport, 'hidden'>> {
  const secret = randomBytes(32)
  const nameOf = (id: PatientId) =>
    ids ? id : createHmac('sha256', secret).update(id).digest('base64url').slice(0, 22)
  let people = 0
  let readings = 0
  let calls = 0
  for await (const id of peopleWithVariants(store, tenant, within)) {
    const person = nameOf(id)
    const own = await store.variants.read({ tenant, patient: id }, within)
    for (const [place, reading] of own.entries()) {
      append(appender, person, place + 1, reading)
      readings += 1
      calls += reading.calls.count
    }
    appender.flushSync()
    people += 1
    told(people)
  }
  return { people, readings, calls }
}

function append(
  appender: DuckDBAppender,
  person: string,
  place: number,
  { assembly, calls }: Pick<VariantReading, 'assembly'> & { readonly calls: CallColumns },
): void {
  for (let i = 0; i < calls.count; i++) {
    const call = callAt(calls, i)
    appender.appendVarchar(person)
    appender.appendInteger(place)
    appender.appendVarchar(assembly)
    appender.appendVarchar(call.chromosome)
    appender.appendUTinyInt(CHROMOSOMES.indexOf(call.chromosome))
    appender.appendInteger(call.position)
    appender.appendVarchar(call.ref)
    appender.appendVarchar(call.alt)
    appender.appendUTinyInt(call.copies)
    appender.appendVarchar(call.genotype)
    appender.appendVarchar(call.filter)
    if (call.depth === undefined) appender.appendNull()
    else appender.appendInteger(call.depth)
    if (call.quality === undefined) appender.appendNull()
    else appender.appendInteger(call.quality)
    appender.endRow()
  }
}

/** Everybody with variants whom a restriction shows, by id. */
export async function* peopleWithVariants(
  store: Store,
  tenant: TenantId,
  within: Restriction,
): AsyncGenerator<PatientId> {
  let after: PatientId | undefined
  for (;;) {
    const people = await store.variants.people(tenant, within, 1000, after)
    yield* people
    if (people.length < 1000) return
    after = people.at(-1)
  }
}

async function hiddenPeople(store: Store, tenant: TenantId, shown: number): Promise<number> {
  let all = 0
  for await (const _ of peopleWithVariants(store, tenant, UNRESTRICTED)) all += 1
  return Math.max(0, all - shown)
}

async function emptyFolder(folder: string): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new Fault(
      'EXPORT_FOLDER',
      folder,
      'the folder is not empty',
      'Name a new folder: an export is never mixed with another.',
    )
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
}
