import assert from 'node:assert/strict'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { stopEmbedded } from '../../src/store/embedded/control.ts'
import { TENANT } from '../store/example-upload.ts'
import { call } from '../support/http-server.ts'
import { given, smallDisk } from './loop-disk.ts'
import { openWhenReady, prepare, serveGarrod } from './served-garrod.ts'

/** Takes every byte that is left. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  const block = Buffer.alloc(64 * 1024)
  try {
    for (;;) if (writeSync(file, block) === 0) break
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    closeSync(file)
  }
}

test('the disk is full: uploads and writes are refused with a code, nothing acknowledged is lost, and it goes on when there is space', async (t) => {
  const found = given(() => smallDisk(220))
  if ('why' in found) return t.skip(`this machine mounts no tmpfs: ${found.why}`)
  const { disk } = found
  const place = { home: join(disk.folder, 'home'), databaseUrl: undefined }
  await prepare(place)
  const server = await serveGarrod(place)
  t.after(async () => {
    await server.kill()
    await stopEmbedded(place.home, true).catch(() => undefined)
    disk.remove()
  })
  const { url } = server
  assert.equal((await call(`${url}/api/patients`, 'POST', { id: 'p1' })).status, 201)
  const filler = join(disk.folder, 'filler')
  fill(filler)
  // Connections that the server closed while this process was busy are noticed now, and not by the next request.
  await sleep(100)

  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(48 * 2 ** 20)]), 'genome.vcf')
  const upload = await fetch(`${url}/api/patients/p1/files`, { method: 'POST', body: form })
  const told = (await upload.json()) as { code: string }
  assert.ok(upload.status === 507 || upload.status === 503, `${upload.status} ${told.code}`)
  assert.match(told.code, /^(ARCHIVE_DISK|DATABASE_|AUDIT_UNAVAILABLE)/)

  // The database has some pages in hand: it is written to until it has none.
  const written: string[] = []
  let refused: Awaited<ReturnType<typeof call>> | undefined
  for (let i = 0; refused === undefined; i++) {
    assert.ok(i < 2000, 'the disk is not full')
    const person = { resourceType: 'Patient', id: `q${i}`, name: [{ text: 'x'.repeat(20_000) }] }
    const put = await call(`${url}/fhir/R4/Patient/q${i}`, 'PUT', person)
    if (put.status === 201) written.push(`q${i}`)
    else refused = put
  }
  assert.equal(refused.status, 503, JSON.stringify(refused.body))
  assert.equal(refused.body['resourceType'], 'OperationOutcome')
  assert.match(JSON.stringify(refused.body), /DATABASE_|AUDIT_/)

  rmSync(filler)
  for (let i = 0; (await call(`${url}/healthz`)).status !== 200; i++) {
    assert.ok(i < 300, `it did not recover: ${server.err()}`)
    await sleep(100)
  }
  const after = await call(`${url}/fhir/R4/Patient/after`, 'PUT', { resourceType: 'Patient', id: 'after' })
  assert.equal(after.status, 201)
  for (const id of written) assert.equal((await call(`${url}/fhir/R4/Patient/${id}`)).status, 200, id)
  assert.doesNotMatch(server.err(), /bug [0-9a-f-]{36}/)
  await server.kill()
  const store = await openWhenReady(place)
  assert.deepEqual((await store.keeping.check()).problems, [])
  assert.ok((await store.audit.state(TENANT)).size > written.length)
  await store.close()
  t.diagnostic(
    `${written.length} writes on the last pages of a full disk; then ${JSON.stringify(refused.body).match(/[A-Z]+_[A-Z_]+/)?.[0]}`,
  )
})
