import type { TumorPart } from '../../../record/tumor-part.ts'
import type { MarkerTest } from '../../../record/tumor-profile.ts'
import { placeOf, rowsOf } from '../../table-rows.ts'
import { MarkerSet } from '../marker/marker-set.ts'
import { MOST_RECORDS, type TumorFormat, tooMany } from '../tumor-format.ts'
import { specimenOf, tumorNumbers } from '../words/sample-facts.ts'
import { hasColumns, headerNames } from './table-header.ts'

const COLUMNS = {
  name: ['marker', 'biomarker', 'test', 'analyte'],
  value: ['value', 'result', 'status', 'interpretation'],
  unit: ['unit', 'units'],
  scale: ['scale', 'score_type', 'score', 'kind', 'method'],
  assay: ['assay', 'platform', 'test_name', 'kit'],
  specimen: ['specimen', 'specimen_type'],
  date: ['date', 'collected', 'reported'],
  sample: ['sample', 'sample_id', 'tumor_sample_barcode'],
} as const
type Column = keyof typeof COLUMNS

interface Collected {
  readonly set: MarkerSet
  readonly numbers: { purity?: number; ploidy?: number }
  records: number
}

/** Markers in a table: TMB, microsatellites, mismatch repair, HRD, HER2, ER, PR, PD-L1; purity and ploidy too. */
export const markerTable: TumorFormat = {
  name: 'markers',
  sniff(head) {
    const header = headerNames(head)
    return (
      hasColumns(header, COLUMNS.name, COLUMNS.value) && !hasColumns(header, ['hugo_symbol', 'chromosome'])
    )
  },
  async read({ name, text, options }) {
    const samples = new Map<string, Collected>()
    let at: Record<Column, number> | undefined
    let rows = 0
    for await (const { line, cells } of rowsOf(name, text)) {
      if (at === undefined) {
        const header = cells.map((one) => one.toLowerCase())
        at = Object.fromEntries(
          Object.entries(COLUMNS).map(([column, names]) => [column, placeOf(header, names)]),
        ) as Record<Column, number>
        continue
      }
      if (++rows > MOST_RECORDS) throw tooMany(name)
      const places = at
      const cell = (column: Column) => (places[column] < 0 ? '' : (cells[places[column]] ?? ''))
      const found = samples.get(cell('sample')) ?? {
        set: new MarkerSet(options.cuts),
        numbers: {},
        records: 0,
      }
      samples.set(cell('sample'), found)
      found.records++
      const where = `${name}:${line}`
      const numbers = tumorNumbers(cell('name'), cell('value'), where)
      if (numbers !== undefined) {
        Object.assign(found.numbers, numbers)
        continue
      }
      found.set.add(
        {
          name: cell('name'),
          value: cell('value'),
          ...(cell('unit') === '' ? {} : { unit: cell('unit') }),
          ...(cell('scale') === '' ? {} : { scale: cell('scale') }),
        },
        testOf(cell('assay'), cell('specimen'), cell('date')),
        where,
      )
    }
    return [...samples].map(([sample, { set, numbers, records }]): TumorPart => {
      const markers = set.markers()
      return {
        file: name,
        format: 'markers',
        content: ['markers'],
        sample: sample === '' ? undefined : sample,
        said: { markers, ...numbers },
        records,
        leftOut: set.leftOut(),
        notes: [],
      }
    })
  },
}

function testOf(assay: string, specimen: string, date: string): MarkerTest {
  const on = specimenOf(specimen)
  return {
    ...(assay === '' ? {} : { assay }),
    ...(on === undefined ? {} : { specimen: on }),
    ...(/^\d{4}-\d\d-\d\d$/.test(date) ? { date } : {}),
  }
}
