import type { GeneExpression } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { placeOf, rowsOf } from '../../table-rows.ts'
import { Tally } from '../tally.ts'
import { MOST_RECORDS, type TumorFormat, tooMany } from '../tumor-format.ts'
import { realOf } from '../words/number-text.ts'
import { hasColumns, headerNames } from './table-header.ts'

const GENE = ['targetid', 'gene', 'gene_name', 'symbol', 'hugo_symbol', 'gene_symbol', 'gene_id', 'name']
const UNITS: Readonly<Record<string, GeneExpression['unit']>> = {
  tpm: 'TPM',
  tpm_unstranded: 'TPM',
  fpkm: 'FPKM',
  fpkm_unstranded: 'FPKM',
  rpkm: 'RPKM',
  'log2 tpm': 'log2 TPM',
  log2tpm: 'log2 TPM',
  'z-score': 'z-score',
  zscore: 'z-score',
  z_score: 'z-score',
  count: 'count',
  counts: 'count',
  numreads: 'count',
  expected_count: 'count',
}

/** Expression of genes in one sample, the unit told by the name of its column. */
export const expression: TumorFormat = {
  name: 'expression',
  sniff(head) {
    const header = headerNames(head)
    return hasColumns(header, GENE) && hasColumns(header, Object.keys(UNITS))
  },
  async read({ name, text }) {
    const values: GeneExpression[] = []
    const left = new Tally()
    let at: { gene: number; value: number; unit: GeneExpression['unit'] } | undefined
    let records = 0
    for await (const { line, cells } of rowsOf(name, text)) {
      if (at === undefined) {
        const header = cells.map((one) => one.toLowerCase())
        const value = placeOf(header, Object.keys(UNITS))
        at = { gene: placeOf(header, GENE), value, unit: UNITS[header[value]!]! }
        continue
      }
      if (++records > MOST_RECORDS) throw tooMany(name)
      const [gene = '', cell = ''] = [cells[at.gene], cells[at.value]]
      const value = realOf(cell)
      if (gene === '' || cell === '' || /^na$/i.test(cell)) left.add('no gene or no value', `line ${line}`)
      else if (value === undefined || (value < 0 && !/log|z/.test(at.unit)))
        throw new Fault(
          'EXPRESSION_INVALID',
          `${name}:${line}`,
          `"${cell}" is no expression in ${at.unit}`,
          'Give numbers from 0, or name the column by its unit (log2 TPM, z-score).',
        )
      else values.push({ gene, value, unit: at.unit })
    }
    return [
      {
        file: name,
        format: 'expression',
        content: ['expression'],
        sample: undefined,
        said: { expression: values },
        records,
        leftOut: left.list(),
        notes: [],
      },
    ]
  },
}
