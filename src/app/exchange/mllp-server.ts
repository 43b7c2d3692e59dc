import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { readStart } from '../../intake/hl7v2/syntax/message.ts'
import { Fault } from '../../terms/fault.ts'
import { acknowledgment, answerTo, errorOf } from './acknowledge.ts'
import { FrameReader, framed } from './mllp-frame.ts'

export interface MllpOptions {
  /** Address and port to listen at; port 0 takes any free one. */
  readonly host: string
  readonly port: number
  /** Largest message, bytes. */
  readonly largest: number
  /** Most connections at once. */
  readonly connections: number
  /** Longest silence inside a message, ms: then the half message is dropped with its connection. */
  readonly patience: number
  /** PEM texts. With `ca`, a client must show a certificate of it. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string }
  /** Whether connections from an address are taken. */
  readonly accepts: (address: string) => boolean
  /** What a message is answered with. Never rejects for what a message says. */
  readonly answer: (bytes: Uint8Array, address: string) => Promise<string>
  readonly now: () => Date
  readonly newId: () => string
  readonly log: (line: string) => void
}

export const MLLP_DEFAULTS = { largest: 32 * 2 ** 20, connections: 64, patience: 60_000 } as const

export interface MllpServer {
  readonly port: number
  /** Stops listening, answers what is being processed, and closes every connection. */
  close(): Promise<void>
}

/**
 * HL7 v2 over MLLP on node's own sockets: one message after another on each connection, each answered before the next is
 * looked at; what a client sends meanwhile waits in its socket. Throws PORT_TAKEN or PORT_REFUSED.
 *
 * Ours, not the server of @medplum/hl7: that one holds whatever a client sends, and cuts messages at any FS CR without a
 * limit in bytes.
 */
export async function mllpServer(options: MllpOptions): Promise<MllpServer> {
  const open = new Map<Socket, Promise<void>>()
  const busy = new Set<Socket>()
  let closing = false
  const take = (socket: Socket) => {
    const refused = closing
      ? 'a connection came while stopping'
      : open.size >= options.connections
        ? 'too many connections'
        : options.accepts(socket.remoteAddress ?? '')
          ? undefined
          : 'a sender that is not named was refused'
    if (refused !== undefined) {
      options.log(`MLLP: ${refused}`)
      socket.destroy()
      return
    }
    const work = converse(socket, options, busy, () => closing).finally(() => open.delete(socket))
    open.set(socket, work)
  }
  const server: Server =
    options.tls === undefined
      ? createServer({ noDelay: true, keepAlive: true }, take)
      : createTlsServer(
          {
            ...options.tls,
            minVersion: 'TLSv1.2',
            requestCert: options.tls.ca !== undefined,
            rejectUnauthorized: options.tls.ca !== undefined,
          },
          take,
        )
  server.on('tlsClientError', () => options.log('MLLP: a client was refused by TLS'))
  await listening(server, options)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    async close() {
      closing = true
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open.keys()) if (!busy.has(socket)) socket.destroy()
      const deadline = setTimeout(() => {
        for (const socket of open.keys()) socket.destroy()
      }, 5000)
      await Promise.all(open.values())
      clearTimeout(deadline)
      await stopped
    },
  }
}

/** One connection, until it ends. */
async function converse(
  socket: Socket,
  options: MllpOptions,
  busy: Set<Socket>,
  isClosing: () => boolean,
): Promise<void> {
  const address = socket.remoteAddress ?? 'unknown'
  const reader = new FrameReader(options.largest)
  let silence: NodeJS.Timeout | undefined
  // A connection that breaks is no concern of the server: its sender did not get an answer, and sends again.
  socket.on('error', () => undefined)
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      clearTimeout(silence)
      for (const frame of reader.push(chunk)) {
        if (frame.kind === 'broken') {
          options.log(`MLLP: ${frame.bytes} bytes outside a complete block were passed over`)
          continue
        }
        if (frame.kind === 'too-long') {
          options.log('MLLP: a message was too long')
          await farewell(socket, refusal(options, frame.start))
          return
        }
        busy.add(socket)
        await send(socket, framed(await options.answer(frame.bytes, address)))
        busy.delete(socket)
        if (isClosing()) return await farewell(socket, undefined)
      }
      if (reader.isInside) {
        silence = setTimeout(() => {
          options.log('MLLP: a message did not go on; its connection was closed')
          socket.destroy()
        }, options.patience)
      }
    }
    if (reader.isInside) options.log('MLLP: a connection ended inside a message')
  } catch (error) {
    if (!socket.destroyed)
      options.log(`MLLP: ${(error as NodeJS.ErrnoException).code ?? 'a connection failed'}`)
  } finally {
    clearTimeout(silence)
    busy.delete(socket)
    socket.destroy()
  }
}

/** AR for a message that was not read to its end. */
function refusal({ largest, now, newId }: MllpOptions, start: Uint8Array): Buffer {
  const fault = new Fault(
    'MESSAGE_TOO_LONG',
    'message',
    `the message is longer than ${Math.floor(largest / 2 ** 20)} MiB`,
    'Send documents by reference (RP), or have the limit raised.',
  )
  return framed(acknowledgment('AR', answerTo(readStart(start)), [errorOf(fault)], now(), newId()))
}

function send(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

/** Sends the last answer and lets the other side read it before the connection goes, whatever it still sends. */
function farewell(socket: Socket, bytes: Buffer | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = setTimeout(resolve, 2000)
    socket.once('close', () => {
      clearTimeout(done)
      resolve()
    })
    if (bytes === undefined) socket.end()
    else socket.end(bytes)
    // What is still on its way is read and dropped: a reset would destroy the answer before it is read.
    socket.resume()
  })
}

function listening(server: Server, { host, port }: MllpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Fault(
              'PORT_TAKEN',
              `--mllp ${port}`,
              `something else listens at port ${port}`,
              'Stop it, or choose another port.',
            )
          : new Fault(
              'PORT_REFUSED',
              `${host}:${port}`,
              `this machine does not let Garrod listen there (${error.code})`,
              'Choose a port above 1023 and an address of this machine.',
            ),
      )
    })
    server.listen({ host, port }, () => {
      server.removeAllListeners('error')
      server.on('error', () => undefined)
      resolve()
    })
  })
}
