import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { BgzipWriter } from '../../intake/bgzf/write.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Io } from '../command.ts'

type Write = (bytes: Uint8Array) => void | Promise<void>

/**
 * Hands `make` where its bytes go: stdout, or the file of --out, which comes to be only when all of it is written. What is no
 * plain file (a pipe, a device) is written to as it is and never replaced; a link stays a link. A name that ends in .gz or .bgz
 * asks for bgzip. Throws OUTPUT_UNWRITABLE.
 */
export async function toOutput(
  input: Arguments,
  io: Io,
  make: (write: Write) => Promise<void>,
): Promise<void> {
  const path = input.text('out')
  if (path === undefined) return make((bytes) => io.out(bytes))
  const target = existing(path)
  if (target?.plain === false) {
    const fd = opened(path)
    try {
      await makeInto(fd, path, make)
    } finally {
      closeSync(fd)
    }
    return
  }
  const final = target?.path ?? path
  const unfinished = `${final}.part`
  const fd = opened(unfinished)
  try {
    try {
      await makeInto(fd, path, make)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(unfinished, final)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

async function makeInto(fd: number, path: string, make: (write: Write) => Promise<void>): Promise<void> {
  if (!/\.b?gz$/i.test(path)) return make((bytes) => writeAll(fd, bytes, path))
  const blocks = new BgzipWriter((block) => writeAll(fd, block, path))
  await make((bytes) => blocks.take(bytes))
  blocks.end()
}

/** What is there already, links followed. Throws OUTPUT_UNWRITABLE for a folder. */
export function existing(path: string): { readonly path: string; readonly plain: boolean } | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  if (found.isDirectory()) throw unwritable(path, { code: 'EISDIR' })
  return { path: realpathSync(path), plain: found.isFile() }
}

function opened(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    throw unwritable(path, error)
  }
}

/** One call may write less than it was given. */
function writeAll(fd: number, bytes: Uint8Array, path: string): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      throw unwritable(path, error)
    }
  }
}

function unwritable(path: string, error: unknown): Fault {
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  return new Fault(
    'OUTPUT_UNWRITABLE',
    path,
    `the file cannot be written (${code})`,
    'Give a path that you may write.',
  )
}
