import type { KeyObject } from 'node:crypto'

/** A key in bytes, or as an object of the cipher library, which is faster for a key that is used often. */
export type SealingKey = Uint8Array | KeyObject

/**
 * Keys that lie outside the database, and what is done with them. The store keeps wrapped keys in its rows and asks
 * here to open them; src/safeguard/keys implements it.
 */
export interface Keyring {
  /**
   * Gets the keys ready. `known` is what the database was sealed under; undefined for a database that has no keys
   * yet: only then are keys made. Throws KEYS_MISSING, KEYS_WRONG.
   */
  unlock(known: KeyringMark | undefined): Promise<Keys>
}

/** Names the keys, and tells nothing about them. */
export interface KeyringMark {
  readonly keyring: string
  readonly root: string
}

/** A person's key that was destroyed for good. */
export interface DestroyedKey {
  readonly tenant: string
  readonly patient: string
  readonly version: number
  /** Hexadecimal. */
  readonly handle: string
  readonly reason: string
  readonly at: string
}

export interface Keys {
  /** In force now: new keys are wrapped under this root. */
  readonly mark: KeyringMark
  /** Grows by one with every change of the key folder. */
  readonly generation: number
  /** Where the root key comes from, in words for the operator. */
  readonly source: string
  /** Under the root key. `context` is bound to it: a wrapped key that is moved elsewhere does not open. */
  wrap(key: Uint8Array, context: string): Promise<Buffer>
  /** Under the named root: the one in force or a retired one. Throws KEYS_WRONG. */
  unwrap(root: string, wrapped: Uint8Array, context: string): Promise<Buffer>
  /** 32 random bytes. */
  newKey(): Buffer
  /** 8 random bytes that name a person's own secret in the key folder. */
  newHandle(): Buffer
  /** Wraps a person's key under the person's own secret, which is in the key folder and nowhere else. */
  guard(handle: Uint8Array, key: Uint8Array, context: string): Buffer
  /** "destroyed" when that secret is gone; undefined when the bytes are not what was guarded. */
  unguard(handle: Uint8Array, guarded: Uint8Array, context: string): Buffer | 'destroyed' | undefined
  /** AES-256-GCM; `version` is written in front and read by `versionOf`. */
  seal(key: SealingKey, version: number, context: string, plain: string | Uint8Array): Buffer
  /** Undefined when the bytes are not what was sealed under this key and context. */
  open(key: SealingKey, context: string, sealed: Uint8Array): Buffer | undefined
  /** Undefined for bytes that `seal` did not make. */
  versionOf(sealed: Uint8Array): number | undefined
  /** A file in pieces, so that it need not fit into memory. */
  sealStream(key: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncIterable<Buffer>
  /** Throws VAULT_TAMPERED at the first piece that was altered, moved, or is missing. */
  openStream(key: Uint8Array, sealed: AsyncIterable<Uint8Array>, where: string): AsyncIterable<Buffer>
  /** HMAC-SHA-256 of kind and value, base64url, under a key derived for each tenant from `secret`. Made once. */
  blinder(secret: Uint8Array): (tenant: string, kind: string, value: string) => string
  /** Every key that was destroyed, oldest first. */
  destroyed(): readonly DestroyedKey[]
  /** Destroys secrets; on disk when it returns. What they guarded opens nowhere any more, not from a backup either. */
  destroy(keys: readonly DestroyedKey[]): Promise<void>
  /** Makes a new root key in the key folder and retires the one before. Throws KEYS_NOT_OURS when others keep it. */
  renewRoot(): Promise<void>
  /** Puts the key folder under the root key in force when it is under an earlier one. */
  adoptRoot(): Promise<void>
  /** Overwrites the keys in memory. */
  close(): void
}
