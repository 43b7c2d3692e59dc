import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning } from '../database/process-life.ts'

/** What a server wrote about itself into postmaster.pid when it started (PostgreSQL, "src/include/utils/pidfile.h"). */
export interface Postmaster {
  readonly pid: number
  /** Folder of its socket. */
  readonly socketFolder: string
}

/** The server that the data folder names, alive or not. */
export function postmasterOf(data: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, socketFolder: lines[4] ?? '' } : undefined
}

/** Whether that process lives and is a PostgreSQL: after a crash its number may belong to another program. */
export function isAlive({ pid }: Postmaster): boolean {
  if (!isRunning(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim() === 'postgres'
  } catch {
    // No /proc on this system: the number must do.
    return process.platform !== 'linux'
  }
}

/**
 * Lets the next server take over from a dead one whose process number now belongs to another program: PostgreSQL
 * would believe that program to be a server. It disregards the number of its own parent, which is this process; the
 * rest of the file stays, so that its check for left-over shared memory still works.
 */
export function disown(data: string): void {
  const path = join(data, 'postmaster.pid')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, String(process.pid)))
}
