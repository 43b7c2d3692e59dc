/** Whether a person must or must not be so; undefined where the text does not say. */
export type Side = 'inclusion' | 'exclusion'

/** One criterion of the free text as it stands there. */
export interface TextItem {
  readonly side: Side | undefined
  /** White space collapsed, without bullet or number. */
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

/** "Key inclusion criteria for cohort A:", whole or in front of text. */
const HEADING =
  /^[#*_\s]*(?:[a-z/-]+\s+){0,4}?(inclusion|exclusion)s?\b(?:\s+(?:criteri(?:on|a)|requirements?))?(?:[^:.\n]{0,60}?:|[^:.\n]{0,40}$)[*_\s]*/i
const SPOKEN_EXCLUSION =
  /^[#*_\s]*(?:patients?|subjects?|participants?|individuals|persons|those)\b[^.:\n]{0,60}\b(?:(?:will|must|should|shall) be|are)\s+(?:excluded|ineligible|not eligible)\b[^.:\n]{0,60}:\s*$/i
/** A heading within a line of running text: "... Exclusion Criteria: ...". */
const INLINE_HEADING = /(?<=[.;\s])(?:(?:key|main|major|general)\s+)?(?:inclusion|exclusion)\s+criteria\s*:/gi

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
    const heading = HEADING.exec(bare.replace(MARKER, ''))
    const spoken = SPOKEN_EXCLUSION.test(bare)
    if (heading !== null || spoken) {
      const unmarked = bare.replace(MARKER, '')
      side = spoken ? 'exclusion' : (heading![1]!.toLowerCase() as Side)
      above = []
      open = false
      const rest = spoken ? '' : unmarked.slice(heading![0].length)
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
    const joined = parts
      .map((part) => part.text.trim())
      .join(' ')
      .replace(/\s+/g, ' ')
    return [
      {
        side: one,
        text: joined,
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
