import { readFileSync } from 'node:fs'
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

/** The text of the file that an option names. Throws FILE_NOT_FOUND or FILE_UNREADABLE, naming the option. */
export function optionText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw fileFault(error, `${option} ${path}`)
  }
}
