import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { embeddedStatus } from '../../src/store/embedded/control.ts'
import { installedServer, startServer } from '../support/debian-server.ts'
import { newHome, removeHome } from '../support/store-home.ts'
import { assertKept } from './kept.ts'
import { KINDS, type Promised } from './promises.ts'
import { type Place, prepare, serveGarrod } from './served-garrod.ts'
import { writeForever } from './write-forever.ts'

/** 50 in the drill. */
const ROUNDS = Number(process.env['GARROD_DRILL_KILLS'] ?? 4)
/** Every so many rounds the database server is killed as well, a moment before. */
const DATABASE_TOO = Math.min(5, ROUNDS)
/** The store is looked at after every so many rounds, and at the end. */
const LOOK = 10

/** Kills a server that is being written to, again and again, and looks at what is left. */
async function drill(place: Place, killDatabase: () => Promise<() => Promise<void>>): Promise<string> {
  await prepare(place)
  const promised: Promised[] = []
  let databases = 0
  for (let round = 0; round < ROUNDS; round++) {
    const server = await serveGarrod(place)
    const writers = writeForever(server, round)
    let restart: (() => Promise<void>) | undefined
    try {
      while (writers.promised.length < 4 + (round % 4) * 6) {
        assert.equal(server.child.exitCode, null, server.err())
        await Promise.race([sleep(5), writers.ended])
      }
      await sleep(Math.random() * 400)
      if (round % DATABASE_TOO === DATABASE_TOO - 1) {
        restart = await killDatabase()
        databases++
        await sleep(Math.random() * 100)
      }
    } finally {
      await server.kill()
      writers.stop()
    }
    await writers.ended
    promised.push(...writers.promised)
    await restart?.()
    if (round % LOOK === LOOK - 1) await assertKept(place, promised)
  }
  await assertKept(place, promised)
  const counts = KINDS.map((kind) => `${promised.filter((one) => one.kind === kind).length} ${kind}s`)
  return `${ROUNDS} x kill -9, ${databases} with the database: ${promised.length} acknowledged (${counts.join(', ')}), 0 lost, 0 halves`
}

test(`embedded: kill -9 in the middle of writes, ${ROUNDS} times`, async (t) => {
  const home = newHome()
  t.after(() => removeHome(home))
  const told = await drill({ home, databaseUrl: undefined }, async () => {
    process.kill((await embeddedStatus(home)).pid!, 'SIGKILL')
    return async () => undefined
  })
  t.diagnostic(`embedded: ${told}`)
})

const bin = installedServer()
test(`PostgreSQL server: kill -9 in the middle of writes, ${ROUNDS} times`, {
  skip: bin === undefined ? 'no PostgreSQL server from 15 on under /usr/lib/postgresql' : false,
}, async (t) => {
  const home = newHome()
  const database = await startServer(bin!)
  t.after(async () => {
    await database.remove()
    await removeHome(home)
  })
  const told = await drill({ home, databaseUrl: database.url }, async () => {
    database.kill()
    return () => database.restart()
  })
  t.diagnostic(`PostgreSQL server: ${told}`)
})
