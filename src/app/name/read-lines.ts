import { Fault } from '../../terms/fault.ts'

/** More is not read at once, in bytes. */
const MOST = 256 << 20

/** The lines of standard input without empty ones. Throws NAME_INPUT_TOO_LONG. */
export async function readLines(
  input: AsyncIterable<Uint8Array | string> = process.stdin,
): Promise<readonly string[]> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MOST) {
      throw new Fault(
        'NAME_INPUT_TOO_LONG',
        'standard input',
        `there are more than ${MOST} bytes`,
        'Ask in several parts.',
      )
    }
    parts.push(bytes)
  }
  const lines = Buffer.concat(parts).toString('utf8').split(/\r?\n/)
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
