import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { FrameReader, framed } from './mllp-frame.ts'

interface MllpTarget {
  readonly host: string
  readonly port: number
  readonly tls: boolean
}

/** Largest acknowledgment, bytes. */
const LARGEST = 2 ** 20

/**
 * Sends one message and returns its acknowledgment. Throws an Error with a code (ECONNREFUSED, MLLP_TIMEOUT, MLLP_CLOSED)
 * when there was none: whether the message arrived is then not known, and it may be sent again under the same control id.
 */
export function sendOverMllp(target: MllpTarget, text: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const { host, port } = target
    const socket: Socket = target.tls ? connectTls({ host, port, servername: host }) : connect({ host, port })
    const reader = new FrameReader(LARGEST)
    const deadline = setTimeout(() => fail('MLLP_TIMEOUT'), timeoutMs)
    const fail = (code: string) => {
      clearTimeout(deadline)
      socket.destroy()
      reject(Object.assign(new Error(`the receiver did not answer (${code})`), { code }))
    }
    socket.once(target.tls ? 'secureConnect' : 'connect', () => socket.write(framed(text)))
    socket.on('data', (chunk) => {
      for (const frame of reader.push(chunk)) {
        if (frame.kind !== 'message') continue
        clearTimeout(deadline)
        socket.end()
        resolve(Buffer.from(frame.bytes).toString('utf8'))
        return
      }
    })
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'MLLP_FAILED'))
    socket.on('close', () => fail('MLLP_CLOSED'))
  })
}
