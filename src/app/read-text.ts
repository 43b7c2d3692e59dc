import { readFile } from 'node:fs/promises'
import { fileFault } from '../terms/file-fault.ts'

/** A text file as a whole. Throws FILE_NOT_FOUND or FILE_UNREADABLE. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw fileFault(error, path)
  }
}
