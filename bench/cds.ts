// CDS Hooks under load: node bench/cds.ts [seconds], default 8. A server of its own (embedded database, audit on, example
// people) answers order-sign calls of 24 KB with prefetch from 10 clients; a bare Fastify that parses the same body and sends
// the same answer is measured in the same run. Prints requests/s, latency in milliseconds and the ratio.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SECONDS = Number(process.argv[2] ?? 8)
const CLIENTS = 10
const root = join(import.meta.dirname, '..')
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'

const order = (id: string, code: string, text: string) => ({
  resource: {
    resourceType: 'MedicationRequest',
    id,
    status: 'draft',
    intent: 'order',
    subject: { reference: 'Patient/example-1' },
    medicationCodeableConcept: { coding: [{ system: RXNORM, code, display: text }], text },
  },
})

/** A call as large as an EHR sends it: a medication list with dosages and notes. */
function body(patient: string): string {
  const list = Array.from({ length: 40 }, (_, i) => ({
    resource: {
      ...order(`m${i}`, '6809', 'metformin hydrochloride 500 MG Oral Tablet').resource,
      status: 'active',
      authoredOn: '2026-01-01',
      dosageInstruction: [{ text: 'Take one tablet by mouth twice a day with food '.repeat(4) }],
    },
  }))
  return JSON.stringify({
    hook: 'order-sign',
    hookInstance: '8e67dbac-ca68-44cf-a957-06c310d76bb8',
    context: {
      userId: 'Practitioner/1',
      patientId: patient,
      draftOrders: { resourceType: 'Bundle', entry: [order('a', '32968', 'clopidogrel 75 MG Oral Tablet')] },
    },
    prefetch: {
      patient: { resourceType: 'Patient', id: patient },
      medications: { resourceType: 'Bundle', type: 'searchset', entry: list },
    },
  })
}

interface Server {
  readonly port: number
  stop(): void
}

/** Starts a program and waits until it prints its address. */
function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Server> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const port = /127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (port !== undefined) resolve({ port: Number(port), stop: () => child.kill('SIGINT') })
    })
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.on('exit', () => reject(new Error(said)))
  })
}

/** One connection that sends the call again as soon as it was answered. Latencies in ms, until the time is over. */
function client(port: number, path: string, text: string, until: number): Promise<number[]> {
  const message = Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
  return new Promise((resolve, reject) => {
    const taken: number[] = []
    const socket = connect(port, '127.0.0.1')
    let started = 0
    let wanted = -1
    let got = Buffer.alloc(0)
    const send = () => {
      started = performance.now()
      wanted = -1
      got = Buffer.alloc(0)
      socket.write(message)
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
      if (wanted < 0) {
        const end = got.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = got.subarray(0, end).toString()
        if (!head.startsWith('HTTP/1.1 200')) return reject(new Error(got.toString()))
        wanted = end + 4 + Number(/content-length: (\d+)/i.exec(head)![1])
      }
      if (got.length < wanted) return
      const now = performance.now()
      taken.push(now - started)
      if (now < until) send()
      else {
        socket.end()
        resolve(taken)
      }
    })
  })
}

async function load(what: string, port: number, path: string, texts: readonly string[]): Promise<number> {
  const run = async (seconds: number) => {
    const began = performance.now()
    const until = began + seconds * 1000
    const all = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) => client(port, path, texts[i % texts.length]!, until)),
    )
    return { taken: all.flat().sort((a, b) => a - b), seconds: (performance.now() - began) / 1000 }
  }
  await run(2)
  const { taken, seconds } = await run(SECONDS)
  const at = (share: number) =>
    taken[Math.min(taken.length - 1, Math.floor(share * taken.length))]!.toFixed(1)
  const rate = taken.length / seconds
  process.stdout.write(
    `${what.padEnd(34)} ${rate.toFixed(0).padStart(6)} requests/s   p50 ${at(0.5)}   p99 ${at(0.99)}   max ${at(1)} ms\n`,
  )
  return rate
}

const home = mkdtempSync(join(tmpdir(), 'garrod-bench-'))
const BARE = `import Fastify from 'fastify'
const server = Fastify({ bodyLimit: 2 ** 23 })
server.post('/', async (request) => ({ cards: [{ summary: request.body.hook, detail: 'x'.repeat(3000) }] }))
console.log(await server.listen({ host: '127.0.0.1', port: 0 }))`
try {
  const people = ['example-1', 'example-2', 'example-3']
  const texts = people.map(body)
  process.stdout.write(`${CLIENTS} clients, calls of ${(texts[0]!.length / 1024).toFixed(0)} KB\n`)
  const bare = await start(process.execPath, ['--input-type=module', '-e', BARE], {})
  const limit = await load('bare Fastify', bare.port, '/', texts)
  bare.stop()
  const server = await start(join(root, 'bin', 'garrod'), ['serve', '--demo', '--port', '0'], {
    GARROD_HOME: home,
  })
  const rate = await load('garrod-order-sign', server.port, '/cds-services/garrod-order-sign', texts)
  server.stop()
  process.stdout.write(`ratio to bare Fastify ${(rate / limit).toFixed(2)}\n`)
} finally {
  await new Promise((resolve) => setTimeout(resolve, 2000))
  rmSync(home, { recursive: true, force: true })
}
