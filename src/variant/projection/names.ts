import type { NucleotideExpression } from '../hgvs/expression.ts'
import { nameChange } from '../hgvs/name-change.ts'
import { positionOf } from './numbering.ts'
import type { PlacedChange, WrittenChange } from './written-change.ts'

/** Mitochondrial sequences, which HGVS counts as "m.". */
const MITOCHONDRIAL = new Set(['NC_012920.1', 'NC_001807.4'])

/** The expression of a change on its sequence, counted from the first base. */
export function sequenceName(change: WrittenChange, type?: 'g' | 'm' | 'n' | 'o'): NucleotideExpression {
  const { sequence, start, deleted, inserted, form } = change
  const at = (base: number) => ({ from: 'start', base, offset: 0 }) as const
  const [first, last] = deleted === '' ? [start, start + 1] : [start + 1, start + deleted.length]
  return nameChange({
    accession: sequence,
    type: type ?? (MITOCHONDRIAL.has(sequence) ? 'm' : 'g'),
    start: at(first),
    end: at(last),
    deleted,
    inserted,
    form,
  })
}

/** The expression of a change on its transcript: c. where it is coding, else n. */
export function transcriptName(placed: PlacedChange, type?: 'c' | 'n' | 'r'): NucleotideExpression {
  const { map, start, end, deleted, inserted, form } = placed
  const { id, cds } = map.transcript
  const coding = type === 'n' ? undefined : cds
  return nameChange({
    accession: id,
    type: type ?? (cds === undefined ? 'n' : 'c'),
    start: positionOf(start, coding),
    end: positionOf(end, coding),
    deleted,
    inserted,
    form,
  })
}
