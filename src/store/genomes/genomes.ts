import { trimmed } from '../../record/variant-calls.ts'
import type { Database } from '../database/query.ts'
import { lockPerson } from '../people/patient-row.ts'
import { readingOf } from '../record/genotype-sets.ts'
import type { VariantReading } from '../variants/variant-store.ts'
import { sealerOf } from '../vault/sealed-json.ts'
import type { Vault } from '../vault/vault.ts'
import { foldStretches } from './fold-stretches.ts'
import { genomeCarriers } from './genome-carriers.ts'
import type { Genomes, UnsearchedSet } from './genome-store.ts'
import { retireGenomes } from './retire-genomes.ts'
import { type Stretch, StretchRows } from './stretch-rows.ts'
import { stretchesOf } from './stretches-of.ts'

/** Stretches written by one statement. */
const ROWS = 1_000

type Head = Pick<VariantReading, 'file' | 'sha256' | 'sample'>

export function genomesIn(database: Database, vault: Vault): Genomes {
  const rows = new StretchRows(vault)
  return {
    write: (key, { file, sha256, sample, assembly, calls }) =>
      database.transaction(async (queries) => {
        const { tenant, patient } = key
        await lockPerson(queries, key)
        const reading = readingOf(vault, key, sha256, sample)
        await retireGenomes(queries, key, reading)
        const head: Head = { file, sha256, sample }
        const row = await queries.first<{ number: number }>(
          `insert into genome_reading (tenant_id, patient_id, reading, assembly, calls, head)
           values ($1, $2, $3, $4, $5, $6) returning number`,
          [
            tenant,
            patient,
            reading,
            assembly,
            calls.count,
            await sealerOf(queries, vault, key).seal(genomeHeadPlace(reading), head),
          ],
        )
        const { number } = row!
        let some: Stretch[] = []
        for (const { packed, ...place } of stretchesOf(calls, number)) {
          some.push({ name: rows.nameOf(tenant, assembly, place), part: number, level: 0, packed })
          if (some.length < ROWS) continue
          await rows.insert(queries, tenant, some)
          some = []
        }
        await rows.insert(queries, tenant, some)
      }),

    async list(key) {
      const sealer = sealerOf(database, vault, key)
      const found = await database.rows<{ reading: string; head: Buffer }>(
        'select reading, head from genome_reading where tenant_id = $1 and patient_id = $2 order by number',
        [key.tenant, key.patient],
      )
      const heads: Head[] = []
      for (const { reading, head } of found)
        heads.push(await sealer.open<Head>(genomeHeadPlace(reading), head))
      return heads.map(({ sha256, sample }) => ({ sha256, sample }))
    },

    carriers: (tenant, spellings, within) =>
      genomeCarriers(database, rows, tenant, spellings.map(trimmed), within),

    unsearched: (tenant) =>
      database.rows<UnsearchedSet>(
        `select g.patient_id as patient, g.assembly, g.file_format as format, g.content is not null as "hasFile"
         from genotype_set g
         where g.tenant_id = $1 and g.file_format <> 'fhir'
           and not exists (select 1 from genome_reading r where r.tenant_id = g.tenant_id
             and r.patient_id = g.patient_id and r.reading = g.reading)
           and not exists (select 1 from variant_reading v where v.tenant_id = g.tenant_id
             and v.patient_id = g.patient_id and v.of_set = g.reading)
         order by g.patient_id, g.ordinal`,
        [tenant],
      ),

    fold: (tenant, most) => foldStretches(database, rows, tenant, most),
  }
}

export const genomeHeadPlace = (reading: string) => `genome_reading/${reading}/head`
