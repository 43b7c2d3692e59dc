import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { resolveUse } from '../decide/drug-name.ts'
import { panelLoci } from '../knowledge/allele-definition.ts'
import { drugBook } from '../knowledge/drug.ts'
import type { Facts } from '../knowledge/facts.ts'
import type { DrugUse } from '../record/patient-record.ts'
import type { Act, Store } from '../store/store.ts'
import { Fault } from '../terms/fault.ts'
import { atcCode, patientId, rxCui, type TenantId } from '../terms/ids.ts'
import { readUpload } from './read-upload.ts'

/** examples/people.json: invented people with genotype files beside it. */
export const DemoPeople = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    sex: z.enum(['female', 'male', 'other', 'unknown']),
    birthDate: z.iso.date(),
    /** Drugs now taken, by any name. */
    drugs: z.array(z.string()),
    /** Genotype file, relative to the folder. */
    file: z.string(),
    sample: z.string().optional(),
  }),
)

/**
 * Registers the example people, unless somebody is registered already: a store in use is never mixed with invented
 * people. Each is stored whole or not at all. Returns how many were added. Throws DEMO_MISSING.
 */
export async function seedDemo(
  folder: string,
  store: Store,
  tenant: TenantId,
  facts: Facts,
  act: Act,
): Promise<number> {
  const { total } = await store.patients.list(tenant, { limit: 1 })
  if (total > 0) return 0
  const people = readPeople(folder)
  const panel = panelLoci(facts)
  for (const person of people) {
    const { name, sex, birthDate } = person
    const key = { tenant, patient: patientId(person.id) }
    await store.patients.add(tenant, { id: key.patient, name, sex, birthDate, identifiers: [] }, act)
    const received = await store.archive.receive(person.file, createReadStream(join(folder, person.file)))
    try {
      const upload = await readUpload(received, panel, { sample: person.sample, progress: () => undefined })
      const drugs = person.drugs.map((text) => taken(text, facts))
      await store.records.ingest(key, { ...upload, drugs }, act)
    } catch (error) {
      await received.discard()
      throw error
    }
  }
  return people.length
}

function readPeople(folder: string): z.output<typeof DemoPeople> {
  const path = join(folder, 'people.json')
  if (!existsSync(path)) {
    throw new Fault('DEMO_MISSING', path, 'the example people are not there', 'Run from a complete checkout.')
  }
  return DemoPeople.parse(JSON.parse(readFileSync(path, 'utf8')))
}

function taken(text: string, facts: Facts): DrugUse {
  const { drugs } = resolveUse({ text, rxcui: undefined, atc: undefined, status: 'taking' }, drugBook(facts))
  const [drug, second] = drugs
  const [atc] = drug.atc
  const single = second === undefined
  return {
    text,
    rxcui: single && drug.rxcui !== undefined ? rxCui(drug.rxcui) : undefined,
    atc: single && atc !== undefined ? atcCode(atc) : undefined,
    status: 'taking',
  }
}
