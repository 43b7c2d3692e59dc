// Speed of the job queue: node bench/jobs.ts [jobs], default 10000. Eight claimers of ten jobs at a time.
import { openStore } from '../src/store/open-store.ts'
import { TENANT } from '../test/store/example-upload.ts'
import { keyringOf } from '../test/support/keyring.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'

const count = Number(process.argv[2] ?? 10_000)
const home = newHome()
const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
const now = () => new Date().toISOString()
const rate = (since: number) => `${Math.round(count / ((performance.now() - since) / 1000))} jobs/s`

let started = performance.now()
for (let from = 0; from < count; from += 5000) {
  const jobs = Array.from({ length: Math.min(5000, count - from) }, (_, i) => ({
    kind: 'bench',
    key: String(from + i),
    payload: { patient: `p${from + i}` },
  }))
  await store.jobs.enqueue(TENANT, jobs, now())
}
process.stdout.write(`enqueue                       ${rate(started)}\n`)

started = performance.now()
let done = 0
await Promise.all(
  Array.from({ length: 8 }, async (_, worker) => {
    for (;;) {
      const leases = await store.jobs.claim(TENANT, ['bench'], `w${worker}`, 30_000, 10, now())
      if (leases.length === 0) return
      await Promise.all(leases.map((lease) => lease.complete(now())))
      done += leases.length
    }
  }),
)
process.stdout.write(`claim and complete            ${rate(started)}\n`)
if (done !== count) throw new Error(`${done} of ${count} done`)
await store.close()
await removeHome(home)
