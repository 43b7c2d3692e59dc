// Speed of the vault: node bench/vault.ts [people], default 20000 for the rotation.
// Seals and opens per second of 2 KB against AES-256-GCM alone in the same run, what sealing adds to a record, and how
// long wrapping people's keys anew takes.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Queries } from '../src/store/database/query.ts'
import { rotateTenant } from '../src/store/vault/rotate.ts'
import { keyOf, TENANT } from '../test/store/example-upload.ts'
import { newHome, removeHome } from '../test/support/store-home.ts'
import { openVault } from '../test/vault/example-vault.ts'

const people = Number(process.argv[2] ?? 20_000)
const RECORD = 2_048
const ROUNDS = 30_000
const home = newHome()
const { database, ...unlocked } = await openVault(home)
const { vault } = unlocked

function say(what: string, value: string): void {
  process.stdout.write(`${what.padEnd(62)} ${value}\n`)
}

/** Times per second, the best of three. */
async function rate(times: number, work: () => Promise<void> | void): Promise<number> {
  let best = 0
  for (let i = 0; i < 3; i++) {
    const started = performance.now()
    await work()
    best = Math.max(best, (times / (performance.now() - started)) * 1000)
  }
  return best
}

const plain = randomBytes(RECORD)
const key = randomBytes(32)

const rawSeal = await rate(ROUNDS, () => {
  for (let i = 0; i < ROUNDS; i++) {
    const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12))
    cipher.update(plain)
    cipher.final()
    cipher.getAuthTag()
  }
})
const nonce = randomBytes(12)
const cipher = createCipheriv('aes-256-gcm', key, nonce)
const body = cipher.update(plain)
cipher.final()
const tag = cipher.getAuthTag()
const rawOpen = await rate(ROUNDS, () => {
  for (let i = 0; i < ROUNDS; i++) {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    decipher.setAuthTag(tag)
    decipher.update(body)
    decipher.final()
  }
})

const person = keyOf('bench')
const place = 'Observation/8e67dbac-ca68-44cf-a957-06c310d76bb8/1'
const sealed = await database.transaction((queries) => vault.seal(queries, person, place, plain))
const inTransaction = (work: (queries: Queries) => Promise<void>) => () => database.transaction(work)
const seals = await rate(
  ROUNDS,
  inTransaction(async (queries) => {
    for (let i = 0; i < ROUNDS; i++) await vault.seal(queries, person, place, plain)
  }),
)
const opens = await rate(
  ROUNDS,
  inTransaction(async (queries) => {
    for (let i = 0; i < ROUNDS; i++) await vault.open(queries, person, place, sealed)
  }),
)
const blinds = await rate(ROUNDS, () => {
  for (let i = 0; i < ROUNDS; i++) vault.blind(TENANT, 'identifier', 'MRN-4711')
})
const whole = (value: number) => Math.round(value).toLocaleString('en')
say('AES-256-GCM alone, 2 KB: seals per second', whole(rawSeal))
say('vault: seals per second, ratio to it', `${whole(seals)}   ${(seals / rawSeal).toFixed(2)}`)
say('AES-256-GCM alone, 2 KB: opens per second', whole(rawOpen))
say('vault: opens per second, ratio to it', `${whole(opens)}   ${(opens / rawOpen).toFixed(2)}`)
say('sealing adds to a record', `${sealed.length - RECORD} bytes`)
say('blind digests per second', whole(blinds))

const started = performance.now()
for (let i = 0; i < people; i += 500) {
  await database.transaction(async (queries) => {
    for (let j = i; j < Math.min(people, i + 500); j++) await vault.seal(queries, keyOf(`p${j}`), 'n', '')
  })
}
const making = (performance.now() - started) / people
say(`a new person's first seal, of ${whole(people)}`, `${making.toFixed(2)} ms`)
vault.wipe()
const patients = Array.from({ length: people }, (_, i) => keyOf(`p${i}`).patient)
const fetching = performance.now()
await vault.ready(database, TENANT, patients)
say(
  'unwrapping the keys of many people at once',
  `${(((performance.now() - fetching) / people) * 1000).toFixed(0)} µs each`,
)
const rotating = performance.now()
const wrapped = await rotateTenant(database, unlocked, TENANT)
const took = (performance.now() - rotating) / 1000
say(`rotation of the tenant's key, ${whole(wrapped)} people`, `${took.toFixed(1)} s`)
say('the same for 1,000,000, extrapolated', `${((took / wrapped) * 1e6).toFixed(0)} s`)
await database.close()
await removeHome(home)
