import { plainText } from './plain-text.ts'
import { type Side, sideHeading } from './side-heading.ts'

/** One criterion of the free text as it stands there. */
export interface TextItem {
  readonly side: Side | undefined
  /** White space collapsed, without bullet, number, or the escapes of Markdown and HTML. */
  readonly text: string
  /** Characters of the whole text, from 0: [start, end). */
  readonly start: number
  readonly end: number
  /** 0 at the left; an item below another one is one deeper. */
  readonly depth: number
  /** The item this one stands below, by index. */
  readonly under: number | undefined
}

/** A bullet, number or letter in front of an item. "1.5 x ULN" is none: white space must follow. */
const MARKER =
  /^(?:[-*+•·●▪◦○■□➢–—]|o(?=\s{2,})|(?:criteri(?:on|a)\s+)?\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})[.)]|\[\d{1,2}\])\s+/i

/** A heading within a line of running text: "... Exclusion Criteria: ...". */
const INLINE_HEADING =
  /(?<=[.;\s])(?:(?:key|main|major|general)\s+)?(?:non[- ])?(?:inclusion|exclusion)\s+criteria\s*:/gi

/** More items than any protocol has; the rest of the text is one item. */
const MOST_ITEMS = 2_000

interface Line {
  readonly start: number
  readonly text: string
}

/**
 * Splits the free text of a registry into its criteria: sides by headings, items by bullets, numbers and blank lines, with
 * their nesting by indentation. Lines that only go on are joined to the one they continue.
 */
export function splitEligibility(text: string): readonly TextItem[] {
  const items: { side: Side | undefined; parts: Line[]; depth: number; under: number | undefined }[] = []
  /** Items above the current place with the column each begins in. */
  let above: { column: number; item: number }[] = []
  let side: Side | undefined
  let open = false
  let lastColumn = 0
  let lastLength = 0
  for (const line of linesOf(text)) {
    const bare = line.text.trimStart()
    if (bare === '') {
      open = false
      continue
    }
    let column = line.text.length - bare.length
    const unmarked = bare.replace(MARKER, '')
    const heading = sideHeading(unmarked, unmarked.length < bare.length)
    if (heading !== undefined) {
      side = heading.side
      above = []
      open = false
      const rest = unmarked.slice(heading.length)
      if (rest.trim() === '') continue
      column = line.text.length - rest.trimStart().length
      begin({ start: line.start + column, text: rest.trimStart() }, column)
      continue
    }
    const marker = MARKER.exec(bare)
    if (marker !== null) {
      const at = column + marker[0].length
      begin({ start: line.start + at, text: line.text.slice(at) }, column)
    } else if (open && (column > lastColumn || lastLength >= 60)) {
      items.at(-1)!.parts.push({ start: line.start + column, text: bare })
      lastLength = line.text.trim().length
    } else {
      begin({ start: line.start + column, text: bare }, column)
    }
  }
  return items.flatMap(({ side: one, parts, depth, under }) => {
    const last = parts.at(-1)!
    return [
      {
        side: one,
        text: plainText(parts.map((part) => part.text.trim()).join(' ')),
        start: parts[0]!.start,
        end: last.start + last.text.trimEnd().length,
        depth,
        under,
      },
    ]
  })

  function begin(part: Line, column: number): void {
    open = true
    lastColumn = column
    lastLength = part.text.trim().length
    if (items.length >= MOST_ITEMS) {
      items.at(-1)!.parts.push(part)
      return
    }
    while (above.length > 0 && above.at(-1)!.column >= column) above.pop()
    items.push({ side, parts: [part], depth: above.length, under: above.at(-1)?.item })
    above.push({ column, item: items.length - 1 })
  }
}

/** Lines with where they begin; a heading within a line begins a new one. */
function* linesOf(text: string): Generator<Line> {
  let start = 0
  for (const whole of text.split('\n')) {
    const line = whole.replace(/\r$/, '')
    let from = 0
    for (const { index } of line.matchAll(INLINE_HEADING)) {
      if (line.slice(from, index).trim() === '') continue
      yield { start: start + from, text: line.slice(from, index) }
      from = index
    }
    yield { start: start + from, text: line.slice(from) }
    start += whole.length + 1
  }
}
