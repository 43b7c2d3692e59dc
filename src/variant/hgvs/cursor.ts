import { Fault } from '../../terms/fault.ts'

/** Where a reader stands in an expression. Every step moves forward, so reading takes time linear in the text. */
export class Cursor {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  /** The character here, "" at the end. */
  get here(): string {
    return this.text.charAt(this.at)
  }

  /** Whether this stands here, and steps behind it. */
  take(literal: string): boolean {
    if (!this.text.startsWith(literal, this.at)) return false
    this.at += literal.length
    return true
  }

  expect(literal: string): void {
    if (!this.take(literal)) throw this.fault(`"${literal}"`)
  }

  /** What a sticky pattern finds here; the patterns of this floor have no nested repeats. */
  run(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    if (found === undefined) return undefined
    this.at += found.length
    return found
  }

  /** A whole number that a double holds exactly, and no more digits than positions have. */
  number(): number | undefined {
    const digits = this.run(/[0-9]+/y)
    if (digits === undefined) return undefined
    const value = Number(digits)
    if (!Number.isSafeInteger(value)) {
      this.at -= digits.length
      throw this.fault('a number of at most 15 digits')
    }
    return value
  }

  /** HGVS_SYNTAX: what was expected at this place. */
  fault(expected: string): Fault {
    const shown = this.text.length > 120 ? `${this.text.slice(0, 117)}…` : this.text
    const found = this.done ? 'the text ends' : `"${this.text.slice(this.at, this.at + 12)}" stands`
    return new Fault(
      'HGVS_SYNTAX',
      `"${shown}", character ${this.at + 1}`,
      `this is not HGVS: ${found} where ${expected} is expected`,
      `${strange(this.text.slice(this.at))}${meant(this.text)}See https://hgvs-nomenclature.org for the grammar.`,
    )
  }
}

/** What is often written instead of HGVS, each in its own way. */
const OFTEN: readonly (readonly [RegExp, string])[] = [
  [/&[a-z]{2,4};/, 'A web page wrote ">" as "&gt;": put the sign back.'],
  [
    /[ACGTU]{2,}>[ACGTU]|[ACGTU]>[ACGTU]{2}/i,
    'Several bases are replaced with "delins", as "123_124delinsGG".',
  ],
  [/.[gmnc]\..+\(?p\./, 'Give the change of the DNA alone, without the protein behind it.'],
  [/.:[^:]+[,;].+:/, 'Give one expression at a time.'],
]

function meant(text: string): string {
  const found = OFTEN.find(([form]) => form.test(text.slice(0, 1000)))
  return found === undefined ? '' : `${found[1]} `
}

/** A dash, arrow or letter of another script that a text program put in looks like one of HGVS and is none. */
function strange(rest: string): string {
  const found = /^[\x20-\x7e]{0,3}([^\x20-\x7e])/u.exec(rest)?.[1]
  if (found === undefined) return ''
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return `HGVS has plain letters, digits and signs alone; "${found}" is U+${code}: type it anew. `
}
