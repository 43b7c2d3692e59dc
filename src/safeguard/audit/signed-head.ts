import type { SignedHead } from '../../record/audit-row.ts'
import { type AuditKey, KEY_NAME } from './audit-key.ts'
import { HASH_BYTES } from './tree-hash.ts'

/** Which log a head is of, and what was signed of it. */
export interface HeadText {
  /** "garrod/<store>/<tenant>": no head of one log can be shown for another. */
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly at: string
  /** The log was put back to this size from a backup, by somebody who holds the key. */
  readonly restored?: boolean
}

export function originOf(storeId: string, tenant: string): string {
  return `garrod/${storeId}/${tenant}`
}

/** The signed text of a C2SP tlog-checkpoint: origin, size, root, then our own lines. */
export function headText({ origin, size, root, at, restored }: HeadText): string {
  const lines = [origin, String(size), Buffer.from(root).toString('base64'), `at ${at}`]
  if (restored === true) lines.push('restored')
  return `${lines.join('\n')}\n`
}

export function signHead(key: AuditKey, head: HeadText): SignedHead {
  const { size, root, at } = head
  return { size, root, at, keyId: key.id, signature: key.sign(headText(head)) }
}

/** A signed note (C2SP signed-note): the text, an empty line, the signature's line. */
export function checkpointOf(text: string, { keyId, signature }: SignedHead): string {
  const signed = Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')
  return `${text}\n— ${KEY_NAME} ${signed}\n`
}

/** A checkpoint in its parts. */
export interface Checkpoint {
  readonly head: HeadText
  readonly signed: SignedHead
}

/** Reads a checkpoint; undefined when it is none. Whether the signature is right is another question. */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const [, text = '', encoded = ''] = /^([\s\S]*\n)\n— garrod ([A-Za-z0-9+/=]+)\n$/.exec(note) ?? []
  const [origin = '', size = '', root = '', at = '', ...more] = text.split('\n')
  const bytes = Buffer.from(encoded, 'base64')
  const decoded = Buffer.from(root, 'base64')
  const restored = more[0] === 'restored'
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || decoded.length !== HASH_BYTES || bytes.length !== 68)
    return undefined
  const head: HeadText = {
    origin,
    size: Number(size),
    root: decoded,
    at: at.replace(/^at /, ''),
    ...(restored ? { restored } : {}),
  }
  // What cannot be written the same way again was not written by us.
  if (headText(head) !== text) return undefined
  return {
    head,
    signed: {
      size: head.size,
      root: decoded,
      at: head.at,
      keyId: bytes.toString('hex', 0, 4),
      signature: bytes.subarray(4),
    },
  }
}
