import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Io } from '../command.ts'

export type Write = (bytes: Uint8Array) => void | Promise<void>

/**
 * Hands `make` where its bytes go: stdout, or the file of --out, which comes to be only when all of it is written.
 * Throws OUTPUT_UNWRITABLE.
 */
export async function toOutput(
  input: Arguments,
  io: Io,
  make: (write: Write) => Promise<void>,
): Promise<void> {
  const path = input.text('out')
  if (path === undefined) return make((bytes) => io.out(bytes))
  const unfinished = `${path}.part`
  const fd = opened(unfinished)
  try {
    try {
      await make((bytes) => writeAll(fd, bytes, path))
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
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
