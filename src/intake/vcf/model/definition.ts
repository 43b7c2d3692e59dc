import type { Minor } from './version.ts'

export type ValueType = 'Integer' | 'Float' | 'Flag' | 'Character' | 'String'

/**
 * How many values a key has: a whole number, or A (one per ALT), R (one per allele), G (one per genotype), "." (any),
 * and from 4.4 P (one per allele of GT), from 4.5 LA, LR, LG (of local alleles) and M (base modifications).
 */
export type Cardinality = number | 'A' | 'R' | 'G' | '.' | 'P' | 'LA' | 'LR' | 'LG' | 'M'

/** An INFO or FORMAT key as the header or the specification defines it. */
export interface Definition {
  readonly id: string
  readonly number: Cardinality
  readonly type: ValueType
}

const LETTERS: Readonly<Record<string, readonly [info: number, format: number]>> = {
  // Letter: the minor version from which INFO and FORMAT may use it; 9 is never.
  A: [1, 1],
  G: [1, 1],
  '.': [1, 1],
  R: [2, 2],
  P: [9, 4],
  LA: [9, 5],
  LR: [9, 5],
  LG: [9, 5],
  M: [9, 5],
}

/** Undefined where the version does not have such a Number. */
export function cardinalityOf(text: string, kind: 'INFO' | 'FORMAT', minor: Minor): Cardinality | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const since = LETTERS[text]
  if (since === undefined || minor < since[kind === 'INFO' ? 0 : 1]) return undefined
  return text as Cardinality
}

const TYPES: ReadonlySet<string> = new Set(['Integer', 'Float', 'Flag', 'Character', 'String'])

/** Undefined for other words; FORMAT has no Flag. */
export function valueTypeOf(text: string, kind: 'INFO' | 'FORMAT'): ValueType | undefined {
  return TYPES.has(text) && !(kind === 'FORMAT' && text === 'Flag') ? (text as ValueType) : undefined
}
