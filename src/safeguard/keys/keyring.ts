import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { Fault } from '../../terms/fault.ts'
import {
  type Destroyed,
  type KeyringState,
  makeKeyring,
  readKeyring,
  replaceKeyring,
} from './keyring-file.ts'
import {
  ownRootKey,
  type RootKey,
  replaceOwnRootKey,
  retiredRootKeys,
  rootKeyFromPassphrase,
  rootKeyInFile,
} from './root-key.ts'
import * as bytes from './sealed-bytes.ts'
import { openStream, sealStream } from './sealed-stream.ts'

/** Where the keys are. The folder must not go into the backup of the data: see docs/decisions/0042. */
export interface KeyPlace {
  /** Folder of the people's own secrets and, unless it is given otherwise, of the root key. */
  readonly folder: string
  /** File of the root key (GARROD_ROOT_KEY_FILE). */
  readonly rootKeyFile?: string | undefined
  /** Instead of a file (GARROD_ROOT_PASSPHRASE). */
  readonly passphrase?: string | undefined
  /** File of the root key before this one (GARROD_RETIRED_ROOT_KEY_FILE). */
  readonly retiredRootKeyFile?: string | undefined
  /** Passphrase before this one (GARROD_RETIRED_ROOT_PASSPHRASE). */
  readonly retiredPassphrase?: string | undefined
  /** A root key that somebody else keeps: a key management service, a hardware module. */
  readonly rootKey?: RootKey | undefined
}

/** The keys of an installation: what the store asks for as a Keyring (src/store/vault/keyring.ts). */
export function openKeyring(place: KeyPlace) {
  return {
    /** See Keyring.unlock. */
    async unlock(known: { readonly keyring: string; readonly root: string } | undefined): Promise<Keys> {
      const root = await rootOf(place, known === undefined)
      const retired = await retiredOf(place)
      const roots = [root, ...retired]
      if (known !== undefined && !roots.some(({ id }) => id === known.root)) throw wrongRoot(root, known.root)
      let state = await readKeyring(place.folder, roots)
      if (state === undefined) {
        if (known !== undefined) throw missingKeyring(place.folder)
        await makeKeyring(place.folder, root)
        state = (await readKeyring(place.folder, roots))!
      }
      if (known !== undefined && known.keyring !== state.id) throw otherKeyring(place.folder)
      return new Keys(place, root, retired, state)
    },
  }
}

class Keys {
  readonly #place: KeyPlace
  #root: RootKey
  #retired: readonly RootKey[]
  #state: KeyringState
  /** As objects of the cipher library: given as bytes, a key costs more each time than the digest does. */
  readonly #blindKeys = new Map<string, KeyObject>()

  constructor(place: KeyPlace, root: RootKey, retired: readonly RootKey[], state: KeyringState) {
    this.#place = place
    this.#root = root
    this.#retired = retired
    this.#state = state
  }

  get mark(): { readonly keyring: string; readonly root: string } {
    return { keyring: this.#state.id, root: this.#root.id }
  }

  get generation(): number {
    return this.#state.generation
  }

  get source(): string {
    return this.#root.source
  }

  wrap(key: Uint8Array, context: string): Promise<Buffer> {
    return this.#root.wrap(key, context)
  }

  async unwrap(root: string, wrapped: Uint8Array, context: string): Promise<Buffer> {
    const holder = [this.#root, ...this.#retired].find(({ id }) => id === root)
    const key = await holder?.unwrap(wrapped, context)
    if (key === undefined) throw wrongRoot(this.#root, root)
    return key
  }

  newKey(): Buffer {
    return randomBytes(32)
  }

  newHandle(): Buffer {
    return randomBytes(8)
  }

  guard(handle: Uint8Array, key: Uint8Array, context: string): Buffer {
    const secret = this.#state.tree.secretOf(handle)
    if (secret === undefined) throw new Error('a new key was to be guarded by a secret that was destroyed')
    const guarded = bytes.seal(secret, 0, `garrod own\0${context}`, key)
    secret.fill(0)
    return guarded
  }

  unguard(handle: Uint8Array, guarded: Uint8Array, context: string): Buffer | 'destroyed' | undefined {
    const secret = this.#state.tree.secretOf(handle)
    if (secret === undefined) return 'destroyed'
    const key = bytes.open(secret, `garrod own\0${context}`, guarded)
    secret.fill(0)
    return key
  }

  seal = bytes.seal
  open = bytes.open
  versionOf = bytes.versionOf
  sealStream = sealStream
  openStream = openStream

  blinder(secret: Uint8Array): (tenant: string, kind: string, value: string) => string {
    const keyOf = (tenant: string): KeyObject => {
      let key = this.#blindKeys.get(tenant)
      if (key === undefined) {
        const bytes = new Uint8Array(hkdfSync('sha256', secret, 'garrod blind index', tenant, 32))
        key = createSecretKey(bytes)
        bytes.fill(0)
        this.#blindKeys.set(tenant, key)
      }
      return key
    }
    return (tenant, kind, value) =>
      createHmac('sha256', keyOf(tenant))
        .update(JSON.stringify([kind, value]))
        .digest('base64url')
  }

  destroyed(): readonly Destroyed[] {
    return this.#state.destroyed
  }

  async destroy(keys: readonly Destroyed[]): Promise<void> {
    await this.#change((state) => {
      const done = new Set(state.destroyed.map(({ handle }) => handle))
      const fresh = keys.filter(({ handle }) => !done.has(handle))
      for (const { handle } of keys) state.tree.puncture(Buffer.from(handle, 'hex'))
      return { ...state, destroyed: [...state.destroyed, ...fresh] }
    })
  }

  async renewRoot(): Promise<void> {
    const { folder, rootKeyFile, passphrase, rootKey } = this.#place
    if ((rootKeyFile ?? passphrase ?? rootKey) !== undefined) throw notOurs(this.#root)
    const before = this.#root
    this.#root = await replaceOwnRootKey(folder, before)
    this.#retired = [before, ...this.#retired]
    await this.adoptRoot()
  }

  /** Puts the key folder under the root key in force when it is under an earlier one. */
  async adoptRoot(): Promise<void> {
    if (this.#state.root !== this.#root.id) await this.#change((state) => state)
  }

  close(): void {
    this.#state.tree.wipe()
    this.#blindKeys.clear()
    // A root key that somebody else keeps is theirs to close.
    for (const root of [this.#root, ...this.#retired]) if (root !== this.#place.rootKey) root.close()
  }

  /** Reads what is on disk now, changes it, and writes it as the next generation; again when another was faster. */
  async #change(edit: (state: KeyringState) => KeyringState): Promise<void> {
    for (;;) {
      const now = (await readKeyring(this.#place.folder, [this.#root, ...this.#retired]))!
      const next = { ...edit(now), generation: now.generation + 1, root: this.#root.id }
      if (await replaceKeyring(this.#place.folder, next, this.#root)) {
        if (this.#state.tree !== next.tree) this.#state.tree.wipe()
        this.#state = next
        return
      }
      now.tree.wipe()
    }
  }
}

async function rootOf(place: KeyPlace, make: boolean): Promise<RootKey> {
  if (place.rootKey !== undefined) return place.rootKey
  if (place.rootKeyFile !== undefined) return rootKeyInFile(place.rootKeyFile)
  if (place.passphrase !== undefined) return rootKeyFromPassphrase(place.passphrase, place.folder)
  // A folder with people's secrets and without its root key has lost it; a new one would hide the loss.
  const used =
    existsSync(place.folder) && (await readdir(place.folder)).some((name) => /^keyring-/.test(name))
  return ownRootKey(place.folder, make && !used)
}

async function retiredOf(place: KeyPlace): Promise<readonly RootKey[]> {
  const given: RootKey[] = []
  if (place.retiredRootKeyFile !== undefined) given.push(await rootKeyInFile(place.retiredRootKeyFile))
  if (place.retiredPassphrase !== undefined)
    given.push(await rootKeyFromPassphrase(place.retiredPassphrase, place.folder))
  return [...given, ...(await retiredRootKeys(place.folder))]
}

function wrongRoot(given: RootKey, needed: string): Fault {
  return new Fault(
    'KEYS_WRONG',
    given.source,
    `the database is sealed under the root key ${needed}, and the one given is ${given.id}`,
    'Give the root key that this database was made with (GARROD_ROOT_KEY_FILE, GARROD_ROOT_PASSPHRASE, or the key folder). After a change of the root key, name the one before with GARROD_RETIRED_ROOT_KEY_FILE.',
  )
}

function missingKeyring(folder: string): Fault {
  return new Fault(
    'KEYS_MISSING',
    folder,
    'the database is sealed, and the key folder does not hold its keys',
    'Mount the disk that holds the key folder, restore it from its newest copy, or name its place with GARROD_KEY_FOLDER.',
  )
}

function otherKeyring(folder: string): Fault {
  return new Fault(
    'KEYS_WRONG',
    folder,
    'the key folder belongs to another installation than the database',
    'Name the folder that belongs to this database with GARROD_KEY_FOLDER.',
  )
}

function notOurs(root: RootKey): Fault {
  return new Fault(
    'KEYS_NOT_OURS',
    root.source,
    'this root key is kept by you, and Garrod does not change it',
    'Put the new key in its place, name the one before with GARROD_RETIRED_ROOT_KEY_FILE (or GARROD_RETIRED_ROOT_PASSPHRASE), and run any command: everything is wrapped anew.',
  )
}
