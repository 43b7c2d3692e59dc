import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../../terms/fault.ts'

/** Makes a folder and those above it. A new folder is durable only when the one above it is flushed. */
export async function makeFolder(folder: string): Promise<void> {
  const highest = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (highest === undefined) return
  for (let above = dirname(folder); above.length >= dirname(highest).length; above = dirname(above)) {
    await flushFolder(above)
    if (above === dirname(above)) return
  }
}

/** Entries of a folder are durable only when it is flushed itself. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A new file with this text, on disk when it returns. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await flushFolder(dirname(path))
}

/** A full or read-only disk is the user's to mend; anything else stays as it is. */
export function diskFault(error: unknown, where: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS' || code === 'EACCES') {
    return new Fault(
      'ARCHIVE_DISK',
      where,
      `the file could not be kept in the archive (${code})`,
      'Free some space under GARROD_HOME, or set GARROD_HOME to a folder that can be written; nothing was stored.',
    )
  }
  return error
}
