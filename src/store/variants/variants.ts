import type { Restriction } from '../../record/resource-query.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Database, Queries } from '../database/query.ts'
import { lockPerson } from '../people/patient-row.ts'
import type { PatientKey } from '../person.ts'
import { readingOf } from '../record/genotype-sets.ts'
import { restrictionSql } from '../resources/restriction.ts'
import { type Bind, Values } from '../resources/statement.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import { packCalls, unpackCalls } from './call-pack.ts'
import { carriersOf, sightColumns } from './carriers.ts'
import { foldVariants } from './fold.ts'
import { retireReadings } from './retire.ts'
import { VariantDigests } from './variant-digest.ts'
import type { VariantReading, Variants } from './variant-store.ts'

interface ReadingRow {
  readonly reading: string
  readonly assembly: Assembly
  readonly head: Buffer
  readonly packed: Buffer
}

type Head = Pick<VariantReading, 'file' | 'sha256' | 'sample'>

export function variantsIn(database: Database, vault: Vault): Variants {
  const digests = new VariantDigests(vault)
  return {
    async write(key, { file, sha256, sample, assembly, calls }) {
      const { tenant, patient } = key
      const reading = vault.blind(tenant, 'variant reading', JSON.stringify([sha256, sample]))
      const packed = packCalls(calls)
      const { one, more } = digests.ofReading(tenant, assembly, calls)
      await database.transaction(async (queries) => {
        await lockPerson(queries, key)
        await retireReadings(queries, key, reading)
        const head: Head = { file, sha256, sample }
        const row = await queries.first<{ number: number }>(
          `insert into variant_reading (tenant_id, patient_id, reading, assembly, calls, head, packed, of_set)
           values ($1, $2, $3, $4, $5, $6, $7, $8) returning number`,
          [
            tenant,
            patient,
            reading,
            assembly,
            calls.count,
            await sealerOf(queries, vault, key).seal(headPlace(reading), head),
            await vault.seal(queries, key, callsPlace(reading), packed),
            readingOf(vault, key, sha256, sample),
          ],
        )
        await queries.run(
          `insert into variant_delta (tenant_id, patient_id, reading, number, one_copy, more_copies)
           values ($1, $2, $3, $4, $5, $6)`,
          [tenant, patient, reading, row!.number, one, more],
        )
      })
    },

    async read(key, within) {
      const rows = await rowsOf(database, key, within, 'r.reading, r.assembly, r.head, r.packed')
      const readings: VariantReading[] = []
      for (const { reading, assembly, head, packed } of rows) {
        const plain = await vault.open(database, key, callsPlace(reading), packed)
        const opened = await sealerOf(database, vault, key).open<Head>(headPlace(reading), head)
        readings.push({ ...opened, assembly, calls: unpackCalls(plain) })
      }
      return readings
    },

    async list(key) {
      const rows = await rowsOf(database, key, undefined, 'r.reading, r.assembly, r.head')
      const sealer = sealerOf(database, vault, key)
      const heads: Head[] = []
      for (const { reading, head } of rows) heads.push(await sealer.open<Head>(headPlace(reading), head))
      return heads.map(({ sha256, sample }) => ({ sha256, sample }))
    },

    async nameSets(key) {
      const rows = await database.rows<{ reading: string; head: Buffer }>(
        'select reading, head from variant_reading where tenant_id = $1 and patient_id = $2 and of_set is null',
        [key.tenant, key.patient],
      )
      for (const { reading, head } of rows) {
        const { sha256, sample } = await sealerOf(database, vault, key).open<Head>(headPlace(reading), head)
        await database.run(
          'update variant_reading set of_set = $4 where tenant_id = $1 and patient_id = $2 and reading = $3',
          [key.tenant, key.patient, reading, readingOf(vault, key, sha256, sample)],
        )
      }
    },

    carriers: (tenant, variants, within) =>
      carriersOf(
        database,
        tenant,
        variants.map((one) => digests.of(tenant, one)),
        within,
      ),

    async people(tenant, within, most, after) {
      const { bind, list } = new Values()
      const rows = await database.rows<{ patient_id: PatientId }>(
        `select distinct g.patient_id from (
           select ${sightColumns('r', bind)} from variant_reading r
           where r.tenant_id = ${bind(tenant)} and r.patient_id > ${bind(after ?? '')}
         ) g where true ${restrictionSql(within, 'g', bind)} order by g.patient_id limit ${bind(most)}`,
        list,
      )
      return rows.map(({ patient_id }) => patient_id)
    },

    fold: (tenant, most) => database.transaction((queries) => foldVariants(queries, tenant, most)),
  }
}

function rowsOf(
  queries: Queries,
  { tenant, patient }: PatientKey,
  within: Restriction | undefined,
  columns: string,
): Promise<ReadingRow[]> {
  const { bind, list } = new Values()
  const sight = (b: Bind) =>
    within === undefined
      ? ''
      : ` and exists (select 1 from (select ${sightColumns('r', b)}) g where true ${restrictionSql(within, 'g', b)})`
  return queries.rows<ReadingRow>(
    `select ${columns} from variant_reading r
     where r.tenant_id = ${bind(tenant)} and r.patient_id = ${bind(patient)}${sight(bind)} order by r.number`,
    list,
  )
}

const headPlace = (reading: string) => `variant_reading/${reading}/head`
const callsPlace = (reading: string) => `variant_reading/${reading}/calls`
