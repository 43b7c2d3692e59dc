// Run by the kill test: ingests without end, and prints a line after each upload that was acknowledged.
import { writeSync } from 'node:fs'
import { openStore } from '../../src/store/open-store.ts'
import { keyringOf } from '../support/keyring.ts'
import { ACT, genotypes, keyOf, panelCalls, person, receive, TENANT, upload } from './example-upload.ts'

const [home = '', round = ''] = process.argv.slice(2)
const store = await openStore({ home, databaseUrl: undefined, keyring: keyringOf(home) })
writeSync(1, 'open\n')
for (let i = 0; ; i++) {
  const id = `kill-${round}-${i}`
  await store.patients.add(TENANT, person(id, { identifiers: [{ system: 'urn:mrn', value: id }] }), ACT)
  const file = await receive(store, `${id}\n`.repeat(5_000))
  await store.records.ingest(
    keyOf(id),
    upload(file, [genotypes(file, 'S', panelCalls(60))], {
      drugs: [{ text: 'clopidogrel', rxcui: undefined, atc: undefined, status: 'taking' }],
      measurements: [{ kind: 'weight', value: 70, unit: 'kg' }],
    }),
    ACT,
  )
  writeSync(1, `${id} ${file.sha256}\n`)
}
