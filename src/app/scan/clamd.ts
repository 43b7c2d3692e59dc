import { connect, type Socket } from 'node:net'
import { Fault } from '../../terms/fault.ts'
import { isThisMachine } from '../../terms/this-machine.ts'
import type { Scanner, Verdict } from './scanner.ts'

/** Where clamd listens. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number }

/** Bytes of one piece: clamd takes any size below its StreamMaxLength. */
const PIECE = 64 * 1024
/** Longest answer: a name of a signature and a few words. */
const LONGEST_ANSWER = 4096

/**
 * A clamd by its socket protocol (clamd(8), INSTREAM): the file crosses in pieces, each after its length as four bytes, big
 * endian; a length of zero ends it. Nothing is written on the way, and clamd opens no file of ours.
 */
export function clamd(address: ClamdAddress, timeoutMs = 60_000): Scanner {
  return {
    async scan(content) {
      const by = await ask(address, 'zVERSION\0', undefined, timeoutMs)
      return verdictOf(await ask(address, 'zINSTREAM\0', content, timeoutMs), by)
    },
  }
}

/** "unix:/run/clamav/clamd.ctl" or "tcp:127.0.0.1:3310". Throws SCANNER_ADDRESS, SCANNER_CLEAR. */
export function clamdAddress(text: string, clearNetwork: boolean): ClamdAddress {
  const path = /^unix:(\/.+)$/.exec(text)?.[1]
  if (path !== undefined) return { path }
  const [, host, port] = /^tcp:(\[[0-9a-f:]+\]|[^:\s]+):(\d{1,5})$/i.exec(text) ?? []
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new Fault(
      'SCANNER_ADDRESS',
      'GARROD_SCANNER',
      `"${text}" is not where a clamd listens`,
      'Write unix:/run/clamav/clamd.ctl, or tcp:127.0.0.1:3310.',
    )
  }
  if (!isThisMachine(host) && !clearNetwork) {
    throw new Fault(
      'SCANNER_CLEAR',
      'GARROD_SCANNER',
      'clamd speaks no TLS, and files would cross the network in clear',
      'Run clamd on this machine; or set GARROD_CLEAR_NETWORK=yes where the network is encrypted by other means.',
    )
  }
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}

function verdictOf(answer: string, by: string): Verdict {
  if (/^stream: OK$/.test(answer)) return { kind: 'clean', by }
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (signature !== undefined) return { kind: 'infected', signature, by }
  if (/size limit exceeded/i.test(answer)) return { kind: 'too-large', by }
  throw unavailable('it answered with what is no verdict')
}

/** One command on a connection of its own; the answer without the zero byte that ends it. */
async function ask(
  address: ClamdAddress,
  command: string,
  content: AsyncIterable<Uint8Array> | undefined,
  timeoutMs: number,
): Promise<string> {
  const socket = connect(address)
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('timeout')))
  const answered = answerOf(socket)
  // The failure is told by whoever waits below.
  answered.catch(() => undefined)
  try {
    await opened(socket)
    await write(socket, Buffer.from(command, 'latin1'))
    // A scanner that has had enough says so and closes: what it said counts, not that the rest was not taken.
    if (content !== undefined) await send(socket, content).catch(() => undefined)
    return await answered
  } catch (error) {
    throw error instanceof Fault
      ? error
      : unavailable((error as NodeJS.ErrnoException).code ?? (error as Error).message)
  } finally {
    socket.destroy()
  }
}

async function send(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of content) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE)
      await write(socket, length(piece.length))
      await write(socket, piece)
    }
  }
  await write(socket, length(0))
}

function length(bytes: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(bytes)
  return four
}

function opened(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
}

function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.destroyed || socket.writableEnded) return reject(new Error('closed'))
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const done = () => resolve(said.replace(/[\0\n]+$/, ''))
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1')
      if (said.endsWith('\0') || said.endsWith('\n')) done()
      else if (said.length > LONGEST_ANSWER) reject(unavailable('its answer has no end'))
    })
    socket.on('error', (error) => (said === '' ? reject(error) : done()))
    socket.on('close', () => (said === '' ? reject(new Error('closed without an answer')) : done()))
  })
}

function unavailable(why: string): Fault {
  return new Fault(
    'SCANNER_UNAVAILABLE',
    'malware scanner',
    `the malware scanner does not answer (${why}); what it has not looked at is neither kept nor given`,
    'Try again when clamd runs; see GARROD_SCANNER.',
  )
}
