import type { DrugUse } from '../record/patient-record.ts'
import type { ArchiveFolder } from './archive.ts'
import { log } from './event-log.ts'
import { writeGenotypeSet } from './genotype-sets.ts'
import { claim } from './patient-row.ts'
import type { Database } from './query.ts'
import { readDrugs, replaceDrugs, writeMeasurements, writeOutsideCalls } from './record-parts.ts'
import type { Act, Ingest, IngestReceipt, PatientKey } from './store.ts'
import { refuseSexContradiction, refuseTwoPeople } from './wrong-patient.ts'

/**
 * Stores one upload: files into the archive, then every row, in one transaction (see `Records.ingest`). What can be
 * refused is refused before anything is moved. When it dies in between, the rows are rolled back by the database and
 * the files, named in a notice, are deleted by the next sweep.
 */
export async function ingest(
  database: Database,
  archive: ArchiveFolder,
  key: PatientKey,
  upload: Ingest,
  act: Act,
  expected: number | undefined,
): Promise<IngestReceipt> {
  refuseTwoPeople(upload.genotypes)
  requireSources(upload)
  const { tenant, patient } = key
  const notice = archive.notice(tenant)
  try {
    const receipt = await database.transaction(async (queries) => {
      const { version, sex } = await claim(queries, key, act.at, expected)
      for (const set of upload.genotypes) refuseSexContradiction(sex, set)
      await archive.shareLock(queries)
      await notice.write(upload.files.map(({ received }) => received.sha256))
      for (const { received, format } of upload.files) {
        await archive.place(tenant, received)
        await queries.run(
          `insert into archived_file (tenant_id, patient_id, sha256, name, format, bytes, received_at)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, patient_id, sha256) do nothing`,
          [tenant, patient, received.sha256, received.name, format, received.bytes, act.at],
        )
      }
      let replaced = 0
      for (const set of upload.genotypes) if (await writeGenotypeSet(queries, key, set)) replaced++
      await writeOutsideCalls(queries, key, upload.outsideCalls)
      if (upload.drugs.length > 0) {
        await replaceDrugs(queries, key, joined(await readDrugs(queries, key), upload.drugs))
      }
      await writeMeasurements(queries, key, upload.measurements)
      await log(queries, key, 'ingested', act, {
        version,
        files: upload.files.map(({ received }) => received.sha256).join(' '),
        genotypeSets: upload.genotypes.length,
        outsideCalls: upload.outsideCalls.length,
        drugs: upload.drugs.length,
        measurements: upload.measurements.length,
      })
      return { version, replaced }
    })
    await notice.tearUp()
    return receipt
  } catch (error) {
    // The first error is the one to tell. A notice that cannot be settled now is left for the next sweep.
    await notice.settle().catch(() => undefined)
    throw error
  }
}

/** Every call must lead back to the bytes it was read from: a source with a checksum is one of the upload's files. */
function requireSources({ files, genotypes, outsideCalls }: Ingest): void {
  const given = new Set(files.map(({ received }) => received.sha256))
  for (const { source } of [...genotypes, ...outsideCalls]) {
    if (source.sha256 !== undefined && !given.has(source.sha256)) {
      throw new Error(`an ingest cites ${source.name} by checksum but does not bring the file`)
    }
  }
}

function joined(before: readonly DrugUse[], added: readonly DrugUse[]): readonly DrugUse[] {
  const list = [...before]
  for (const drug of added) {
    if (!list.some(({ text, status }) => text === drug.text && status === drug.status)) list.push(drug)
  }
  return list
}
