import type { TumorPart } from '../../../record/tumor-part.ts'
import type { CopyNumberCall } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { placeOf, rowsOf } from '../../table-rows.ts'
import { Tally } from '../tally.ts'
import { MOST_RECORDS, type TumorFormat, tooMany } from '../tumor-format.ts'
import { copyNumberWord } from '../words/copy-number-word.ts'
import { hasColumns, headerNames } from './table-header.ts'

const GENE = ['hugo_symbol', 'gene symbol', 'gene_symbol', 'gene', 'symbol']
/** Columns beside the genes that are not samples. */
const BESIDE = new Set([
  ...['entrez_gene_id', 'locus id', 'cytoband', 'composite.element.ref', 'gene id', 'ensembl_gene_id'],
  ...GENE,
])
/** Discrete copy number of GISTIC, as cBioPortal takes it. −1.5 and 1.5 are in its older studies: partial losses. */
const DISCRETE: Readonly<Record<string, CopyNumberCall['call']>> = {
  '-2': 'deep-deletion',
  '-1.5': 'loss',
  '-1': 'loss',
  '0': 'neutral',
  '1': 'gain',
  '1.5': 'gain',
  '2': 'amplification',
}
const CALL = ['call', 'cna', 'copy_number_call', 'copy number', 'alteration', 'copy_number']

/**
 * Calls of genes: the matrix of cBioPortal and GISTIC (a gene a row, a sample a column, -2 to 2), or a list of gene and call.
 * A gene of the matrix was looked at in every sample whose cell is not empty.
 */
export const geneCopies: TumorFormat = {
  name: 'copy number of genes',
  sniff(head) {
    const header = headerNames(head)
    if (!hasColumns(header, GENE)) return false
    if (hasColumns(header, CALL) && header.length <= 6) return true
    const samples = header.map((name, place) => ({ name, place })).filter(({ name }) => !BESIDE.has(name))
    const second = head.split(/\r\n|\n|\r/).filter((line) => line.includes('\t') && !line.startsWith('#'))[1]
    const cells = second?.split('\t').map((cell) => cell.trim()) ?? []
    return (
      samples.length > 0 &&
      samples.every(
        ({ place }) => (cells[place] ?? '') === '' || /^(NA|-?[012](\.0|\.5)?)$/.test(cells[place]!),
      ) &&
      !hasColumns(header, ['tpm', 'fpkm', 'count', 'value'])
    )
  },
  async read({ name, text }) {
    let header: readonly string[] | undefined
    const parts = new Map<string, { calls: CopyNumberCall[]; left: Tally; records: number }>()
    let at: { gene: number; call: number; sample: number } | undefined
    let values = 0
    for await (const { line, cells } of rowsOf(name, text)) {
      if (header === undefined || at === undefined) {
        header = cells
        const names = cells.map((one) => one.toLowerCase())
        const call = placeOf(names, CALL)
        at = {
          gene: placeOf(names, GENE),
          call: names.length <= 6 ? call : -1,
          sample: placeOf(names, ['sample', 'sample_id', 'tumor_sample_barcode']),
        }
        continue
      }
      const gene = (cells[at.gene] ?? '').replace(/\|.*$/, '')
      const where = `${name}:${line}`
      const add = (sample: string, value: string, call: () => CopyNumberCall['call'] | undefined) => {
        if (++values > MOST_RECORDS) throw tooMany(name)
        const found = parts.get(sample) ?? { calls: [], left: new Tally(), records: 0 }
        parts.set(sample, found)
        found.records++
        if (gene === '') found.left.add('no gene', `line ${line}`)
        else if (value === '' || /^na$/i.test(value)) found.left.add('no value', gene)
        else {
          const is = call()
          if (is !== undefined) found.calls.push({ gene, call: is })
        }
      }
      if (at.call >= 0) {
        const value = cells[at.call] ?? ''
        add(at.sample < 0 ? '' : (cells[at.sample] ?? ''), value, () =>
          /^-?[\d.]+$/.test(value) ? discrete(value, where) : copyNumberWord(value, where),
        )
      } else
        for (const [place, sample] of header.entries()) {
          if (BESIDE.has(sample.toLowerCase())) continue
          const value = (cells[place] ?? '').trim()
          add(sample, value, () => discrete(value, where))
        }
    }
    return [...parts].map(
      ([sample, { calls, left, records }]): TumorPart => ({
        file: name,
        format: 'copy number of genes',
        content: ['copy number of genes'],
        sample: sample === '' ? undefined : sample,
        said: {
          copyNumbers: calls,
          covered: {
            variants: undefined,
            copyNumbers: new Set(calls.map((one) => one.gene)),
            fusions: undefined,
          },
        },
        records,
        leftOut: left.list(),
        notes: [],
      }),
    )
  },
}

function discrete(value: string, where: string): CopyNumberCall['call'] {
  const call = DISCRETE[String(Number(value))]
  if (call !== undefined) return call
  throw new Fault(
    'COPY_NUMBER_UNKNOWN',
    where,
    `"${value}" is no discrete copy number`,
    'Use -2 deep deletion, -1 loss, 0 neutral, 1 gain, 2 amplification; copies go with their segments.',
  )
}
