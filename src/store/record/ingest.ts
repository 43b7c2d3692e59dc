import type { DrugUse } from '../../record/patient-record.ts'
import type { ArchiveFolder } from '../archive/archive.ts'
import { contentOf } from '../archive/archive-content.ts'
import type { Database } from '../database/query.ts'
import { log } from '../log/event-log.ts'
import { claim } from '../people/patient-row.ts'
import { refuseSexContradiction, refuseTwoPeople } from '../people/wrong-patient.ts'
import type { Act, PatientKey } from '../person.ts'
import type { Vault } from '../vault/vault.ts'
import { writeGenotypeSet } from './genotype-sets.ts'
import { readDrugs, replaceDrugs, writeMeasurements, writeOutsideCalls } from './record-parts.ts'
import type { Ingest, IngestReceipt } from './record-store.ts'

/**
 * Stores one upload: files into the archive, then every row, in one transaction (see `Records.ingest`). What can be
 * refused is refused before anything is moved. When it dies in between, the rows are rolled back by the database and
 * the files, named in a notice, are deleted by the next sweep.
 */
export async function ingest(
  database: Database,
  vault: Vault,
  archive: ArchiveFolder,
  key: PatientKey,
  upload: Ingest,
  act: Act,
  expected: number | undefined,
): Promise<IngestReceipt> {
  refuseTwoPeople(upload.genotypes)
  requireSources(upload)
  const { tenant } = key
  const notice = archive.notice(tenant)
  try {
    const receipt = await database.transaction(async (queries) => {
      const { version, sex } = await claim(queries, key, act.at, expected)
      for (const set of upload.genotypes) refuseSexContradiction(sex, set)
      await archive.shareLock(queries)
      // In one order, so that two uploads do not wait for one another.
      const files = upload.files
        .map((file) => ({ ...file, content: contentOf(vault, tenant, file.received.sha256) }))
        .sort((a, b) => (a.content < b.content ? -1 : 1))
      const contents = files.map(({ content }) => content)
      await notice.write(contents)
      for (const { received, format } of files)
        await archive.keep(queries, key, received, { format, at: act.at })
      let replaced = 0
      for (const set of upload.genotypes) if (await writeGenotypeSet(queries, vault, key, set)) replaced++
      await writeOutsideCalls(queries, vault, key, upload.outsideCalls)
      if (upload.drugs.length > 0) {
        await replaceDrugs(queries, vault, key, joined(await readDrugs(queries, vault, key), upload.drugs))
      }
      await writeMeasurements(queries, vault, key, upload.measurements)
      await log(queries, key, 'ingested', act, {
        version,
        files: contents.join(' '),
        genotypeSets: upload.genotypes.length,
        outsideCalls: upload.outsideCalls.length,
        drugs: upload.drugs.length,
        measurements: upload.measurements.length,
      })
      return { version, replaced }
    })
    await notice.tearUp()
    // What was there already is not needed twice.
    for (const { received } of upload.files) await received.discard()
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
