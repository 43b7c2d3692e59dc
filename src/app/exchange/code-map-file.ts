import type { CodeMapEntry } from '../../store/messages/message-store.ts'
import { Fault } from '../../terms/fault.ts'

const COLUMNS = ['system', 'code', 'to_system', 'to_code', 'to_display'] as const

/**
 * A code map as tab-separated text: the sender's system and code, the terminology's URI and code, and its words.
 * "*" as code stands for every code of a system, "*" as target for the same code. Under the system HL70363 the code is
 * an assigning authority of identifiers, and to_system the URI its numbers are kept under.
 * Throws CODE_MAP_HEADER, CODE_MAP_ROW with the line.
 */
export function readCodeMap(text: string, name: string): readonly CodeMapEntry[] {
  const rows: CodeMapEntry[] = []
  const seen = new Set<string>()
  let header = true
  for (const [i, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const cells = line.split('\t').map((cell) => cell.trim())
    const where = `${name}:${i + 1}`
    if (header) {
      if (COLUMNS.some((column, at) => cells[at] !== column)) throw wrongHeader(where)
      header = false
      continue
    }
    const row = rowOf(cells, where)
    const key = `${row.system.toUpperCase()}\t${row.code}`
    if (seen.has(key)) throw wrongRow(where, 'this system and code stand in an earlier line, too')
    seen.add(key)
    rows.push(row)
  }
  if (header) throw wrongHeader(name)
  return rows
}

/** One row; `where` names it in faults. */
export function rowOf(cells: readonly string[], where: string): CodeMapEntry {
  const [system = '', code = '', toSystem = '', toCode = '', toDisplay = ''] = cells
  if (cells.length > COLUMNS.length) throw wrongRow(where, `there are ${cells.length} columns`)
  if (code === '' && system.toUpperCase() !== 'HL70363') throw wrongRow(where, 'the code is empty')
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(toSystem)) throw wrongRow(where, 'to_system is not a URI')
  if (toCode === '' && system.toUpperCase() !== 'HL70363') throw wrongRow(where, 'to_code is empty')
  if (toCode === '*' && code !== '*') throw wrongRow(where, 'to_code is "*", and code is not')
  return { system, code, toSystem, toCode, toDisplay: toDisplay === '' ? undefined : toDisplay }
}

export function writeCodeMap(rows: readonly CodeMapEntry[]): string {
  const lines = rows.map((row) =>
    [row.system, row.code, row.toSystem, row.toCode, row.toDisplay ?? ''].join('\t'),
  )
  return `${[COLUMNS.join('\t'), ...lines].join('\n')}\n`
}

function wrongHeader(where: string): Fault {
  return new Fault(
    'CODE_MAP_HEADER',
    where,
    'the first row does not name the columns',
    `Begin with: ${COLUMNS.join(', ')}, separated by tabs.`,
  )
}

function wrongRow(where: string, what: string): Fault {
  return new Fault(
    'CODE_MAP_ROW',
    where,
    what,
    'Write system, code, to_system (a URI), to_code and to_display, separated by tabs.',
  )
}
