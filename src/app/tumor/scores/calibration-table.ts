import { placeOf } from '../../../intake/table-rows.ts'
import type { Calibration } from '../../../interpret/tumor/tumor.ts'
import { Fault } from '../../../terms/fault.ts'
import { tableRows } from '../../command-line/table-rows.ts'

/**
 * How burdens of assays translate to the test of the cut, a row each: assay, slope, intercept, source.
 * Throws CALIBRATION_UNREADABLE and the faults of tables.
 */
export async function readCalibrations(path: string | undefined): Promise<Calibration[]> {
  const found: Calibration[] = []
  if (path === undefined) return found
  let header: readonly string[] | undefined
  for await (const { line, cells } of tableRows(path)) {
    if (header === undefined) {
      header = cells
      continue
    }
    const cell = (name: string) => cells[placeOf(header!, [name])] ?? ''
    const [slope, intercept] = [Number(cell('slope')), Number(cell('intercept') || '0')]
    if (
      cell('assay') === '' ||
      cell('source') === '' ||
      !(slope > 0) ||
      !Number.isFinite(slope) ||
      !Number.isFinite(intercept)
    )
      throw new Fault(
        'CALIBRATION_UNREADABLE',
        `${path}:${line}`,
        'the row does not say how burdens of an assay translate',
        'Give the columns assay, slope (above 0), intercept and source; the burden on the scale of the cut is intercept + slope x burden.',
      )
    if (found.some(({ assay }) => assay === cell('assay')))
      throw new Fault(
        'CALIBRATION_UNREADABLE',
        `${path}:${line}`,
        `the assay "${cell('assay')}" has two rows`,
        'Keep the row that holds.',
      )
    found.push({ assay: cell('assay'), slope, intercept, source: cell('source') })
  }
  return found
}
