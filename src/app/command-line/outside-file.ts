import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { LONGEST_SHEET, readOutsideCalls } from '../../intake/outside-calls.ts'
import type { OutsideCall } from '../../record/genotype.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'

/** Reads a sheet of outside calls from disk. Throws FILE_NOT_FOUND, FILE_UNREADABLE, OUTSIDE_TOO_LONG and the faults of the sheet. */
export async function readOutsideFile(path: string): Promise<OutsideCall[]> {
  let bytes: Buffer
  try {
    const { size } = await stat(path)
    if (size > LONGEST_SHEET) {
      throw new Fault(
        'OUTSIDE_TOO_LONG',
        path,
        `the sheet has ${size} bytes; outside calls are a few lines`,
        'Check that this is the table of outside calls and not the genotype file.',
      )
    }
    bytes = await readFile(path)
  } catch (error) {
    throw fileFault(error, path)
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return readOutsideCalls(bytes.toString('utf8'), { name: path, format: 'outside-calls', sha256 })
}
