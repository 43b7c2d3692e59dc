import { crc32 } from 'node:zlib'
import { SearchIndex } from '../../fhir/search/search-index.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import type { Resource } from '../../record/resource.ts'
import { onlyPatient } from '../../record/resource-query.ts'
import { readResourceText, resourceText } from '../../record/resource-text.ts'
import { project } from '../../safeguard/access/projection.ts'
import type { Caller } from '../../safeguard/caller.ts'
import type { ReceivedFile } from '../../store/archive/received-file.ts'
import type { PatientKey } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import { accessOf } from '../access/access-of.ts'
import type { SeenRecord } from '../http/seen-record.ts'
import type { Services } from '../http/services.ts'
import { scanned } from '../scan/scanner.ts'
import { fileAddress } from './received-files.ts'
import { LARGEST_ZIP, sizeOf, type ZipMember, zipText } from './zip.ts'

/** Resources read at a time. */
const BATCH = 500

/** A record ready to leave; what was written aside for it is deleted by `discard`. */
interface WholeRecord {
  readonly members: readonly ZipMember[]
  /** How many resources and files are in it. */
  readonly count: number
  discard(): Promise<void>
}

/**
 * Everything that is kept about a person and that the caller may see: resources as one NDJSON file, the typed record,
 * what was issued as advice, and every file as it was received. Files that do not fit into one archive, or that a scanner
 * refuses, are named in it instead. Throws SCANNER_UNAVAILABLE.
 */
export async function wholeRecord(
  services: Services,
  key: PatientKey,
  caller: Caller,
  seen: SeenRecord,
): Promise<WholeRecord> {
  const { store } = services
  const { file: resources, member, count } = await resourcesOf(services, key, caller)
  try {
    const { record, withheld } = seen
    const issued = seen.advice && withheld === undefined ? await issuedPlans(services, key) : []
    const members = [member, zipText('record.json', pretty(record)), ...issued]
    const left: string[] = []
    const names = new Set<string>()
    for (const file of seen.advice ? await store.archive.list(key) : []) {
      const name = freeName(names, file.name)
      const there = { name, bytes: file.bytes, crc: 0, read: () => file.read() }
      const address = `${services.publicUrl()}${fileAddress(key.patient, file)}`
      if (sizeOf([...members, there]) > LARGEST_ZIP) {
        left.push(`${file.name} is too large for this archive. It is at ${address}`)
        continue
      }
      try {
        await scanned(services.scanner, there.read)
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'FILE_INFECTED') throw error
        left.push(`${file.name} was left out: ${error.what}.`)
        continue
      }
      members.push({ ...there, crc: await crcOf(there.read()) })
    }
    const readme = zipText('README.txt', readmeText(services.now(), withheld, left))
    return { members: [readme, ...members], count: count + names.size, discard: () => resources.discard() }
  } catch (error) {
    await resources.discard()
    throw error
  }
}

/** Every resource as a line, written aside sealed: an archive says how long a member is before its bytes. */
async function resourcesOf(
  services: Services,
  key: PatientKey,
  caller: Caller,
): Promise<{ readonly file: ReceivedFile; readonly member: ZipMember; readonly count: number }> {
  const counted = { resources: 0, crc: 0 }
  async function* lines() {
    for await (const text of resourceLines(services, key, caller)) {
      const bytes = Buffer.from(`${text}\n`, 'utf8')
      counted.resources += 1
      counted.crc = crc32(bytes, counted.crc)
      yield bytes
    }
  }
  const file = await services.store.archive.receive('resources.ndjson', lines())
  const member = {
    name: 'fhir/resources.ndjson',
    bytes: file.bytes,
    crc: counted.crc,
    read: () => file.read(),
  }
  return { file, member, count: counted.resources }
}

async function* resourceLines(
  { store, facts, site, now }: Services,
  { tenant, patient }: PatientKey,
  caller: Caller,
): AsyncGenerator<string> {
  const access = accessOf(facts, site)
  for (const type of new SearchIndex(searchFacts(facts)).types) {
    if (type === 'AuditEvent') continue
    const decision = access.authorize(caller, { action: 'export', kind: type, patient }, now().toISOString())
    if (!decision.allow) continue
    const within = onlyPatient(patient, decision.restriction)
    const query = { type, criteria: [], sort: [], count: 0, after: undefined, total: false, within }
    for await (const batch of store.resources.scan(tenant, query, BATCH))
      for (const { json } of batch)
        if (json !== undefined)
          yield resourceText(project(readResourceText(json) as Resource, decision.projection(type)))
  }
}

async function issuedPlans({ store }: Services, key: PatientKey): Promise<readonly ZipMember[]> {
  const members: ZipMember[] = []
  for (const { version } of await store.plans.list(key)) {
    const found = await store.plans.get(key, version)
    if (found !== undefined) members.push(zipText(`advice/plan-${version}.json`, found.json))
  }
  return members
}

async function crcOf(content: AsyncIterable<Uint8Array>): Promise<number> {
  let crc = 0
  for await (const chunk of content) crc = crc32(chunk, crc)
  return crc
}

/** Two files may have one name. */
function freeName(taken: Set<string>, name: string): string {
  const plain = name.replace(/[\\/:*?"<>|]/g, '_').replace(/^\.+/, '_')
  for (let n = 1; ; n++) {
    const one = `files/${n === 1 ? '' : `${n}-`}${plain}`
    if (taken.has(one)) continue
    taken.add(one)
    return one
  }
}

function readmeText(at: Date, withheld: string | undefined, left: readonly string[]): string {
  return [
    `Everything that Garrod keeps about you, as of ${at.toISOString()}.`,
    '',
    'fhir/resources.ndjson   your results, medicines, conditions and documents, one FHIR R4 resource on each line',
    'record.json             the short record from which advice is made',
    'advice/                 advice as it was given, oldest with the lowest number',
    'files/                  files as they were received, genotypes included',
    '',
    'Who looked at your record, when and why, is on your page under "Who looked".',
    ...(withheld === undefined ? [] : ['', withheld]),
    ...(left.length === 0 ? [] : ['', 'Not in this archive:', ...left]),
    '',
  ].join('\r\n')
}

const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
