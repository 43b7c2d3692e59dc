import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AnchorFolder } from '../../src/safeguard/audit/anchor-folder.ts'
import { auditKeyOf } from '../../src/safeguard/audit/audit-key.ts'
import { AuditLog } from '../../src/safeguard/audit/audit-log.ts'
import { verifyLog } from '../../src/safeguard/audit/verify-log.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { tenantId } from '../../src/terms/ids.ts'
import { keyringOf } from '../support/keyring.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const TENANT = tenantId('main')
let store: Store
before(async () => {
  store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
})
after(async () => {
  await store.close()
  await removeHome(home)
})

const NOON = Date.parse('2026-11-22T12:00:00Z')
const HOUR = 3600_000
const at = (ms: number) => new Date(ms).toISOString()
const code = (expected: string) => (error: { code?: string }) => error.code === expected

test('a worker whose clock is an hour ahead takes a job that is being done: the first is told, it is done once', async () => {
  const [job] = await store.jobs.enqueue(TENANT, [{ kind: 'ahead', key: '1', payload: {} }], at(NOON))
  const [first] = await store.jobs.claim(TENANT, ['ahead'], 'first', 30_000, 1, at(NOON))
  assert.deepEqual(await store.jobs.claim(TENANT, ['ahead'], 'same clock', 30_000, 1, at(NOON + 1000)), [])
  const [second] = await store.jobs.claim(TENANT, ['ahead'], 'ahead', 30_000, 1, at(NOON + HOUR))
  assert.equal(second?.id, job!.id)
  await assert.rejects(first!.report({ done: 1, of: 2, text: '' }, at(NOON + 2000)), code('JOB_LOST'))
  await assert.rejects(first!.complete(at(NOON + 2000)), code('JOB_LOST'))
  await second!.complete(at(NOON + HOUR))
  assert.equal((await store.jobs.get(TENANT, job!.id))?.state, 'done')
})

test('a worker whose clock is behind waits for jobs and takes none early; none is lost', async () => {
  await store.jobs.enqueue(TENANT, [{ kind: 'behind', key: '1', payload: {} }], at(NOON))
  assert.deepEqual(await store.jobs.claim(TENANT, ['behind'], 'behind', 30_000, 1, at(NOON - HOUR)), [])
  const [taken] = await store.jobs.claim(TENANT, ['behind'], 'right', 30_000, 1, at(NOON))
  await taken!.complete(at(NOON))
})

test('a clock that is set back: the audit log keeps the order in which things happened, and verifies', async () => {
  const key = auditKeyOf(generateKeyPairSync('ed25519').privateKey)
  const anchors = new AnchorFolder(join(home, 'anchors'), store.audit.storeId)
  let now = NOON
  const log = new AuditLog(store.audit, key, anchors, () => new Date(now))
  const kinds: string[] = []
  for (const [i, step] of [0, 60_000, -3 * HOUR, 60_000, 5 * HOUR, -HOUR, 1].entries()) {
    now += step
    kinds.push(`step${i}`)
    await log.record(TENANT, {
      at: at(now),
      action: 'R',
      kind: `step${i}`,
      interaction: 'read',
      outcome: 'success',
      who: { id: 'user/a', roles: [] },
      purpose: 'TREAT',
      patients: [],
      what: [],
    })
  }
  await log.close()
  const report = await verifyLog(store.audit, key, anchors, TENANT)
  assert.deepEqual([report.findings, report.gaps], [[], []])
  const rows = await store.audit.find(TENANT, {}, 100)
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    kinds.toReversed(),
  )
})
