import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { SealKey, Vault } from '../../src/store/vault.ts'
import { Fault } from '../../src/terms/fault.ts'

const digest = (...parts: readonly string[]) => createHash('sha256').update(JSON.stringify(parts)).digest()

/** A vault whose keys are made from the names of tenant and person: for tests alone, since anyone can make them. */
export function fixedKeyVault(): Vault {
  const keyOf = ({ tenant, patient }: SealKey) => digest('seal', tenant, patient)
  return {
    async seal(_queries, key, place, plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce).setAAD(Buffer.from(place))
      const text = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    async open(_queries, key, place, sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', keyOf(key), sealed.subarray(0, 12))
          .setAAD(Buffer.from(place))
          .setAuthTag(sealed.subarray(12, 28))
        return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
      } catch {
        throw new Fault('VAULT_TAMPERED', 'vault', 'these bytes were not sealed here', 'Restore a backup.')
      }
    },
    ready: async () => undefined,
    blind: (tenant, kind, value) =>
      createHmac('sha256', digest('blind', tenant, kind))
        .update(value)
        .digest('base64url'),
  }
}
