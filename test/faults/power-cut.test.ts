import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { embeddedStatus, stopEmbedded } from '../../src/store/embedded/control.ts'
import { assertKept } from './kept.ts'
import { given, loopDisk } from './loop-disk.ts'
import { KINDS, type Promised } from './promises.ts'
import { prepare, type ServedGarrod, serveGarrod } from './served-garrod.ts'
import { writeForever } from './write-forever.ts'

/** 10 in the drill. */
const ROUNDS = Number(process.env['GARROD_DRILL_CUTS'] ?? 1)

test(`the power fails in the middle of writes, ${ROUNDS} times: ext4 that forgets what was not flushed`, async (t) => {
  const found = given(() => loopDisk(1500))
  if ('why' in found) return t.skip(`this machine gives no loop device: ${found.why}`)
  const { disk } = found
  const place = { home: join(disk.folder, 'home'), databaseUrl: undefined }
  let server: ServedGarrod | undefined
  t.after(async () => {
    await server?.kill()
    await stopEmbedded(place.home, true).catch(() => undefined)
    disk.remove()
  })
  await prepare(place)
  const promised: Promised[] = []
  for (let round = 0; round < ROUNDS; round++) {
    server = await serveGarrod(place)
    const writers = writeForever(server, round)
    while (writers.promised.length < 8) {
      assert.equal(server.child.exitCode, null, server.err())
      await Promise.race([sleep(5), writers.ended])
    }
    await sleep(Math.random() * 1000)
    const database = (await embeddedStatus(place.home)).pid!
    // Answers that arrive from here on do not count: they may be younger than the cut.
    promised.push(...writers.promised)
    disk.cut()
    writers.stop()
    await server.kill()
    await writers.ended.catch(() => undefined)
    await killed(database)
    await backWhenReleased(disk.back)
    await assertKept(place, promised)
  }
  const counts = KINDS.map((kind) => `${promised.filter((one) => one.kind === kind).length} ${kind}s`)
  t.diagnostic(
    `embedded: ${ROUNDS} x power cut: ${promised.length} acknowledged (${counts.join(', ')}), 0 lost, 0 halves`,
  )
})

async function killed(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      return
    }
    await sleep(20)
  }
}

/** Processes of the database server end a moment after it. */
async function backWhenReleased(back: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return back()
    } catch (error) {
      if (tries === 100) throw error
      await sleep(100)
    }
  }
}
