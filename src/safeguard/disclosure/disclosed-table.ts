import {
  type DisclosedCount,
  type Draw,
  disclosedCount,
  type EarlierCount,
  SMALLEST_COUNT,
} from './disclosed-count.ts'

interface DisclosedTable {
  readonly cells: readonly (readonly DisclosedCount[])[]
  readonly rowTotals: readonly DisclosedCount[]
  readonly columnTotals: readonly DisclosedCount[]
}

/**
 * A table of counts with its margins. A margin is withheld where it would narrow what somebody can work out about a
 * cell that is not shown to fewer than `smallest` possible values: complementary suppression.
 * `cells[row][column]` are the members; nobody is in two cells.
 */
export function disclosedTable(
  question: string,
  cells: readonly (readonly ReadonlySet<string>[])[],
  earlier: readonly EarlierCount[],
  draw: Draw,
  smallest: number = SMALLEST_COUNT,
): DisclosedTable {
  const told: EarlierCount[] = [...earlier]
  const tell = (name: string, members: ReadonlySet<string>): DisclosedCount => {
    const asked = `${question} ${name}`
    const answer = disclosedCount({ question: asked, members }, told, draw, smallest)
    told.push({ question: asked, answer, members })
    return answer
  }
  const shown = cells.map((row, r) => row.map((members, c) => tell(`cell ${r} ${c}`, members)))
  const columns = cells[0]?.map((_, c) => cells.map((row) => row[c]!)) ?? []
  const total = (kind: string, lines: readonly (readonly ReadonlySet<string>[])[]) =>
    lines.map((line, at) => tell(`${kind} ${at}`, new Set(line.flatMap((one) => [...one]))))
  const table = { cells: shown, rowTotals: total('row', cells), columnTotals: total('column', columns) }
  return tellsTooMuch(table, smallest)
    ? {
        ...table,
        rowTotals: table.rowTotals.map(() => WITHHELD),
        columnTotals: table.columnTotals.map(() => WITHHELD),
      }
    : table
}

const WITHHELD: DisclosedCount = { shown: false }

/** Beyond this a hidden cell is taken to be unlimited. In units of the smallest count. */
const HIDDEN_AT_MOST = 1e6

/** What is possible, [low, high]. */
interface Range {
  low: number
  high: number
}

/** Whether the margins narrow a hidden cell to fewer than `smallest` values. */
function tellsTooMuch(table: DisclosedTable, smallest: number): boolean {
  const ranges = possibleCells(table, smallest)
  return table.cells.some((row, r) =>
    row.some(({ shown }, c) => {
      const { low, high } = ranges[r]![c]!
      return !shown && high - low + 1 < smallest
    }),
  )
}

/** Ranges of all cells that agree with every line, by narrowing them until nothing changes. */
export function possibleCells(
  { cells, rowTotals, columnTotals }: DisclosedTable,
  smallest: number = SMALLEST_COUNT,
): readonly (readonly Range[])[] {
  const ranges = cells.map((row) => row.map((one) => rangeOf(one, smallest)))
  const lines = [
    ...rowTotals.map((total, r) => ({ total, line: ranges[r]! })),
    ...columnTotals.map((total, c) => ({ total, line: ranges.map((row) => row[c]!) })),
  ].filter(({ total }) => total.shown)
  for (let changed = true; changed; ) {
    changed = false
    for (const { total, line } of lines) {
      const { low, high } = rangeOf(total, smallest)
      const lows = line.reduce((sum, one) => sum + one.low, 0)
      const highs = line.reduce((sum, one) => sum + one.high, 0)
      for (const one of line) {
        const least = Math.max(one.low, low - (highs - one.high))
        const most = Math.min(one.high, high - (lows - one.low))
        if (least === one.low && most === one.high) continue
        one.low = least
        one.high = most
        changed = true
      }
    }
  }
  return ranges
}

/** A hidden count may also be a large one that was too near to another: only its lower end is known. */
function rangeOf(count: DisclosedCount, smallest: number): Range {
  return count.shown
    ? { low: count.atLeast, high: count.fewerThan - 1 }
    : { low: 0, high: HIDDEN_AT_MOST * smallest }
}
