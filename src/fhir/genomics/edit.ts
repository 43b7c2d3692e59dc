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
}

const SPDI = /^(N[CGMRW]_\d+\.\d+):(\d+):([ACGTN]*|\d+):([ACGTN]*)$/i
const HGVS = /^(N[CGMRW]_\d+\.\d+):([gmcnrp])\.(.+)$/
const GENOMIC =
  /^(\d+)(?:_(\d+))?(?:([ACGTN])>([ACGTN])|(delins|del|dup|ins|=)([ACGTN]*)(?:ins([ACGTN]+))?)$/i

/** Reads SPDI (0-based) or HGVS g. (1-based). Throws VARIANT_MALFORMED, VARIANT_NOT_NORMALISED. */
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
  const [, refseq = '', kind = '', change = ''] = hgvs
  if (kind !== 'g' && kind !== 'm') {
    throw new Fault(
      'VARIANT_NOT_NORMALISED',
      'variants',
      `"${expression}" is written on a transcript or protein, and its place on the genome is not known here`,
      'Send the genomic expression (NC_…:g. or SPDI).',
    )
  }
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

function malformed(expression: string): Fault {
  return new Fault(
    'VARIANT_MALFORMED',
    'variants',
    `"${expression}" is neither SPDI nor HGVS`,
    'Write it as NC_000001.11:161363591:C:T (SPDI, 0-based) or NC_000001.11:g.161363592C>T.',
  )
}

/**
 * Whether two edits of one sequence make the same sequence. Decided when one of them spans the other, as a contextual
 * SPDI spans every way of writing the same change, or when both are equal once the bases they share are trimmed.
 */
export function sameEdit(one: Edit, other: Edit): boolean {
  if (one.refseq !== other.refseq) return false
  return within(one, other) || within(other, one) || same(trimmed(one), trimmed(other))
}

function same(one: Edit, other: Edit): boolean {
  return (
    one.start === other.start &&
    one.end === other.end &&
    one.inserted === other.inserted &&
    one.duplicates === other.duplicates
  )
}

/** Applies `inner` to the bases that `outer` spells out. */
function within(inner: Edit, outer: Edit): boolean {
  const bases = outer.deleted
  if (bases === undefined || outer.duplicates || inner.start < outer.start || inner.end > outer.end)
    return false
  const from = inner.start - outer.start
  const to = inner.end - outer.start
  const here = bases.slice(from, to)
  if (inner.deleted !== undefined && inner.deleted !== here) return false
  const inserted = inner.duplicates ? here + here : inner.inserted
  return bases.slice(0, from) + inserted + bases.slice(to) === outer.inserted
}

/** Without the bases that both alleles begin or end with. */
function trimmed(edit: Edit): Edit {
  if (edit.deleted === undefined || edit.duplicates) return edit
  let { start, end, deleted, inserted } = { ...edit, deleted: edit.deleted }
  while (deleted !== '' && inserted !== '' && deleted.at(-1) === inserted.at(-1)) {
    deleted = deleted.slice(0, -1)
    inserted = inserted.slice(0, -1)
    end--
  }
  while (deleted !== '' && inserted !== '' && deleted[0] === inserted[0]) {
    deleted = deleted.slice(1)
    inserted = inserted.slice(1)
    start++
  }
  return { ...edit, start, end, deleted, inserted }
}
