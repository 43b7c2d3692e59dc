import { allLetters } from '../model/all-letters.ts'
import { isContigName } from '../model/contig-name.ts'
import { checkAlternates } from './check-alternates.ts'
import { checkFilter, checkId, checkQuality } from './check-fixed.ts'
import { checkInfo } from './check-info.ts'
import { SampleChecker } from './check-samples.ts'
import { type Findings, type Place, shown } from './findings.ts'
import type { HeaderModel } from './header-model.ts'
import { piecesOf } from './pieces.ts'
import { RecordOrder } from './record-order.ts'
import type { RecordUnderCheck } from './record-under-check.ts'

const NAMES = ['CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO', 'FORMAT']
const MOST_POSITION = 2147483647
const REF = /^[ACGTN]+$/i
const REF_AMBIGUOUS = /^[ACGTNRYSWKMBDHV]+$/i

/** Checks the records of one file in their order (section 1.6; 1.4 in 4.1 and 4.2). */
export class RecordChecker {
  readonly #findings: Findings
  readonly #header: HeaderModel
  readonly #order: RecordOrder
  readonly #samples: SampleChecker

  constructor(findings: Findings, header: HeaderModel) {
    this.#findings = findings
    this.#header = header
    this.#order = new RecordOrder(findings)
    this.#samples = new SampleChecker(header)
  }

  record(text: string, line: number): void {
    const header = this.#header
    const columns = text.split('\t', header.columns + 1)
    if (columns.length !== header.columns) {
      this.#findings.add(
        'VCF_COLUMNS',
        { line },
        () =>
          `${columns.length > header.columns ? 'more' : columns.length} columns, the header has ${header.columns}`,
      )
      // A cut or shifted line would break a rule in every column; only a surplus leaves the fixed ones in place.
      if (columns.length < header.columns) return
    }
    const report: RecordUnderCheck['report'] = (rule, column, field, what) => {
      const place: Place = { line, column, ...(field === undefined ? {} : { field }) }
      this.#findings.add(rule, place, what)
    }
    for (let i = 0; i < NAMES.length && i < columns.length; i++)
      if (columns[i] === '') report('VCF_COLUMN_EMPTY', NAMES[i]!, undefined, () => 'write "." for nothing')
    const [chromosome, positionText, id, ref, alt, quality, filter, info] = columns as readonly string[] as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const position = this.#position(positionText, report)
    const record: RecordUnderCheck = {
      line,
      columns,
      header,
      position: position ?? 0,
      alternates: alt === '.' ? [] : piecesOf(alt, ','),
      report,
    }
    this.#chromosome(chromosome, position, report)
    checkId(id, record)
    if (ref !== '' && !allLetters(ref, REF))
      report(
        allLetters(ref, REF_AMBIGUOUS) ? 'VCF_REF_AMBIGUOUS' : 'VCF_REF',
        'REF',
        undefined,
        () => `REF is ${shown(ref)}`,
      )
    checkAlternates(ref, record)
    checkQuality(quality, record)
    checkFilter(filter, record)
    checkInfo(info, record)
    this.#order.see({ line, chromosome, position, id, ref, alternates: record.alternates, info })
    if (columns.length > 8) this.#samples.check(record)
  }

  #position(text: string, report: RecordUnderCheck['report']): number | undefined {
    if (text === '') return undefined
    const position = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
    if (position <= MOST_POSITION) return position
    report('VCF_POS', 'POS', undefined, () => `POS is ${shown(text)}`)
    return undefined
  }

  #chromosome(text: string, position: number | undefined, report: RecordUnderCheck['report']): void {
    if (text === '') return
    const header = this.#header
    const { contigs } = header
    const assembled = text.startsWith('<') && text.endsWith('>')
    const name = assembled ? text.slice(1, -1) : text
    const declared = contigs.has(name)
    // A colon is ruled out because of breakends; a contig line with that very name leaves nothing to guess (HLA genes).
    if (text === '.' || !isContigName(name, header.minor) || (name.includes(':') && !declared))
      report('VCF_CHROM', 'CHROM', undefined, () => `CHROM is ${shown(text)}`)
    else if (!declared && !assembled) report('VCF_CONTIG_UNDECLARED', 'CHROM', undefined, () => shown(text))
    const length = contigs.get(name)
    // POS may be length + 1: the telomere.
    if (length !== undefined && position !== undefined && position > length + 1)
      report('VCF_POS_BEYOND', 'POS', undefined, () => `POS is ${position}, ${name} has ${length} bases`)
  }
}
