import assert from 'node:assert/strict'
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { smallVcf } from '../../../test/support/small-vcf.ts'
import { Facts } from '../../knowledge/facts.ts'
import type { Ingest, ReceivedFile } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId, tenantId } from '../../terms/ids.ts'
import type { Services } from './services.ts'
import { UploadJobs } from './upload-jobs.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-jobs-'))
after(() => rmSync(folder, { recursive: true }))

/** The small VCF and then `lines` records that the panel does not ask for. */
function received(name: string, lines: number): ReceivedFile & { readonly discarded: () => boolean } {
  const path = join(folder, name)
  const rest = Array.from(
    { length: lines },
    (_, i) => `chr10\t${95_000_000 + i}\t.\tA\tG\t.\tPASS\t.\tGT\t0/1`,
  )
  writeFileSync(path, `${smallVcf()}${rest.join('\n')}\n`)
  let discarded = false
  return {
    name,
    path,
    sha256: '0'.repeat(64),
    bytes: statSync(path).size,
    read: () => createReadStream(path),
    discard: async () => {
      discarded = true
    },
    discarded: () => discarded,
  }
}

function jobsOver(ingest: (upload: Ingest) => Promise<void>): UploadJobs {
  const services = {
    tenant: tenantId('main'),
    facts: Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')]),
    now: () => new Date(0),
    log: () => undefined,
    store: { records: { ingest: (_key: unknown, upload: Ingest) => ingest(upload) } },
  }
  return new UploadJobs(services as unknown as Services)
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const key = { tenant: tenantId('main'), patient: patientId('ann') }

test('a stop while a file is read: the file is refused, not stored, and discarded', async () => {
  const jobs = jobsOver(() => assert.fail('stored'))
  const file = received('long.vcf', 200_000)
  const waiting = received('next.vcf', 0)
  const job = jobs.start(key, file, undefined)
  const next = jobs.start(key, waiting, undefined)
  while (jobs.get(job.id).bytes.read === 0) await turn()
  await jobs.close()
  assert.equal(file.discarded(), true)
  assert.equal(waiting.discarded(), true)
  for (const { id } of [job, next]) {
    const { state, fault } = jobs.get(id)
    assert.deepEqual([state, fault?.code], ['refused', 'SERVER_STOPPING'])
  }
  assert.ok(jobs.get(job.id).bytes.read < file.bytes)
})

test('progress grows to the whole file, and stored is said after the store has it', async () => {
  let stored = false
  const jobs = jobsOver(async (upload) => {
    assert.equal(upload.genotypes[0]?.calls.length, 4)
    stored = true
  })
  const file = received('long.vcf', 100_000)
  const { id } = jobs.start(key, file, undefined)
  const seen = new Set<number>()
  while (jobs.get(id).state !== 'stored') {
    seen.add(jobs.get(id).bytes.read)
    await turn()
  }
  assert.equal(stored, true)
  assert.ok(seen.size > 1, `${[...seen].join()}`)
  assert.deepEqual(jobs.get(id).bytes, { read: file.bytes, total: file.bytes })
})

test('the store’s refusal is the job’s', async () => {
  const jobs = jobsOver(async () => {
    throw new Fault('SEX_CONTRADICTION', 'chrX', 'x', 'y')
  })
  const file = received('short.vcf', 0)
  const { id } = jobs.start(key, file, undefined)
  while (jobs.get(id).state !== 'refused') await turn()
  assert.equal(jobs.get(id).fault?.code, 'SEX_CONTRADICTION')
  assert.equal(file.discarded(), true)
})
