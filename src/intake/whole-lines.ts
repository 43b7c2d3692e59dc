import { Fault } from '../terms/fault.ts'

const NEWLINE = 10

/** A run of bytes that ends at a line's end; only the last run of a file may lack the final newline. */
interface Lines {
  readonly bytes: Buffer
  readonly endsWithNewline: boolean
}

/**
 * Cuts a stream of bytes at line ends, so that no line is ever in two runs. Memory is one chunk and one line;
 * a line beyond `longest` bytes throws LINE_TOO_LONG before more of it is read.
 */
export async function* wholeLines(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  longest: number,
): AsyncGenerator<Lines> {
  let pieces: Buffer[] = []
  let held = 0
  let start = 0
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const cut = bytes.lastIndexOf(NEWLINE) + 1
    if (cut > 0) {
      const run = bytes.subarray(0, cut)
      yield { bytes: pieces.length === 0 ? run : Buffer.concat([...pieces, run]), endsWithNewline: true }
      start += held + cut
      pieces = []
      held = 0
    }
    if (cut < bytes.length) {
      const tail = bytes.subarray(cut)
      pieces.push(tail)
      held += tail.length
      if (held > longest) throw tooLong(name, `the line that begins at byte ${start}`, longest)
    }
  }
  if (held > 0) yield { bytes: Buffer.concat(pieces), endsWithNewline: false }
}

/** `start` says where the line begins, as "byte 120" or "line 7". */
export function tooLong(name: string, start: string, longest: number): Fault {
  return new Fault(
    'LINE_TOO_LONG',
    `${name}, ${start}`,
    `a line is longer than ${Math.round(longest / 1024)} KiB`,
    'This is not a text file that Garrod reads, or its line ends were lost. Check how it was made.',
  )
}
