import { Fault } from '../terms/fault.ts'
import { notJson } from '../terms/not-json.ts'

/**
 * The JSON documents of a text: one, a list of them, one a line, or one after the other. Throws JSON_MALFORMED with the
 * line, JSON_EMPTY.
 */
export function jsonDocuments(text: string, where: string): readonly unknown[] {
  const documents: unknown[] = []
  for (const { start, end } of values(text, where)) {
    try {
      documents.push(JSON.parse(text.slice(start, end)))
    } catch (error) {
      throw malformed(`${where}:${lineAt(text, start)}`, notJson(error, text, start))
    }
  }
  const [only] = documents
  const all = documents.length === 1 && Array.isArray(only) ? only : documents
  if (all.length === 0)
    throw new Fault(
      'JSON_EMPTY',
      where,
      'there is no document',
      'Give one JSON object, a list, or one object a line.',
    )
  return all
}

/** Where each top-level value lies, [start, end). */
function* values(text: string, where: string): Generator<{ start: number; end: number }> {
  let depth = 0
  let start = -1
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x22) {
      if (depth === 0) throw outside(i)
      i = afterText(text, i)
    } else if (code === 0x7b || code === 0x5b) {
      if (depth++ === 0) start = i
    } else if (code === 0x7d || code === 0x5d) {
      if (--depth < 0) throw outside(i)
      if (depth === 0) yield { start, end: i + 1 }
    } else if (
      depth === 0 &&
      !(code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff)
    ) {
      throw outside(i)
    }
  }
  if (depth > 0)
    throw malformed(`${where}:${lineAt(text, start)}`, 'the document that begins here does not end')

  function outside(at: number): Fault {
    return malformed(`${where}:${lineAt(text, at)}`, `"${text.slice(at, at + 20).trim()}" is no JSON object`)
  }
}

/** Index of the closing quote. */
function afterText(text: string, quote: number): number {
  for (let i = quote + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x5c) i++
    else if (code === 0x22) return i
  }
  return text.length
}

function lineAt(text: string, at: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line++
  return line
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'JSON_MALFORMED',
    where,
    what,
    'Give JSON: one object, a list of objects, or one object a line.',
  )
}
