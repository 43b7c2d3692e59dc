import { Fault } from '../../terms/fault.ts'

/**
 * A change of a reference sequence: bases [start, end), 0-based, are replaced by `inserted`. `deleted` is undefined where
 * the expression does not spell the bases out (HGVS del); `inserted` "dup" stands for the deleted bases twice.
 */
export interface Edit {
  readonly refseq: string
  readonly start: number
  readonly end: number
  readonly deleted: string | undefined
  readonly inserted: string
  readonly duplicates: boolean
  /** It is spelled out over every way of writing it (contextual SPDI), as the sequence has it. */
  readonly whole?: true
}

const SPDI = /^(N[CGMRW]_\d+\.\d+):(\d+):([ACGTN]*|\d+):([ACGTN]*)$/i
const HGVS = /^(N[CGW]_\d+\.\d+):([gm])\.(.+)$/
const GENOMIC =
  /^(\d+)(?:_(\d+))?(?:([ACGTN])>([ACGTN])|(delins|del|dup|ins|=)([ACGTN]*)(?:ins([ACGTN]+))?)$/i

/** Reads SPDI (0-based) or HGVS g. (1-based). Throws VARIANT_MALFORMED. */
export function readEdit(expression: string): Edit {
  const spdi = SPDI.exec(expression)
  if (spdi !== null) {
    const [, refseq = '', at = '', deleted = '', inserted = ''] = spdi
    const counted = /^\d+$/.test(deleted)
    const length = counted ? Number(deleted) : deleted.length
    const start = Number(at)
    return {
      refseq,
      start,
      end: start + length,
      deleted: counted && length > 0 ? undefined : counted ? '' : deleted.toUpperCase(),
      inserted: inserted.toUpperCase(),
      duplicates: false,
    }
  }
  const hgvs = HGVS.exec(expression)
  if (hgvs === null) throw malformed(expression)
  const [, refseq = '', , change = ''] = hgvs
  return genomicEdit(refseq, change, expression)
}

function genomicEdit(refseq: string, change: string, expression: string): Edit {
  const match = GENOMIC.exec(change)
  if (match === null) throw malformed(expression)
  const [, first = '', last = first, from, to, word, bases = '', after] = match
  const start = Number(first) - 1
  const end = Number(last)
  if (start < 0 || end <= start) throw malformed(expression)
  if (from !== undefined && to !== undefined) {
    if (last !== first) throw malformed(expression)
    return { refseq, start, end, deleted: from.toUpperCase(), inserted: to.toUpperCase(), duplicates: false }
  }
  const spelt = bases.toUpperCase()
  const whole = spelt.length === end - start ? spelt : undefined
  switch (word?.toLowerCase()) {
    case 'ins':
      // Between two neighbours: nothing is deleted.
      if (end - start !== 2 || spelt === '') throw malformed(expression)
      return { refseq, start: start + 1, end: start + 1, deleted: '', inserted: spelt, duplicates: false }
    case 'dup':
      return { refseq, start, end, deleted: whole, inserted: '', duplicates: true }
    case 'del':
      return { refseq, start, end, deleted: whole, inserted: after?.toUpperCase() ?? '', duplicates: false }
    case 'delins':
      return { refseq, start, end, deleted: undefined, inserted: spelt, duplicates: false }
    default:
      throw malformed(expression)
  }
}

export function malformed(expression: string): Fault {
  return new Fault(
    'VARIANT_MALFORMED',
    'variants',
    `"${expression}" is neither SPDI nor HGVS`,
    'Write it as NC_000001.11:161363591:C:T (SPDI, 0-based) or NC_000001.11:g.161363592C>T.',
  )
}
