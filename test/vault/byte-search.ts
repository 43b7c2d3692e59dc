import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Every way in which a text may lie in a file without being sealed: as it is, in UTF-16, hexadecimal, base64. */
function formsOf(text: string): readonly Buffer[] {
  const forms = new Map<string, Buffer>()
  for (const one of [text, text.toLowerCase(), text.toUpperCase()]) {
    const utf16 = Buffer.from(one, 'utf16le')
    const bytes = [Buffer.from(one), utf16, Buffer.from(utf16).swap16()]
    for (const form of bytes) forms.set(form.toString('hex'), form)
    for (const before of [0, 1, 2]) forms.set(`base64 ${before} ${one}`, base64Core(one, before))
    forms.set(`hex ${one}`, Buffer.from(Buffer.from(one).toString('hex')))
  }
  return [...forms.values()]
}

/** The base64 digits that the text alone decides when `before` bytes (modulo 3) stand before it. */
function base64Core(text: string, before: number): Buffer {
  const bytes = Buffer.from(text)
  const first = (3 - before) % 3
  const whole = bytes.subarray(first, first + 3 * Math.floor((bytes.length - first) / 3))
  return Buffer.from(whole.toString('base64'))
}

/** Files under a folder, the text, and where: empty when none of the texts lies there in any form. */
export function textsUnder(folder: string, texts: readonly string[]): readonly string[] {
  const wanted = texts.map((text) => ({ text, forms: formsOf(text) }))
  const found: string[] = []
  for (const name of filesUnder(folder)) {
    const bytes = bytesOf(join(folder, name))
    if (bytes === undefined) continue
    for (const content of [Buffer.from(name), bytes, ...unpacked(bytes)]) {
      for (const { text, forms } of wanted) {
        if (forms.some((form) => content.includes(form))) found.push(`${text} in ${name}`)
      }
    }
  }
  return found
}

/** Undefined when a running server has taken the file away since it was listed. */
function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** What begins like gzip anywhere in the first bytes of a file, inflated. */
function unpacked(bytes: Buffer): readonly Buffer[] {
  const at = bytes.subarray(0, 4096).indexOf(Buffer.of(0x1f, 0x8b, 8))
  if (at < 0) return []
  try {
    return [gunzipSync(bytes.subarray(at))]
  } catch {
    return []
  }
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
  )
}
