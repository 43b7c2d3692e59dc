import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { test } from 'node:test'
import { newHome, removeHome } from '../support/store-home.ts'
import { prepare, serveGarrod } from './served-garrod.ts'
import { send } from './write-forever.ts'

const MEGABYTE = 2 ** 20

/** Most memory that a process ever had, MB; the kernel's own count. */
const peak = (pid: number) =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

/** Sends so many megabytes of one message that does not end, and returns what came back. */
function flood(port: number, megabytes: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
    socket.on('connect', async () => {
      socket.write(
        '\u000bMSH|^~\\&|LAB|SITE|EHR|HOSP|20261122103000+0100||ORU^R01^ORU_R01|LONG|P|2.5.1\rOBX|1|TX|x||',
      )
      const block = Buffer.alloc(MEGABYTE, 'A')
      for (let i = 0; i < megabytes && !socket.destroyed; i++)
        await new Promise<void>((next) => {
          socket.write(block, () => next())
        })
      socket.end()
    })
  })
}

test('messages of 100 MB, four at once, cost the server a bounded amount of memory, and others are served', {
  skip: process.platform === 'linux' ? false : 'the peak is read from /proc',
}, async (t) => {
  const home = newHome()
  const place = { home, databaseUrl: undefined }
  await prepare(place)
  const server = await serveGarrod(place)
  t.after(async () => {
    await server.kill()
    await removeHome(home)
  })
  const ask = () =>
    send(
      server.mllpPort,
      `MSH|^~\\&|LAB|SITE|EHR|HOSP|20261122103000+0100||ORU^R01^ORU_R01|S${Math.random()}|P|2.5.1\rPID|1||nobody^^^HOSP^MR\r`,
    )
  await ask()
  const before = peak(server.child.pid!)
  const answers = await Promise.all([1, 2, 3, 4].map(() => flood(server.mllpPort, 100)))
  for (const answer of answers) {
    assert.match(answer, /MSA\|AR\|LONG/)
    assert.match(answer, /MESSAGE_TOO_LONG/)
  }
  const grown = peak(server.child.pid!) - before
  // The limit of a message is 32 MB; four are in hand at once.
  assert.ok(grown < 4 * 32 * 3, `${grown} MB`)
  assert.match((await ask()) ?? '', /MSA\|/)
  t.diagnostic(`4 x 100 MB at once: the peak grew by ${Math.round(grown)} MB`)
})
