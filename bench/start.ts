// The first minute of a server: node bench/start.ts [starts], default 3. Each time a new folder and the example people: until the
// address is printed, until the first answers (the list of people, a prescribing card, a whole patient), the memory at rest of the
// server and of its database, and the same for a second start of the same folder. Prints medians.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { newHome, removeHome } from '../test/support/store-home.ts'

const root = join(import.meta.dirname, '..')
const starts = Number(process.argv[2] ?? 3)
/** Until the jobs of a start are done, ms. */
const REST = 5_000
const order = readFileSync(join(root, 'examples/order-sign.json'))
const taken = new Map<string, number[]>()

function note(what: string, value: number): void {
  taken.set(what, [...(taken.get(what) ?? []), value])
}

/** Memory that is a process's own and its share of what is shared (PSS), with its children, MiB. */
function memoryOf(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
  const rollup = readOf(`/proc/${pid}/smaps_rollup`)
  const own = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024
  return children.reduce((sum, child) => sum + memoryOf(Number(child)), own)
}

function parentOf(pid: string): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readOf(`/proc/${pid}/status`))?.[1] ?? -1)
}

/** Empty where the process has gone meanwhile. */
function readOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

async function timed(what: string, url: string, init?: RequestInit): Promise<void> {
  const began = performance.now()
  const reply = await fetch(url, init)
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${text.slice(0, 200)}`)
  note(what, performance.now() - began)
}

async function once(home: string, which: string): Promise<void> {
  const began = performance.now()
  const server = spawn(join(root, 'bin/garrod'), ['serve', '--demo', '--port', '0'], {
    env: { ...process.env, GARROD_HOME: home, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => server.on('exit', resolve))
  try {
    await measure(server, which, began)
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

async function measure(
  server: ChildProcessByStdio<null, Readable, Readable>,
  which: string,
  began: number,
): Promise<void> {
  const said: string[] = []
  const address = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said.push(chunk.toString())
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said.join(''))?.[0]
      if (found !== undefined) resolve(found)
    }
    server.stdout.on('data', listen)
    server.stderr.on('data', listen)
    server.on('exit', () => reject(new Error(said.join(''))))
  })
  note(`${which}: address printed, ms`, performance.now() - began)
  await timed(`${which}: list of people, ms`, `${address}/api/patients`)
  note(`${which}: first answer after the command, ms`, performance.now() - began)
  const hook = { method: 'POST', headers: { 'content-type': 'application/json' }, body: order }
  await timed(`${which}: first card, ms`, `${address}/cds-services/garrod-order-sign`, hook)
  await timed(`${which}: next card, ms`, `${address}/cds-services/garrod-order-sign`, hook)
  await new Promise((resolve) => setTimeout(resolve, REST))
  note(`${which}: memory at rest, MiB`, memoryOf(server.pid!))
  await timed(`${which}: plan of a patient, ms`, `${address}/api/patients/example-1/plan`)
  await timed(`${which}: tumour of a patient, ms`, `${address}/api/patients/example-2/tumor`)
  await timed(`${which}: FHIR metadata, ms`, `${address}/fhir/R4/metadata`)
  note(`${which}: memory in use, MiB`, memoryOf(server.pid!))
}

for (let round = 0; round < starts; round++) {
  const home = newHome()
  try {
    await once(home, 'first start')
    await once(home, 'second start')
  } finally {
    await removeHome(home)
  }
}
for (const [what, values] of taken) {
  values.sort((a, b) => a - b)
  process.stdout.write(
    `${what.padEnd(52)} ${values[Math.floor(values.length / 2)]!.toFixed(0).padStart(7)}\n`,
  )
}
