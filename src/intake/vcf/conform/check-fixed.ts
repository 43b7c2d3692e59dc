import { isFloat } from '../model/value.ts'
import { shown } from './findings.ts'
import { piecesOf } from './pieces.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

/** Identifiers joined by ";", without whitespace; "." alone when there is none. */
export function checkId(text: string, { report }: RecordUnderCheck): void {
  if (text === '.' || text === '') return
  const ids = piecesOf(text, ';')
  if (/\s/.test(text) || ids.includes('') || (ids.length > 1 && ids.includes('.')))
    report('VCF_ID', 'ID', undefined, () => `ID is ${shown(text)}`)
  else if (new Set(ids).size < ids.length)
    report('VCF_ID_REPEATED', 'ID', undefined, () => `ID is ${shown(text)}`)
}

/** A Phred-scaled number of 0 or more. */
export function checkQuality(text: string, { report }: RecordUnderCheck): void {
  if (text === '.' || text === '') return
  if (!isFloat(text)) report('VCF_QUAL', 'QUAL', undefined, () => `QUAL is ${shown(text)}`)
  else if (text.startsWith('-') && Number(text) !== 0)
    report('VCF_QUAL_NEGATIVE', 'QUAL', undefined, () => `QUAL is ${shown(text)}`)
}

/** PASS, "." (not filtered), or the filters that failed, joined by ";". */
export function checkFilter(text: string, { header, report }: RecordUnderCheck): void {
  if (text === 'PASS' || text === '.' || text === '') return
  const names = piecesOf(text, ';')
  const bad = (rule: Parameters<typeof report>[0]): void =>
    report(rule, 'FILTER', undefined, () => `FILTER is ${shown(text)}`)
  if (/\s/.test(text) || names.includes('')) bad('VCF_FILTER')
  if (names.includes('0')) bad('VCF_FILTER_ZERO')
  if (names.length > 1 && names.includes('.')) bad('VCF_FILTER_MISSING')
  if (names.length > 1 && names.includes('PASS')) bad('VCF_FILTER_PASS')
  if (new Set(names).size < names.length) bad('VCF_FILTER_REPEATED')
  for (const name of names)
    if (name !== '' && name !== 'PASS' && name !== '.' && name !== '0' && !header.filters.has(name))
      report('VCF_FILTER_UNDECLARED', 'FILTER', name.slice(0, 60), () => shown(name))
}
