// The audit log: node bench/audit.ts [entries], default 20000. Entries a second, written together and one by one, beside
// what the same rows cost without a tree, and without rows: the limits of the database in the same run.
import { join } from 'node:path'
import type { AuditRow } from '../src/record/audit-row.ts'
import { AnchorFolder } from '../src/safeguard/audit/anchor-folder.ts'
import type { AuditEntry } from '../src/safeguard/audit/audit-entry.ts'
import { openAuditKey } from '../src/safeguard/audit/audit-key.ts'
import { AuditLog } from '../src/safeguard/audit/audit-log.ts'
import { openEmbedded } from '../src/store/embedded/embedded-database.ts'
import { auditRowsIn } from '../src/store/log/audit-log.ts'
import { migrate } from '../src/store/migrations/migrate.ts'
import { patientId, tenantId } from '../src/terms/ids.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'

const entries = Number(process.argv[2] ?? 20_000)
const tenant = tenantId('main')
const home = newHome()
const database = await openEmbedded(home)
await migrate(database)
const rows = auditRowsIn(database, 'bench')
const anchors = new AnchorFolder(join(home, 'audit-anchors'), 'bench')
const log = new AuditLog(rows, await openAuditKey(join(home, 'keys')), anchors, () => new Date())

const entry = (i: number): AuditEntry => ({
  at: new Date().toISOString(),
  action: 'R',
  kind: 'cds-hooks',
  interaction: 'order-sign',
  outcome: 'success',
  who: { id: 'client/ehr', roles: ['system'], session: '0b9f3c1e5a', address: '10.1.2.3' },
  purpose: 'TREAT',
  patients: [patientId(`p${i % 1000}`)],
  what: ['POST /cds-services/:id'],
  count: 3,
})

function print(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(58)} ${figure}\n`)
}

/** Rows of a run a second, the best of three. */
async function rate(work: () => Promise<unknown>): Promise<number> {
  let best = 0
  for (let run = 0; run < 3; run++) {
    const started = performance.now()
    await work()
    best = Math.max(best, (entries / (performance.now() - started)) * 1000)
  }
  return best
}

const logged = await rate(() =>
  Promise.all(Array.from({ length: entries }, (_, i) => log.record(tenant, entry(i)))),
)
print('entries a second, written together', logged.toFixed(0))

/** The same rows made beforehand, the same statements, no tree. */
const made: AuditRow[] = []
for await (const batch of rows.scan(tenant, 0, 1000)) {
  made.push(...batch)
  if (made.length >= entries) break
}
const other = tenantId('raw')
let size = 0
const raw = await rate(async () => {
  for (let start = 0; start < entries; start += 1000) {
    await rows.append(other, ({ frontier }) => {
      const batch = made.slice(start, start + 1000).map((row, i) => ({ ...row, seq: size + i }))
      size += batch.length
      const head = { size, root: Buffer.alloc(32), at: batch[0]!.at, keyId: '', signature: Buffer.alloc(0) }
      return { rows: batch, frontier, head, keepHead: false }
    })
  }
})
print('the same rows, inserted without a tree, a second', raw.toFixed(0))
print('ratio', (logged / raw).toFixed(2))

async function times(count: number, work: (i: number) => Promise<unknown>): Promise<string> {
  const taken: number[] = []
  for (let i = 0; i < count; i++) {
    const started = performance.now()
    await work(i)
    taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  return `p50 ${taken[Math.floor(count / 2)]!.toFixed(2)} ms, p99 ${taken[Math.floor(count * 0.99)]!.toFixed(2)} ms`
}
print('one entry at a time', await times(500, (i) => log.record(tenant, entry(i))))
await database.run('create table one_row (n integer)')
print(
  'one row at a time, in a transaction of its own',
  await times(500, (i) => database.run('insert into one_row values ($1)', [i])),
)
print(
  '20 entries of one person, newest first',
  await times(100, (i) => rows.find(tenant, { patients: [`p${i}`] }, 20)),
)
await log.close()
await database.close()
await removeHome(home)
