import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Queries } from '../database/query.ts'
import type { SealKey, Vault } from './vault.ts'

/** A vault as one person's rows use it. */
export interface Sealer {
  seal(place: string, value: unknown): Promise<Buffer>
  open<Value>(place: string, sealed: Uint8Array): Promise<Value>
  /** Long text: deflated before it is sealed, since what is sealed cannot be compressed any more. */
  sealText(place: string, text: string): Promise<Buffer>
  openText(place: string, sealed: Uint8Array): Promise<string>
}

/** Values as JSON, sealed for one person in the transaction of `queries`. */
export function sealerOf(queries: Queries, vault: Vault, key: SealKey): Sealer {
  return {
    seal: (place, value) => vault.seal(queries, key, place, JSON.stringify(value)),
    open: async <Value>(place: string, sealed: Uint8Array) =>
      JSON.parse((await vault.open(queries, key, place, sealed)).toString('utf8')) as Value,
    sealText: (place, text) => vault.seal(queries, key, place, deflateRawSync(text, { level: 1 })),
    openText: async (place, sealed) =>
      inflateRawSync(await vault.open(queries, key, place, sealed)).toString('utf8'),
  }
}
