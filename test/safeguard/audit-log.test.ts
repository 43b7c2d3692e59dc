import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AnchorFolder } from '../../src/safeguard/audit/anchor-folder.ts'
import type { AuditEntry } from '../../src/safeguard/audit/audit-entry.ts'
import { auditKeyOf, isSignedBy, openAuditKey } from '../../src/safeguard/audit/audit-key.ts'
import { AuditLog } from '../../src/safeguard/audit/audit-log.ts'
import { auditEvent, auditEvents } from '../../src/safeguard/audit/find-events.ts'
import { readCheckpoint } from '../../src/safeguard/audit/signed-head.ts'
import { leafHash } from '../../src/safeguard/audit/tree-hash.ts'
import { verifyLog } from '../../src/safeguard/audit/verify-log.ts'
import type { Database } from '../../src/store/database/query.ts'
import { openEmbedded } from '../../src/store/embedded/embedded-database.ts'
import { auditRowsIn } from '../../src/store/log/audit-log.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { patientId, type TenantId, tenantId } from '../../src/terms/ids.ts'
import { newHome, removeHome } from '../support/store-home.ts'

const home = newHome()
const key = auditKeyOf(generateKeyPairSync('ed25519').privateKey)
let database: Database
before(async () => {
  database = await openEmbedded(home)
  await migrate(database)
})
after(async () => {
  await database.close()
  await removeHome(home)
})

const entry = (i: number): AuditEntry => ({
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString(),
  action: 'R',
  kind: 'rest',
  interaction: 'read',
  outcome: 'success',
  who: { id: `user/${i % 3}`, roles: ['clinician'], reference: `Practitioner/d${i % 3}` },
  purpose: 'TREAT',
  patients: [patientId(`p${i % 5}`)],
  what: [`Observation/o${i}`],
})

/** A log of its own, with 40 entries in heads of 10. */
let logs = 0
async function filled(count = 40): Promise<{ tenant: TenantId; anchors: AnchorFolder; folder: string }> {
  const tenant = tenantId(`t${logs++}`)
  const folder = mkdtempSync(join(home, 'anchors-'))
  const anchors = new AnchorFolder(folder, 'store')
  let minute = 0
  const log = new AuditLog(auditRowsIn(database, 'store'), key, anchors, () => new Date(minute * 60_000))
  for (let i = 0; i < count; i += 10) {
    minute++
    await Promise.all(Array.from({ length: 10 }, (_, n) => log.record(tenant, entry(i + n))))
  }
  await log.close()
  return { tenant, anchors, folder }
}

const verified = (tenant: TenantId, anchors: AnchorFolder) =>
  verifyLog(auditRowsIn(database, 'store'), key, anchors, tenant)

test('a log that nobody touched is found whole', async () => {
  const { tenant, anchors } = await filled()
  const { findings, gaps, entries, heads, anchors: outside } = await verified(tenant, anchors)
  assert.deepEqual({ findings, gaps, entries }, { findings: [], gaps: [], entries: 40 })
  // Four kept heads and the newest; four kept outside and the newest.
  assert.deepEqual([heads, outside], [5, 5])
})

test('an empty log is found whole', async () => {
  const anchors = new AnchorFolder(join(home, 'none'), 'store')
  const { findings, gaps, entries } = await verified(tenantId('nobody'), anchors)
  assert.deepEqual({ findings, gaps, entries }, { findings: [], gaps: [], entries: 0 })
})

/** Leaf 17 as somebody would rewrite it. */
const REWRITTEN = `replace(leaf, 'user/2', 'user/9')`
const EVENT = 'update audit_event set'
const AT = 'where tenant_id = $1 and seq ='

interface Harm {
  readonly name: string
  readonly sql: readonly string[]
  readonly kind: string
  readonly from: number
  readonly to: number
}
const harms: readonly Harm[] = [
  {
    name: 'a text altered',
    sql: [`${EVENT} leaf = ${REWRITTEN} ${AT} 17`],
    kind: 'altered',
    from: 17,
    to: 17,
  },
  {
    name: 'a text altered, with its hash',
    sql: [
      `${EVENT} leaf = ${REWRITTEN}, leaf_hash = sha256('\\x00'::bytea || convert_to(${REWRITTEN}, 'UTF8')) ${AT} 17`,
    ],
    kind: 'altered',
    from: 17,
    to: 17,
  },
  {
    name: 'a hash altered',
    sql: [`${EVENT} leaf_hash = sha256('x') ${AT} 17`],
    kind: 'altered',
    from: 17,
    to: 17,
  },
  { name: 'a code altered', sql: [`${EVENT} mac = '\\x00' ${AT} 17`], kind: 'altered', from: 17, to: 17 },
  { name: 'one deleted', sql: [`delete from audit_event ${AT} 17`], kind: 'deleted', from: 17, to: 17 },
  { name: 'the first deleted', sql: [`delete from audit_event ${AT} 0`], kind: 'deleted', from: 0, to: 0 },
  { name: 'the last deleted', sql: [`delete from audit_event ${AT} 39`], kind: 'deleted', from: 39, to: 39 },
  {
    name: 'several deleted, and the rest moved up',
    sql: [
      'delete from audit_event where tenant_id = $1 and seq between 10 and 12',
      `${EVENT} seq = seq - 1000 where tenant_id = $1 and seq > 12`,
      `${EVENT} seq = seq + 997 where tenant_id = $1 and seq < 0`,
    ],
    kind: 'reordered',
    from: 10,
    to: 10,
  },
  {
    name: 'two changed places',
    sql: [`${EVENT} seq = -1 ${AT} 17`, `${EVENT} seq = 17 ${AT} 23`, `${EVENT} seq = 23 ${AT} -1`],
    kind: 'reordered',
    from: 17,
    to: 17,
  },
  {
    name: 'one put in at the end',
    sql: [
      `insert into audit_event select tenant_id, 40, at, action, kind, outcome, agent, replace(leaf, '"id":"39-', '"id":"40-'), leaf_hash, mac
       from audit_event ${AT} 39`,
    ],
    kind: 'inserted',
    from: 40,
    to: 40,
  },
  {
    name: 'found under another person',
    sql: [`update audit_patient set patient_id = 'p9' ${AT} 17`],
    kind: 'search-columns',
    from: 17,
    to: 17,
  },
  {
    name: 'no longer found under a person',
    sql: [`delete from audit_patient ${AT} 17`],
    kind: 'search-columns',
    from: 17,
    to: 17,
  },
  {
    name: 'found under another day',
    sql: [`${EVENT} at = at - interval '1 year' ${AT} 17`],
    kind: 'search-columns',
    from: 17,
    to: 17,
  },
  {
    name: 'cut, and the state set back with it',
    sql: [
      'delete from audit_event where tenant_id = $1 and seq >= 30',
      'delete from audit_patient where tenant_id = $1 and seq >= 30',
      'delete from audit_head where tenant_id = $1 and size > 30',
      `update audit_log as l set size = h.size, root = h.root, signed_at = h.signed_at, signature = h.signature
       from audit_head as h where h.tenant_id = l.tenant_id and h.size = 30 and l.tenant_id = $1`,
    ],
    kind: 'rolled-back',
    from: 30,
    to: 39,
  },
  {
    name: 'everything deleted',
    sql: ['audit_event', 'audit_patient', 'audit_head', 'audit_log'].map(
      (table) => `delete from ${table} where tenant_id = $1`,
    ),
    kind: 'rolled-back',
    from: 0,
    to: 39,
  },
]

for (const { name, sql, kind, from, to } of harms) {
  test(`found: ${name}`, async () => {
    const { tenant, anchors } = await filled()
    for (const one of sql) await database.run(one, [tenant])
    const { findings } = await verified(tenant, anchors)
    const found = findings.filter((one) => one.from === from && one.to === to)
    assert.ok(
      found.some((one) => one.kind === kind),
      JSON.stringify(findings),
    )
  })
}

const headHarms: readonly (readonly [name: string, sql: string])[] = [
  ['a kept head altered', `update audit_head set root = sha256('x') where tenant_id = $1 and size = 20`],
  ['a kept head deleted', 'delete from audit_head where tenant_id = $1 and size = 20'],
  ['the newest head altered', `update audit_log set root = sha256('x') where tenant_id = $1`],
  ['the newest head by another key', `update audit_log set key_id = '00000000' where tenant_id = $1`],
  ['the frontier altered', `update audit_log set frontier = sha256('x') || sha256('y') where tenant_id = $1`],
  ['the state deleted', 'delete from audit_log where tenant_id = $1'],
]
for (const [name, sql] of headHarms) {
  test(`found: ${name}`, async () => {
    const { tenant, anchors } = await filled()
    await database.run(sql, [tenant])
    const { findings } = await verified(tenant, anchors)
    assert.notEqual(findings.length, 0)
  })
}

test('found: a log that somebody without the key wrote anew, codes and all', async () => {
  const { tenant, anchors } = await filled()
  const other = tenantId(`${tenant}x`)
  const theirs = auditKeyOf(generateKeyPairSync('ed25519').privateKey)
  const log = new AuditLog(
    auditRowsIn(database, 'store'),
    theirs,
    new AnchorFolder(join(home, 'theirs'), 'store'),
    () => new Date(0),
  )
  for (let i = 0; i < 40; i++) await log.record(other, entry(i))
  await log.close()
  for (const table of ['audit_event', 'audit_patient', 'audit_head', 'audit_log']) {
    await database.run(`delete from ${table} where tenant_id = $1`, [tenant])
    await database.run(`update ${table} set tenant_id = $1 where tenant_id = $2`, [tenant, other])
  }
  const { findings } = await verified(tenant, anchors)
  assert.ok(findings.some(({ kind }) => kind === 'head'))
  assert.equal(findings.filter(({ kind }) => kind === 'altered').length, 40, 'each of the rows is told')
})

test('found: heads outside that were altered; without any, what cannot be told is said', async () => {
  const { tenant, anchors, folder } = await filled()
  const file = join(folder, 'store', `${tenant}.heads`)
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, whole.replace('\n20\n', '\n21\n'))
  assert.ok((await verified(tenant, anchors)).findings.some(({ kind }) => kind === 'head'))
  writeFileSync(file, whole)
  assert.deepEqual((await verified(tenant, anchors)).findings, [])
  rmSync(folder, { recursive: true })
  const { findings, gaps } = await verified(tenant, anchors)
  assert.deepEqual([findings.length, gaps.length], [0, 1])
})

test('a log that was tampered with takes no more entries', async () => {
  const { tenant, anchors } = await filled()
  const log = () => new AuditLog(auditRowsIn(database, 'store'), key, anchors, () => new Date(0))
  const broken = (error: unknown) => (error as { code?: string }).code === 'AUDIT_LOG_BROKEN'
  await database.run(
    `insert into audit_event select tenant_id, 40, at, action, kind, outcome, agent, leaf, leaf_hash, mac
     from audit_event where tenant_id = $1 and seq = 39`,
    [tenant],
  )
  await assert.rejects(log().record(tenant, entry(1)), broken)
  await database.run('delete from audit_event where tenant_id = $1 and seq = 40', [tenant])
  await log().record(tenant, entry(1))
  await database.run('delete from audit_log where tenant_id = $1', [tenant])
  await assert.rejects(log().record(tenant, entry(1)), broken)
})

test('several processes add to one log; each entry is there once', async () => {
  const tenant = tenantId('several')
  const anchors = new AnchorFolder(join(home, 'several'), 'store')
  const others = [database, await openEmbedded(home), await openEmbedded(home)]
  const started = others.map((one) => new AuditLog(auditRowsIn(one, 'store'), key, anchors, () => new Date()))
  await Promise.all(
    started.flatMap((log) =>
      Array.from({ length: 100 }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, i % 7))
        await log.record(tenant, entry(i))
      }),
    ),
  )
  for (const log of started) await log.close()
  const { findings, entries } = await verified(tenant, anchors)
  assert.deepEqual([findings, entries], [[], 300])
  for (const one of others.slice(1)) await one.close()
})

test('an entry that cannot be written fails alone', async () => {
  const tenant = tenantId('alone')
  const log = new AuditLog(
    auditRowsIn(database, 'store'),
    key,
    new AnchorFolder(join(home, 'alone'), 'store'),
    () => new Date(0),
  )
  const [good, bad] = await Promise.allSettled([
    log.record(tenant, entry(1)),
    log.record(tenant, { ...entry(2), interaction: '\ud800' }),
  ])
  await log.close()
  assert.deepEqual([good.status, bad.status], ['fulfilled', 'rejected'])
})

test('no tenant reads another’s entries', async () => {
  const { tenant } = await filled(10)
  const other = await filled(10)
  const rows = auditRowsIn(database, 'store')
  const mine = await rows.find(tenant, { patients: ['p1'] }, 100)
  assert.equal(mine.length, 2)
  assert.ok(mine.every(({ leaf }) => leaf.includes(`"site":"${tenant}"`)))
  assert.equal(await rows.count(other.tenant, {}), 10)
})

test('entries are found by person, day, caller, action and outcome, newest first', async () => {
  const { tenant } = await filled(10)
  const rows = auditRowsIn(database, 'store')
  const found = async (query: Parameters<typeof rows.find>[1]) =>
    (await rows.find(tenant, query, 100)).map(({ seq }) => seq)
  assert.deepEqual(await found({ patients: ['p1'] }), [6, 1])
  assert.deepEqual(await found({ patients: ['p1'], before: 6 }), [1])
  assert.deepEqual(await found({ agents: ['user/0', 'user/1'] }), [9, 7, 6, 4, 3, 1, 0])
  assert.deepEqual(await found({ since: '2026-01-01T00:00:08Z' }), [9, 8])
  assert.deepEqual(await found({ until: '2026-01-01T00:00:01Z' }), [0])
  assert.deepEqual(await found({ actions: ['C'] }), [])
  assert.deepEqual(await found({ kinds: [] }), [])
  assert.deepEqual(await found({ entityReferences: ['Observation/o4', 'o5'] }), [5, 4])
  assert.deepEqual(await found({ agentReferences: ['Practitioner/d2'] }), [8, 5, 2])
  assert.deepEqual(await found({ outcomes: ['success'], seqs: [3, 4, 99] }), [4, 3])
})

test('AuditEvents are given in pages, and one by its id', async () => {
  const { tenant } = await filled(10)
  const rows = auditRowsIn(database, 'store')
  const first = await auditEvents(rows, tenant, { patients: ['p1'] }, { count: 1, total: true })
  assert.deepEqual([first.events.length, first.total, first.next], [1, 2, 6])
  const second = await auditEvents(rows, tenant, { patients: ['p1'], before: 6 }, { count: 1, total: true })
  assert.deepEqual([second.events.length, second.total, second.next], [1, 2, undefined])
  assert.deepEqual(await auditEvents(rows, tenant, {}, { count: 0, total: true }), {
    events: [],
    total: 10,
    next: undefined,
  })
  const [event] = first.events
  assert.equal(event?.resourceType, 'AuditEvent')
  assert.equal(event?.meta.lastUpdated, '2026-01-01T00:00:06.000Z')
  assert.deepEqual(await auditEvent(rows, tenant, event!.id), event)
  for (const id of ['6', '6-other', '99-x', 'x']) assert.equal(await auditEvent(rows, tenant, id), undefined)
})

test('the key is made once, for its owner alone, and signs what others can check', async () => {
  const folder = join(home, 'new', 'keys')
  const [one, two] = await Promise.all([openAuditKey(folder), openAuditKey(folder)])
  assert.equal(one.id, two.id)
  assert.equal(statSync(join(folder, 'audit.key')).mode & 0o777, 0o600)
  assert.equal(readdirSync(folder).length, 1)
  const signature = one.sign('text')
  assert.equal(isSignedBy(one.verifierKey, 'text', signature), true)
  assert.equal(isSignedBy(one.verifierKey, 'other', signature), false)
  assert.equal(isSignedBy(key.verifierKey, 'text', signature), false)
  assert.equal(isSignedBy('garrod+00000000+AAAA', 'text', signature), false)
  writeFileSync(join(folder, 'audit.key'), 'not a key')
  await assert.rejects(
    openAuditKey(folder),
    (error) => (error as { code: string }).code === 'AUDIT_KEY_UNUSABLE',
  )
})

test('a checkpoint is read as it was written, and not otherwise', async () => {
  const { tenant, folder } = await filled(10)
  const note = readFileSync(join(folder, 'store', `${tenant}.latest`), 'utf8')
  assert.equal(readCheckpoint(note)?.head.size, 10)
  assert.equal(readCheckpoint(note)?.head.origin, `garrod/store/${tenant}`)
  for (const bad of ['', note.trimEnd(), note.replace('\n10\n', '\n010\n'), note.replace('at ', 'AT ')]) {
    assert.equal(readCheckpoint(bad), undefined)
  }
  assert.equal(leafHash('').length, 32)
})
