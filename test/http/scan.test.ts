import assert from 'node:assert/strict'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import { clamd, clamdAddress } from '../../src/app/scan/clamd.ts'
import { type AuditEvent, entryOf } from '../../src/safeguard/audit/audit-event.ts'
import { patientId } from '../../src/terms/ids.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { labPdf } from '../support/lab-pdf.ts'
import { smallVcf } from '../support/small-vcf.ts'
import { newHome, removeHome } from '../support/store-home.ts'

/** What the made clamd calls malware: the test word of the EICAR file, in part, so that no scanner stops at this one. */
const BAD = 'X5O!P%@AP'
const MOST = 1_000_000

/** A clamd as clamd(8) describes its socket: z commands, INSTREAM pieces, a limit of the stream. */
class MadeClamd {
  readonly server: Server
  /** Bytes of each stream that ended. */
  streams: Buffer[] = []
  mood: 'well' | 'silent' | 'mumbles' | 'hangs up' = 'well'
  readonly #open = new Set<Socket>()

  constructor() {
    this.server = createServer((socket) => {
      this.#open.add(socket)
      socket.on('close', () => this.#open.delete(socket))
      socket.on('error', () => undefined)
      let bytes = Buffer.alloc(0)
      let command: string | undefined
      const parts: Buffer[] = []
      let size = 0
      socket.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk])
        if (command === undefined) {
          const end = bytes.indexOf(0)
          if (end < 0) return
          command = bytes.subarray(0, end).toString()
          bytes = bytes.subarray(end + 1)
          if (command === 'zVERSION') return void socket.end('ClamAV 1.4.6/27500/Sun Nov 22 2026\0')
        }
        if (command !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0')
        while (bytes.length >= 4) {
          const length = bytes.readUInt32BE(0)
          if (length === 0) {
            const all = Buffer.concat(parts)
            this.streams.push(all)
            return this.#answer(socket, all)
          }
          size += length
          if (size > MOST) return void socket.end('INSTREAM size limit exceeded. ERROR\0')
          if (bytes.length < 4 + length) return
          parts.push(bytes.subarray(4, 4 + length))
          bytes = bytes.subarray(4 + length)
        }
      })
    })
  }

  #answer(socket: Socket, all: Buffer): void {
    if (this.mood === 'silent') return
    if (this.mood === 'hangs up') return void socket.destroy()
    if (this.mood === 'mumbles') return void socket.end('stream: perhaps\0')
    socket.end(all.includes(BAD) ? 'stream: Made.Test.Signature FOUND\0' : 'stream: OK\0')
  }

  close(): void {
    for (const one of this.#open) one.destroy()
    this.server.close()
  }
}

const made = new MadeClamd()
const home = newHome()
let server: TestServer
let bare: TestServer
before(async () => {
  const path = join(home, 'clamd.ctl')
  await new Promise<void>((resolve) => made.server.listen(path, resolve))
  server = await testServer({ scanner: clamd({ path }, 300), largestFile: 2 ** 24 })
  bare = await testServer()
  for (const one of [server, bare])
    await call(`${one.url}/api/patients`, 'POST', { id: 'm1', name: 'Example m1', birthDate: '1980-05-31' })
})
after(async () => {
  await server.close()
  await bare.close()
  made.close()
  await removeHome(home)
})
afterEach(() => {
  made.mood = 'well'
})

async function upload(to: TestServer, content: string): Promise<[number, string | undefined]> {
  const form = new FormData()
  form.append('file', new Blob([content]), 'one.vcf')
  const answer = await fetch(`${to.url}/api/patients/m1/files`, { method: 'POST', body: form })
  return [answer.status, ((await answer.json()) as { code?: string }).code]
}
async function sendPdf(
  to: TestServer,
  body: Buffer,
): Promise<{ status: number; code?: string; document?: string }> {
  const headers = { 'content-type': 'application/pdf' }
  const answer = await fetch(`${to.url}/api/patients/m1/documents`, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  })
  return { status: answer.status, ...((await answer.json()) as object) }
}
const lastAudit = async (of: TestServer) => {
  const [row] = await of.store.audit.find(of.services.tenant, { patients: [patientId('m1')] }, 1)
  const { code, what } = entryOf(JSON.parse(row!.leaf) as AuditEvent)
  return [code, ...what].join('; ')
}
const pdfOf = async (more = '') =>
  Buffer.from(`${Buffer.from(await labPdf([])).toString('latin1')}${more}`, 'latin1')

test('a file is scanned, whole, before it is kept; what the scanner knows as malware is not kept', async () => {
  const content = smallVcf(['S1'])
  assert.deepEqual(await upload(server, content), [202, undefined])
  assert.deepEqual(made.streams.at(-1), Buffer.from(content))
  assert.match(await lastAudit(server), /scanned for malware, nothing found \(ClamAV 1\.4\.6/)
  assert.deepEqual(await upload(server, `${content}##${BAD}\n`), [422, 'FILE_INFECTED'])
  const [jobs] = [await server.store.jobs.list(server.services.tenant, undefined, 100)]
  assert.equal(jobs.filter(({ kind }) => kind === 'upload').length, 1)
  assert.match(await lastAudit(server), /FILE_INFECTED/)
})

test('a document is scanned when it comes and again when it is given', async () => {
  const bad = await sendPdf(server, await pdfOf(BAD))
  assert.deepEqual([bad.status, bad.code], [422, 'FILE_INFECTED'])
  const { status, document } = await sendPdf(server, await pdfOf())
  assert.equal(status, 202)
  const path = `/api/patients/m1/documents/${document}`
  assert.equal((await fetch(`${server.url}${path}`)).status, 200)
  assert.match(await lastAudit(server), /scanned for malware, nothing found/)
  // By the FHIR door, whose JSON serves no file.
  const attachment = { contentType: 'application/pdf', data: (await pdfOf(BAD)).toString('base64') }
  const resource = {
    resourceType: 'DocumentReference',
    id: 'by-fhir',
    status: 'current',
    subject: { reference: 'Patient/m1' },
    content: [{ attachment }],
  }
  const put = await call(`${server.url}/fhir/R4/DocumentReference/by-fhir`, 'PUT', resource, {
    'content-type': 'application/fhir+json',
  })
  assert.equal(put.status, 201, JSON.stringify(put.body))
  assert.equal((await fetch(`${server.url}/api/patients/m1/documents/by-fhir`)).status, 422)
})

test('without a scanner the audit log says plainly that nothing was scanned', async () => {
  assert.deepEqual(await upload(bare, smallVcf(['S1'])), [202, undefined])
  assert.match(await lastAudit(bare), /not scanned for malware: this site has no scanner/)
})

test('a file larger than the scanner takes is kept, and the audit log says that it was not scanned', async () => {
  const large = `${smallVcf(['S1'])}##${'x'.repeat(3 * MOST)}\n`
  assert.deepEqual(await upload(server, large), [202, undefined])
  assert.match(await lastAudit(server), /not scanned for malware: larger than the scanner takes/)
})

for (const mood of ['silent', 'mumbles', 'hangs up'] as const)
  test(`a scanner that ${mood === 'silent' ? 'is silent' : mood}: nothing is kept`, async () => {
    made.mood = mood
    assert.deepEqual(await upload(server, smallVcf(['S1'])), [503, 'SCANNER_UNAVAILABLE'])
    assert.equal((await sendPdf(server, await pdfOf())).code, 'SCANNER_UNAVAILABLE')
  })

test('a scanner that is not there: nothing is kept', async () => {
  const gone = await testServer({ scanner: clamd({ path: join(home, 'nobody') }, 300) })
  try {
    await call(`${gone.url}/api/patients`, 'POST', { id: 'm1', name: 'Example m1' })
    assert.deepEqual(await upload(gone, smallVcf(['S1'])), [503, 'SCANNER_UNAVAILABLE'])
  } finally {
    await gone.close()
  }
})

test('where a clamd may be', () => {
  assert.deepEqual(clamdAddress('unix:/run/clamav/clamd.ctl', false), { path: '/run/clamav/clamd.ctl' })
  assert.deepEqual(clamdAddress('tcp:127.0.0.1:3310', false), { host: '127.0.0.1', port: 3310 })
  assert.deepEqual(clamdAddress('tcp:[::1]:3310', false), { host: '::1', port: 3310 })
  assert.deepEqual(clamdAddress('tcp:10.0.0.7:3310', true), { host: '10.0.0.7', port: 3310 })
  assert.throws(() => clamdAddress('tcp:10.0.0.7:3310', false), { code: 'SCANNER_CLEAR' })
  for (const text of ['clamd', 'unix:relative', 'tcp:127.0.0.1', 'tcp:127.0.0.1:0', 'tcp:127.0.0.1:70000'])
    assert.throws(() => clamdAddress(text, false), { code: 'SCANNER_ADDRESS' })
})
