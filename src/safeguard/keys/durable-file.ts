import { randomBytes } from 'node:crypto'
import { link, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Creates the folder for its owner alone. */
export async function makeKeyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Writes a new file, whole and on disk, mode 0600. False when there is one of that name: then nothing is changed. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<boolean> {
  const draft = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.draft`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    // A link is made whole or not at all, and never over another file.
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    await erase(draft, false)
  }
  await flushFolder(dirname(path))
  return true
}

/**
 * Deletes a file; first overwrites it with random bytes, unless it is another name of a file that stays. A disk that
 * writes elsewhere than it is told (flash, snapshots) may keep the old bytes; they are encrypted as well.
 */
export async function erase(path: string, overwrite = true): Promise<void> {
  if (overwrite) {
    const file = await open(path, 'r+').catch(() => undefined)
    if (file === undefined) return
    try {
      const { size, nlink } = await file.stat()
      if (nlink < 2) {
        await file.write(randomBytes(size), 0, size, 0)
        await file.sync()
      }
    } finally {
      await file.close()
    }
  }
  await rm(path, { force: true })
}

export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
