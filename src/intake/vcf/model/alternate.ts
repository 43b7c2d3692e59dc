import { allLetters } from './all-letters.ts'

/**
 * One ALT allele (section 1.6.1; 1.4.1 in 4.1 and 4.2) by what it says:
 * bases, "*" (missing because of an overlapping deletion), <ID>, or a join to another place (section 5.4).
 */
type Alternate =
  | { readonly kind: 'bases'; readonly bases: string }
  | { readonly kind: 'overlapping-deletion' }
  | { readonly kind: 'symbolic'; readonly id: string }
  /** The contig of the assembly file is inserted after `bases`. */
  | { readonly kind: 'inserted-contig'; readonly bases: string; readonly contig: string }
  | Breakend
  /** A join whose other side is not known. */
  | { readonly kind: 'single-breakend'; readonly bases: string; readonly side: 'left' | 'right' }

/** "t[p[" and its three sisters. `position` is 1-based; 0 and length + 1 are telomeres. */
export interface Breakend {
  readonly kind: 'breakend'
  /** "." where the join stands at a telomere and replaces no base. */
  readonly bases: string
  /** On which side of `bases` the other piece is joined. */
  readonly joined: 'before' | 'after'
  /** "[": the piece to the right of `position`; "]": the piece to its left. */
  readonly bracket: '[' | ']'
  readonly contig: string
  /** The contig stands in "<...>": it is one of the assembly file. */
  readonly assembled: boolean
  readonly position: number
}

/** Why a text is no ALT allele. */
type AlternateFault = 'empty' | 'space' | 'dot' | 'ambiguous' | 'bases' | 'symbol' | 'breakend'

const BASES = /^[ACGTN]+$/i
/** Two-letter and more ambiguity codes of IUPAC (Cornish-Bowden 1985), with the plain bases. */
const AMBIGUOUS = /^[ACGTNRYSWKMBDHV]+$/i
const SYMBOL = /^<[^\s,<>]+>$/
const INSERTED = /^([ACGTN]+)<([^\s,<>]+)>$/i
const BREAKEND = /^([ACGTN]+|\.)?([[\]])(?:<([^\s,<>]+)>|([^\s,<>[\]]+)):(\d{1,10})([[\]])([ACGTN]+|\.)?$/i
const SINGLE = /^(?:\.([ACGTN]+)|([ACGTN]+)\.)$/i

export function readAlternate(
  text: string,
): Alternate | { readonly kind: 'fault'; readonly why: AlternateFault } {
  if (allLetters(text, BASES)) return { kind: 'bases', bases: text }
  if (text === '*') return { kind: 'overlapping-deletion' }
  if (text === '') return fault('empty')
  if (/\s/.test(text)) return fault('space')
  if (text.startsWith('<'))
    return SYMBOL.test(text) ? { kind: 'symbolic', id: text.slice(1, -1) } : fault('symbol')
  if (text.includes('[') || text.includes(']')) return readBreakend(text) ?? fault('breakend')
  if (text === '.') return fault('dot')
  const single = SINGLE.exec(text)
  if (single !== null) {
    return single[1] === undefined
      ? { kind: 'single-breakend', bases: single[2]!, side: 'right' }
      : { kind: 'single-breakend', bases: single[1], side: 'left' }
  }
  const inserted = INSERTED.exec(text)
  if (inserted !== null) return { kind: 'inserted-contig', bases: inserted[1]!, contig: inserted[2]! }
  return fault(allLetters(text, AMBIGUOUS) ? 'ambiguous' : 'bases')
}

function readBreakend(text: string): Breakend | undefined {
  const found = BREAKEND.exec(text)
  if (found === null) return undefined
  const [, before, open, assembled, contig, position, close, after] = found
  if (open !== close || (before === undefined) === (after === undefined)) return undefined
  return {
    kind: 'breakend',
    bases: before ?? after!,
    joined: before === undefined ? 'before' : 'after',
    bracket: open as '[' | ']',
    contig: assembled ?? contig!,
    assembled: assembled !== undefined,
    position: Number(position),
  }
}

function fault(why: AlternateFault): { readonly kind: 'fault'; readonly why: AlternateFault } {
  return { kind: 'fault', why }
}
