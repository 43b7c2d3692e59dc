import type { Cardinality, Definition, ValueType } from './definition.ts'

/** A reserved key: what its definition must say, and the range of its values where the meaning bounds it. */
export interface Reserved extends Definition {
  readonly least?: number
  readonly most?: number
  /** Other Types that versions of the specification or the programs that wrote most files give it. */
  readonly or?: readonly ValueType[]
}

export type Row = readonly [
  id: string,
  number: Cardinality,
  type: ValueType,
  range?: readonly [least: number, most?: number] | undefined,
  or?: readonly ValueType[],
]

export const COUNT = [0] as const
/** Floats in text may pass their bound by rounding. */
export const SHARE = [0, 1.0001] as const

export function reservedOf([id, number, type, range, or]: Row): Reserved {
  return {
    id,
    number,
    type,
    ...(range === undefined ? {} : { least: range[0] }),
    ...(range?.[1] === undefined ? {} : { most: range[1] }),
    ...(or === undefined ? {} : { or }),
  }
}
