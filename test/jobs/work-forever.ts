// Run by the kill test: does jobs of kind "write" until it is killed, and prints a line after each.
import { writeSync } from 'node:fs'
import { Worker } from '../../src/app/jobs/worker.ts'
import { openStore } from '../../src/store/open-store.ts'
import { ACT, person, TENANT } from '../store/example-upload.ts'
import { keyringOf } from '../support/keyring.ts'

const [home = ''] = process.argv.slice(2)
const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
new Worker({
  jobs: store.jobs,
  tenants: () => [TENANT],
  handlers: {
    async write({ job, progress }) {
      const id = String(job.payload['person'])
      progress(1, 2, 'half')
      await store.patients.add(TENANT, person(id), ACT).catch((error) => {
        if (error.code !== 'PATIENT_EXISTS') throw error
      })
      writeSync(1, `${id}\n`)
    },
  },
  now: () => new Date(),
  log: () => undefined,
  atOnce: 3,
  leaseMs: 400,
  idleMs: 20,
}).start()
