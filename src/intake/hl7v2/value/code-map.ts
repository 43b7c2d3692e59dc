import type { Coding } from './coded.ts'

/** One row of a sender's code map. "*" as code stands for any code of the system, and as target for the same code. */
interface CodeMapRow {
  /** Coding system as the sender names it; "" when the sender names none. HL70363: assigning authorities of identifiers. */
  readonly system: string
  readonly code: string
  readonly toSystem: string
  readonly toCode: string
  readonly toDisplay: string | undefined
}

/** What one sender's codes mean, as somebody at the hospital entered it. */
export class CodeMap {
  readonly #rows: ReadonlyMap<string, CodeMapRow>

  constructor(rows: readonly CodeMapRow[]) {
    this.#rows = new Map(rows.map((row) => [keyOf(row.system, row.code), row]))
  }

  translate(system: string, code: string): Coding | undefined {
    const row = this.#rows.get(keyOf(system, code)) ?? this.#rows.get(keyOf(system, '*'))
    if (row === undefined) return undefined
    const to = { system: row.toSystem, code: row.toCode === '*' ? code : row.toCode }
    return row.toDisplay === undefined ? to : { ...to, display: row.toDisplay }
  }
}

/** Names of systems are compared without regard to case; codes as they are. */
function keyOf(system: string, code: string): string {
  return `${system.trim().toUpperCase()}\u0000${code.trim()}`
}

/** HL7 table of assigning authorities: rows under it give an authority the URI that identifiers are kept under. */
export const AUTHORITY_TABLE = 'HL70363'
