import { shown } from './findings.ts'
import { piecesOf } from './pieces.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

/**
 * LAA of a sample: different ALT alleles, counted from 1 (VCF 4.5, section 1.6.2). Returns how many there are, none where
 * it is missing or empty; undefined where FORMAT has no LAA or it cannot be read.
 */
export function checkLocalAlleles(
  keys: readonly { readonly name: string }[],
  fields: readonly string[],
  column: string,
  { alternates, report }: RecordUnderCheck,
): number | undefined {
  const at = keys.findIndex(({ name }) => name === 'LAA')
  if (at < 0) return undefined
  const text = fields[at]
  if (text === undefined || text === '.' || text === '') return 0
  const alleles = piecesOf(text, ',').map((one) => (/^\d{1,9}$/.test(one) ? Number(one) : Number.NaN))
  if (
    alleles.every((one) => one >= 1 && one <= alternates.length) &&
    new Set(alleles).size === alleles.length
  )
    return alleles.length
  report(
    'VCF_LOCAL_ALLELES',
    column,
    'LAA',
    () => `LAA is ${shown(text)}, the record has ${alternates.length} ALT alleles`,
  )
  return undefined
}
