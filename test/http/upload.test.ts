import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FileSummary, Job, PatientSummary } from '../../src/app/http/api.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { smallVcf, smallVcfGz } from '../support/small-vcf.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

let people = 0
async function newPerson(): Promise<string> {
  const id = `up-${++people}`
  await call(`${server.url}/api/patients`, 'POST', { id, name: `Example ${people}` })
  return id
}

async function send(
  id: string,
  content: string | Buffer,
  fields: Record<string, string> = {},
  name = 'person.vcf.gz',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name)
  const response = await fetch(`${server.url}/api/patients/${id}/files`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function finished(job: Record<string, unknown>): Promise<Job> {
  for (;;) {
    const now = (await call(`${server.url}/api/jobs/${String(job['id'])}`)).body as unknown as Job
    if (now.state === 'stored' || now.state === 'refused') return now
    await sleep(10)
  }
}

async function filesOf(id: string): Promise<readonly FileSummary[]> {
  return ((await call(`${server.url}/api/patients/${id}`)).body as unknown as PatientSummary).files
}

test('a file is received, read and stored; the job says how far it is', async () => {
  const id = await newPerson()
  const { status, body } = await send(id, smallVcfGz())
  assert.equal(status, 202)
  assert.equal(body['file'], 'person.vcf.gz')
  const job = await finished(body)
  assert.equal(job.state, 'stored')
  assert.equal(job.bytes.read, job.bytes.total)
  const [file, ...others] = await filesOf(id)
  assert.equal(others.length, 0)
  assert.equal(file?.sample, 'EXAMPLE-1')
  assert.equal(file?.assembly, 'GRCh38')
  assert.equal(file?.calls, 4)
  assert.deepEqual(job.stored, file)
})

test('a file with several samples is refused until one is named', async () => {
  const id = await newPerson()
  const two = smallVcf(['S1', 'S2'])
  const refused = await finished((await send(id, two)).body)
  assert.equal(refused.state, 'refused')
  assert.equal(refused.fault?.code, 'SAMPLE_NOT_NAMED')
  assert.match(refused.fault.mend, /S1, S2/)
  assert.deepEqual(await filesOf(id), [])
  const stored = await finished((await send(id, two, { sample: 'S2' })).body)
  assert.equal(stored.state, 'stored')
  assert.deepEqual(
    (await filesOf(id)).map((one) => one.sample),
    ['S2'],
  )
})

const BAD: readonly (readonly [what: string, content: string | Buffer, code: RegExp])[] = [
  ['a text that is no VCF', 'hello\n', /^NOT_A_VCF$/],
  ['nothing', '', /^EMPTY_FILE$/],
  ['half a gzip file', smallVcfGz().subarray(0, 120), /GZIP|TRUNCATED|COMPRESS/],
  ['no sample column', smallVcf([]), /./],
]
for (const [what, content, code] of BAD) {
  test(`refused with a coded fault and nothing stored: ${what}`, async () => {
    const id = await newPerson()
    const { status, body } = await send(id, content)
    assert.equal(status, 202)
    const job = await finished(body)
    assert.equal(job.state, 'refused')
    assert.match(job.fault!.code, code)
    assert.notEqual(job.fault!.code, 'INTERNAL')
    assert.notEqual(job.fault!.mend, '')
    assert.deepEqual(await filesOf(id), [])
  })
}

test('a file larger than the limit is refused, and nothing of it is kept', async () => {
  const id = await newPerson()
  const { status, body } = await send(id, Buffer.alloc(2 ** 20 + 1, 0x41))
  assert.deepEqual([status, body['code']], [413, 'UPLOAD_TOO_LARGE'])
  assert.deepEqual(await filesOf(id), [])
})

test('a request without a file, of an unknown person, or that is no form', async () => {
  const id = await newPerson()
  const form = new FormData()
  form.append('sample', 'S1')
  const empty = await fetch(`${server.url}/api/patients/${id}/files`, { method: 'POST', body: form })
  assert.equal(empty.status, 400)
  assert.equal((await send('nobody', smallVcfGz())).status, 404)
  const json = await call(`${server.url}/api/patients/${id}/files`, 'POST', { file: 'x' })
  assert.deepEqual([json.status, json.body['code']], [400, 'REQUEST_MALFORMED'])
})

test('the name of a file is never a path', async () => {
  const id = await newPerson()
  const { body } = await send(id, smallVcfGz(['PATH-1']), {}, '../../etc/passwd\u0007')
  assert.equal(body['file'], 'passwd')
  assert.equal((await finished(body)).state, 'stored')
})

test('a sheet of outside calls is told by its content, and stored with its lines', async () => {
  const id = await newPerson()
  const sheet = '# gene, diplotype\nCYP2D6\t*1/*4\nHLA-B\t*57:01/*08:01\n'
  const job = await finished((await send(id, sheet, {}, 'panel.txt')).body)
  assert.deepEqual([job.state, job.stored], ['stored', { outsideCalls: 2 }])
  const person = (await call(`${server.url}/api/patients/${id}`)).body as unknown as PatientSummary
  assert.deepEqual(
    person.outsideCalls.map((one) => [one.gene, one.diplotype, one.line]),
    [
      ['CYP2D6', '*1/*4', 2],
      ['HLA-B', '*57:01/*08:01', 3],
    ],
  )
})

test('a file that is already in another person’s record is refused', async () => {
  const [one, other] = [await newPerson(), await newPerson()]
  const content = smallVcfGz(['TWICE-1'])
  assert.equal((await finished((await send(one, content)).body)).state, 'stored')
  const refused = await finished((await send(other, content)).body)
  assert.equal(refused.fault?.code, 'SAMPLE_OF_ANOTHER_PATIENT')
  assert.deepEqual(await filesOf(other), [])
})

test('uploads of many people at once are all stored', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, newPerson))
  const sent = await Promise.all(ids.map((id) => send(id, smallVcfGz([`SAMPLE-${id}`]))))
  for (const { body } of sent) assert.equal((await finished(body)).state, 'stored')
  for (const id of ids) assert.equal((await filesOf(id)).length, 1)
})
