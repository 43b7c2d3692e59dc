import type { Box, PdfPage, PdfWord } from './pdf-words.ts'

/** Words that stand close together on one line: a sentence, or a cell of a table. */
export interface PdfCell {
  readonly text: string
  readonly box: Box
}

/** Cells on one height of one page, from left to right. */
export interface PdfLine {
  readonly page: number
  readonly cells: readonly PdfCell[]
  readonly box: Box
}

/** A gap wider than this many letter heights begins a new cell. */
const CELL_GAP = 0.9

/** Lines of a page from top to bottom. Words belong to one line when they overlap by half their height. */
export function linesOf(page: PdfPage): readonly PdfLine[] {
  const rows: PdfWord[][] = []
  for (const word of [...page.words].sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left)) {
    const row = rows.findLast((one) => one.some((other) => isLevel(other.box, word.box)))
    if (row === undefined) rows.push([word])
    else row.push(word)
  }
  return rows.map((words) => lineOf(page.number, words))
}

function isLevel(one: Box, other: Box): boolean {
  const overlap = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  return overlap > 0.5 * Math.min(one.bottom - one.top, other.bottom - other.top)
}

function lineOf(page: number, words: readonly PdfWord[]): PdfLine {
  const sorted = [...words].sort((a, b) => a.box.left - b.box.left)
  const cells: PdfWord[][] = []
  for (const word of sorted) {
    const cell = cells.at(-1)
    const before = cell?.at(-1)
    const gap = before === undefined ? 0 : word.box.left - before.box.right
    if (cell === undefined || before === undefined || gap > CELL_GAP * (word.box.bottom - word.box.top))
      cells.push([word])
    else cell.push(word)
  }
  return { page, cells: cells.map(cellOf), box: around(words.map((one) => one.box)) }
}

function cellOf(words: readonly PdfWord[]): PdfCell {
  return { text: words.map((one) => one.text).join(' '), box: around(words.map((one) => one.box)) }
}

/** The smallest box that holds all. */
export function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((one) => one.left)),
    top: Math.min(...boxes.map((one) => one.top)),
    right: Math.max(...boxes.map((one) => one.right)),
    bottom: Math.max(...boxes.map((one) => one.bottom)),
  }
}
