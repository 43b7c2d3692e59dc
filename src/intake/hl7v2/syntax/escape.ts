import type { Charset } from './charset.ts'
import type { Delimiters } from './delimiters.ts'

/** Formatting commands of FT fields (2.5.1, section 2.7.6) that end a line. */
const LINE_BREAK = /^\.(?:br|sp\+?(\d{0,3})|ce)$/
/** Commands that change how text is set, not what it says: highlighting, fill, indentation. */
const SILENT = /^(?:[HN]|\.(?:fi|nf|in[+-]?\d{0,3}|ti[+-]?\d{0,3}|sk\+?\d{0,3}))$/

/**
 * Text with its escape sequences resolved: delimiters, hexadecimal bytes, line breaks. What is not a sequence of the
 * standard (a local \Z…\, a switch of the character set, a lone escape character as in C:\path) stays as it was sent.
 */
export function resolveEscapes(text: string, delimiters: Delimiters, charset: Charset): string {
  const { escapeCharacter } = delimiters
  if (escapeCharacter === undefined || !text.includes(escapeCharacter)) return text
  let result = ''
  let at = 0
  for (;;) {
    const start = text.indexOf(escapeCharacter, at)
    const end = start < 0 ? -1 : text.indexOf(escapeCharacter, start + 1)
    if (end < 0) return result + text.slice(at)
    const meaning = meaningOf(text.slice(start + 1, end), delimiters, charset)
    if (meaning === undefined) {
      // Not a sequence: the second escape character may begin one.
      result += text.slice(at, end)
      at = end
    } else {
      result += text.slice(at, start) + meaning
      at = end + 1
    }
  }
}

function meaningOf(sequence: string, delimiters: Delimiters, charset: Charset): string | undefined {
  switch (sequence) {
    case 'F':
      return delimiters.field
    case 'S':
      return delimiters.component
    case 'T':
      return delimiters.subcomponent ?? '&'
    case 'R':
      return delimiters.repetition ?? '~'
    case 'E':
      return delimiters.escapeCharacter
    case 'P':
      return '#'
  }
  if (/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) {
    return charset.decode(Buffer.from(sequence.slice(1), 'hex'))
  }
  const lines = LINE_BREAK.exec(sequence)
  if (lines !== null) return '\n'.repeat(Math.max(1, Number(lines[1] || 1)))
  return SILENT.test(sequence) ? (sequence.startsWith('.sk') ? ' ' : '') : undefined
}
