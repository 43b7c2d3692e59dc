import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Facts } from '../../knowledge/facts.ts'
import type { Act } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { readTumorUpload } from '../board/read-tumor-upload.ts'
import { Told } from '../board/told.ts'
import { clinicalContext, DrugList, NewPatient } from '../http/api.ts'
import { codedDrugs } from '../pgx/coded-drug.ts'
import { TENANT } from '../tenant.ts'
import { loadTrials } from '../trials/load-trials.ts'
import { addPerson } from './person-resource.ts'
import { joinUploads, type Reading, readUpload } from './read-upload.ts'

/** One line of examples/people.json: an invented person, with a genotype file beside it. */
const DemoPerson = NewPatient.extend({
  id: z.string(),
  about: z.string(),
  drugs: DrugList.shape.drugs,
  /** Genotype file, relative to the folder. */
  file: z.string(),
  /** Results of another laboratory, relative to the folder. */
  outside: z.string().optional(),
  /** A file of a tumour, relative to the folder, with what a laboratory would say beside it. */
  tumor: z.object({ file: z.string(), told: Told }).optional(),
})

/**
 * Registers the example people and trials, unless somebody is registered already: a store in use is never mixed with invented
 * people. Returns how many were added. Throws DEMO_MISSING.
 */
export async function seedDemo(folder: string, store: Store, facts: Facts, act: Act): Promise<number> {
  const { total } = await store.patients.list(TENANT, { limit: 1 })
  if (total > 0) return 0
  const people = readPeople(folder)
  for (const person of people) await seed(person, folder, store, facts, act)
  const trials: unknown[] = JSON.parse(readFileSync(join(folder, 'trials.json'), 'utf8'))
  const documents = trials.map((one, i) => [`trials.json[${i}]`, one] as const)
  await loadTrials({ store, facts }, TENANT, documents, act)
  return people.length
}

/** Reads first and registers then: a file that cannot be read leaves nobody without a genotype. */
async function seed(
  person: z.output<typeof DemoPerson>,
  folder: string,
  store: Store,
  facts: Facts,
  act: Act,
): Promise<void> {
  const { name, sex, birthDate, identifiers, measurements, tumor } = person
  const key = { tenant: TENANT, patient: patientId(person.id) }
  const files = [person.file, ...(person.outside === undefined ? [] : [person.outside])]
  const receive = (file: string) => store.archive.receive(file, createReadStream(join(folder, file)))
  const received = await Promise.all(files.map(receive))
  const ofTumor = tumor === undefined ? undefined : await receive(tumor.file)
  const progress = () => undefined
  try {
    const uploads: Reading[] = []
    for (const one of received) uploads.push(await readUpload(one, facts, { sample: undefined, progress }))
    if (tumor !== undefined && ofTumor !== undefined) {
      await readTumorUpload(ofTumor, tumor.told, facts, progress)
      uploads.push({
        files: [{ received: ofTumor, format: 'tumor' }],
        genotypes: [],
        outsideCalls: [],
      })
    }
    const drugs = codedDrugs(person.drugs, facts)
    await addPerson(store, facts, TENANT, { id: key.patient, name, sex, birthDate, identifiers }, act)
    await store.records.ingest(key, { ...joinUploads(uploads), drugs, measurements }, act)
    await store.records.change(key, { context: clinicalContext(person.context) }, act)
    if (tumor !== undefined && ofTumor !== undefined) {
      const { sha256 } = ofTumor
      await store.tumorFiles.keep(
        key,
        { id: `demo-${person.id}`, sha256, name: tumor.file, told: tumor.told },
        act,
      )
    }
  } catch (error) {
    for (const one of [...received, ...(ofTumor === undefined ? [] : [ofTumor])]) await one.discard()
    throw error
  }
}

function readPeople(folder: string): z.output<typeof DemoPerson>[] {
  const path = join(folder, 'people.json')
  if (!existsSync(path)) {
    throw new Fault('DEMO_MISSING', path, 'the example people are not there', 'Run from a complete checkout.')
  }
  return z.array(DemoPerson).parse(JSON.parse(readFileSync(path, 'utf8')))
}
