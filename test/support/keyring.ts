import { join } from 'node:path'
import { openKeyring } from '../../src/safeguard/keys/keyring.ts'
import type { Keyring } from '../../src/store/vault/keyring.ts'

/** The keys of a test's home, made there at first use, as a new installation makes them. */
export function keyringOf(home: string): Keyring {
  return openKeyring({ folder: join(home, 'keys') })
}
