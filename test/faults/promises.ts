import { createHash } from 'node:crypto'

/** What the server acknowledged: from then on it must be there, whole. */
export type Promised =
  | { readonly kind: 'transaction'; readonly patient: string; readonly value: number }
  | { readonly kind: 'message'; readonly patient: string; readonly value: number; readonly raw: string }
  | { readonly kind: 'upload'; readonly patient: string; readonly sha256: string }
  | {
      readonly kind: 'document'
      readonly patient: string
      readonly document: string
      readonly sha256: string
    }
  | {
      readonly kind: 'decision'
      readonly patient: string
      readonly document: string
      readonly ordinal: number
    }

export const KINDS = ['transaction', 'message', 'upload', 'document', 'decision'] as const

export const OBSERVATIONS = 3
/** Facts that the example report states. */
export const FACTS = 2

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
