import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { erase, makeKeyFolder, writeNew } from './durable-file.ts'
import { PuncturedTree } from './punctured-tree.ts'
import type { RootKey } from './root-key.ts'
import { open, seal } from './sealed-bytes.ts'

/**
 * The people's own secrets and the list of those that were destroyed, as one file of the key folder:
 * "keyring-<generation>". A change is a new file under the next number, made by one of many processes; then those
 * before are overwritten and deleted. First line: JSON in the clear; the rest: sealed under a key of this file alone,
 * which the root key wraps.
 */
const Head = z.strictObject({
  garrod: z.literal('keyring'),
  layout: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  generation: z.int().positive(),
  root: z.string(),
  key: z.base64(),
})
const Destroyed = z.strictObject({
  tenant: z.string(),
  patient: z.string(),
  version: z.int().positive(),
  handle: z.string().regex(/^[0-9a-f]{16}$/),
  reason: z.string(),
  at: z.string(),
})
export type Destroyed = z.infer<typeof Destroyed>

export interface KeyringState {
  readonly id: string
  readonly generation: number
  /** Id of the root key that the file is under. */
  readonly root: string
  readonly tree: PuncturedTree
  readonly destroyed: readonly Destroyed[]
}

const NAME = /^keyring-(\d{8})$/

function pathOf(folder: string, generation: number): string {
  return join(folder, `keyring-${String(generation).padStart(8, '0')}`)
}

async function generations(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a)
}

/** The newest state, or undefined when the folder has none. Throws KEYS_WRONG, KEYS_MALFORMED. */
export async function readKeyring(
  folder: string,
  roots: readonly RootKey[],
): Promise<KeyringState | undefined> {
  for (;;) {
    const [newest, ...older] = await generations(folder)
    if (newest === undefined) return undefined
    const bytes = await readFile(pathOf(folder, newest)).catch(() => undefined)
    // Another process has replaced it in between.
    if (bytes === undefined) continue
    const state = await decode(bytes, pathOf(folder, newest), roots).catch(async (fault: unknown) => {
      // Read while another process was overwriting it: then there is a newer one.
      if ((await generations(folder))[0] === newest) throw fault
    })
    if (state === undefined) continue
    // Left by a process that died between writing the new and deleting the old.
    for (const one of older) await erase(pathOf(folder, one))
    return state
  }
}

/** The first state of a folder; when another process made one meanwhile, that one is kept. */
export async function makeKeyring(folder: string, root: RootKey): Promise<void> {
  await makeKeyFolder(folder)
  const state = {
    id: randomBytes(16).toString('hex'),
    generation: 1,
    root: root.id,
    tree: PuncturedTree.grow(randomBytes(32)),
    destroyed: [],
  }
  await writeNew(pathOf(folder, 1), await encode(state, root))
}

/**
 * Writes the next state and destroys the files before it. False when another process wrote that generation first:
 * read again, and repeat the change.
 */
export async function replaceKeyring(folder: string, next: KeyringState, root: RootKey): Promise<boolean> {
  if (!(await writeNew(pathOf(folder, next.generation), await encode(next, root)))) return false
  for (const one of await generations(folder)) {
    if (one < next.generation) await erase(pathOf(folder, one))
  }
  return true
}

async function encode({ id, generation, tree, destroyed }: KeyringState, root: RootKey): Promise<Buffer> {
  const fileKey = randomBytes(32)
  const head: z.infer<typeof Head> = {
    garrod: 'keyring',
    layout: 1,
    id,
    generation,
    root: root.id,
    key: (await root.wrap(fileKey, `keyring ${id} ${generation}`)).toString('base64'),
  }
  const line = JSON.stringify(head)
  const list = Buffer.from(JSON.stringify(destroyed))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(list.length)
  const nodes = tree.toBytes()
  const sealed = seal(fileKey, generation, line, Buffer.concat([length, list, nodes]))
  nodes.fill(0)
  fileKey.fill(0)
  return Buffer.concat([Buffer.from(`${line}\n`), sealed])
}

async function decode(bytes: Buffer, path: string, roots: readonly RootKey[]): Promise<KeyringState> {
  const end = bytes.indexOf(0x0a)
  const line = bytes.toString('utf8', 0, Math.max(0, end))
  const head = Head.safeParse(jsonOf(line)).data
  if (head === undefined) throw malformed(path)
  const root = roots.find(({ id }) => id === head.root)
  if (root === undefined) throw wrongRoot(path, head.root, roots)
  const fileKey = await root.unwrap(Buffer.from(head.key, 'base64'), `keyring ${head.id} ${head.generation}`)
  const plain = fileKey && open(fileKey, line, bytes.subarray(end + 1))
  fileKey?.fill(0)
  if (plain === undefined) throw malformed(path)
  const length = plain.readUInt32BE()
  const state = {
    id: head.id,
    generation: head.generation,
    root: head.root,
    destroyed: z.array(Destroyed).parse(JSON.parse(plain.toString('utf8', 4, 4 + length))),
    tree: PuncturedTree.from(plain.subarray(4 + length)),
  }
  plain.fill(0)
  return state
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function malformed(path: string): Fault {
  return new Fault(
    'KEYS_MALFORMED',
    path,
    'the file of the people’s own keys is damaged',
    'Restore the key folder from its newest copy. Without it nothing that is stored about people can be read.',
  )
}

function wrongRoot(path: string, needed: string, roots: readonly RootKey[]): Fault {
  return new Fault(
    'KEYS_WRONG',
    path,
    `the keys are under the root key ${needed}, and the one given is ${roots[0]?.id ?? 'none'}`,
    'Give the root key that this installation was made with (GARROD_ROOT_KEY_FILE or GARROD_ROOT_PASSPHRASE). After a change of the root key, name the one before with GARROD_RETIRED_ROOT_KEY_FILE.',
  )
}
