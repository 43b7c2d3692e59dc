/** One `key=value` inside "<...>". `quoted` tells whether the value stood in double quotes, which are taken off. */
export interface Attribute {
  readonly key: string
  readonly value: string
  readonly quoted: boolean
}

export type StructureFault =
  | 'not-closed'
  | 'open-quote'
  | 'after-quote'
  | 'stray-quote'
  | 'no-key'
  | 'no-value'
  | 'not-pair'

export interface Structured {
  readonly attributes: readonly Attribute[]
  /** What is wrong with the line and from where it is (index into the text), first fault first. */
  readonly faults: readonly { readonly kind: StructureFault; readonly text: string }[]
}

/** What is read of one line; a line with more was not written to be read. */
const MOST_ATTRIBUTES = 10_000
const MOST_FAULTS = 20

/**
 * The attributes of "<ID=AC,Number=A,...>" (section 1.4). Inside double quotes a backslash escapes a quote and itself;
 * "[...]" holds a list with commas (META Values). Reads on after a fault, so that one slip does not hide the rest.
 */
export function readStructured(value: string): Structured {
  const faults: { kind: StructureFault; text: string }[] = []
  const closed = value.endsWith('>')
  const body = value.slice(1, closed ? -1 : undefined)
  const attributes: Attribute[] = []
  let at = 0
  while (at <= body.length && attributes.length < MOST_ATTRIBUTES && faults.length < MOST_FAULTS) {
    const start = at
    while (at < body.length && body[at] !== '=' && body[at] !== ',') at++
    const key = body.slice(start, at)
    if (body[at] !== '=') {
      faults.push({ kind: 'not-pair', text: key })
      if (at >= body.length) break
      at++
      continue
    }
    if (key === '') faults.push({ kind: 'no-key', text: body.slice(start, start + 40) })
    at++
    let text = ''
    let quoted = false
    if (body[at] === '"') {
      quoted = true
      at++
      let ended = false
      while (at < body.length) {
        const one = body[at]!
        if (one === '\\' && (body[at + 1] === '"' || body[at + 1] === '\\')) {
          text += body[at + 1]
          at += 2
          continue
        }
        at++
        if (one === '"') {
          ended = true
          break
        }
        text += one
      }
      if (!ended) faults.push({ kind: 'open-quote', text: key })
      const rest = at
      while (at < body.length && body[at] !== ',') at++
      if (at > rest) faults.push({ kind: 'after-quote', text: body.slice(rest, at) })
    } else {
      const from = at
      let depth = 0
      while (at < body.length && (depth > 0 || body[at] !== ',')) {
        if (body[at] === '[') depth++
        else if (body[at] === ']' && depth > 0) depth--
        at++
      }
      text = body.slice(from, at)
      if (text === '') faults.push({ kind: 'no-value', text: key })
      else if (text.endsWith('"')) faults.push({ kind: 'stray-quote', text: key })
    }
    attributes.push({ key, value: text, quoted })
    if (at >= body.length) break
    at++
  }
  if (!closed) faults.unshift({ kind: 'not-closed', text: value.slice(-20) })
  return { attributes, faults }
}
