import type { Cursor } from './cursor.ts'

/** "NM_004006.2", "LRG_199t1", "U14680.1"; a hyphen or underscore stands between letters or digits. */
export function readAccession(cursor: Cursor): string {
  const accession = cursor.run(/[A-Za-z](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9]))*(?:\.[0-9]+)?/y)
  if (accession === undefined) throw cursor.fault('the accession of a sequence')
  return accession
}

/** "(BRCA1)" or "(NM_007294.4)"; undefined when no parenthesis stands here. */
export function readSelector(cursor: Cursor): string | undefined {
  if (!cursor.take('(')) return undefined
  const symbol = cursor.run(/[A-Za-z](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9]))+(?:\.[0-9]+)?/y)
  if (symbol === undefined) throw cursor.fault('a gene symbol or a transcript')
  cursor.expect(')')
  return symbol
}
