import { isAscii, isUtf8 } from 'node:buffer'
import { wholeLines } from '../../whole-lines.ts'
import { type Findings, shown } from './findings.ts'

/** One line of text; its end is taken off. */
interface TextLine {
  readonly text: string
  /** 1-based. */
  readonly line: number
}

const NEWLINE = 10
const RETURN = 13
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The lines of a VCF as text, with what sections 1.2 and 1.6 say of bytes and line ends reported on the way.
 * Memory is one chunk and one line. Throws LINE_TOO_LONG.
 */
export async function* textLines(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  findings: Findings,
  longest: number,
): AsyncGenerator<TextLine> {
  let line = 0
  let lastEnded = true
  for await (const run of wholeLines(bytes, name, longest)) {
    const whole = isAscii(run.bytes)
      ? run.bytes.toString('latin1')
      : isUtf8(run.bytes)
        ? run.bytes.toString('utf8')
        : undefined
    lastEnded = run.endsWithNewline
    let from = 0
    while (from < (whole ?? run.bytes).length) {
      line++
      const newline = whole === undefined ? run.bytes.indexOf(NEWLINE, from) : whole.indexOf('\n', from)
      const end = newline < 0 ? (whole ?? run.bytes).length : newline
      const text =
        whole === undefined ? textOf(run.bytes.subarray(from, end), line, findings) : whole.slice(from, end)
      yield { text: cleaned(text, line, newline >= 0, findings), line }
      from = end + 1
    }
  }
  if (!lastEnded) findings.add('VCF_LAST_LINE', { line }, () => 'the file ends without a line break')
}

/** Each byte of a line that is not UTF-8 becomes one character. */
function textOf(bytes: Buffer, line: number, findings: Findings): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const text = bytes.toString('latin1')
  findings.add('VCF_ENCODING', { line }, () => shown(text.slice(firstHigh(bytes))))
  return text
}

function firstHigh(bytes: Buffer): number {
  return Math.max(
    0,
    bytes.findIndex((byte) => byte > 127),
  )
}

function cleaned(raw: string, line: number, ended: boolean, findings: Findings): string {
  let text = raw
  if (line === 1 && text.startsWith(BYTE_ORDER_MARK)) {
    findings.add('VCF_BOM', { line }, () => 'the file begins with U+FEFF')
    text = text.slice(1)
  }
  if (ended && text.charCodeAt(text.length - 1) === RETURN) {
    findings.add('VCF_CRLF', { line }, () => 'the line ends with CR LF')
    text = text.slice(0, -1)
  }
  const control = firstControl(text)
  if (control >= 0)
    findings.add(
      text.charCodeAt(control) === RETURN ? 'VCF_LINE_END' : 'VCF_CONTROL_CHARACTER',
      { line },
      () => `character ${control + 1} is ${shown(text[control]!)}`,
    )
  return text
}

/** Index of the first character below U+0020 other than a tab, or U+007F; -1 when there is none. */
function firstControl(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code < 32 && code !== 9) || code === 127) return i
  }
  return -1
}
