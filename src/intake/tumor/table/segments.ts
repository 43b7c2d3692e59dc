import type { TumorPart } from '../../../record/tumor-part.ts'
import type { CopyNumberRatio, CopyNumberSegment } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { chromosomeOf } from '../../../terms/genome.ts'
import { placeOf, rowsOf } from '../../table-rows.ts'
import { Tally } from '../tally.ts'
import { MOST_RECORDS, type TumorFormat, tooMany } from '../tumor-format.ts'
import { realOf, wholeOf } from '../words/number-text.ts'
import { hasColumns, headerNames } from './table-header.ts'

/** Names in lower case, of CBS, GISTIC, ASCAT, FACETS, Sequenza, PURPLE and PCGR. */
const COLUMNS = {
  sample: ['sample', 'id', "'id'", 'sampleid', 'sample_id', 'tumor_sample_barcode', 'gdc_aliquot'],
  chromosome: ['chromosome', 'chrom', 'chr', 'chromosome.name'],
  start: ['start', 'loc.start', 'start.bp', 'startpos', 'start_position', 'start.pos'],
  end: ['end', 'loc.end', 'end.bp', 'endpos', 'end_position', 'end.pos'],
  major: ['nmajor', 'major_cn', 'a', 'majorcopynumber', 'major_copy_number', 'n_major'],
  minor: ['nminor', 'minor_cn', 'b', 'minorcopynumber', 'minor_copy_number', 'n_minor', 'lcn.em', 'lcn'],
  total: ['total', 'totalcn', 'total_cn', 'copynumber', 'copy_number', 'cnt', 'tcn.em', 'tcn', 'cn'],
  log2: ['seg.mean', 'segment_mean', 'seg.cn', 'log2', 'seg_mean', 'segmean', 'logr', 'log2ratio'],
  probes: ['num.mark', 'num_probes', 'num.markers', 'num_markers', 'nprobes', 'n.probes'],
} as const
type Column = keyof typeof COLUMNS

interface Collected {
  records: number
  readonly segments: CopyNumberSegment[]
  readonly ratios: CopyNumberRatio[]
  readonly left: Tally
}

/** Copy number by stretches: log ratios (CBS .seg) or copies of both alleles (ASCAT and its like). One part for each sample. */
export const segments: TumorFormat = {
  name: 'copy number segments',
  sniff(head) {
    const header = headerNames(head)
    return (
      hasColumns(header, COLUMNS.chromosome, COLUMNS.start, COLUMNS.end) &&
      (hasColumns(header, COLUMNS.major, COLUMNS.minor) ||
        hasColumns(header, COLUMNS.log2) ||
        hasColumns(header, COLUMNS.total)) &&
      !header.includes('variant_classification')
    )
  },
  async read({ name, text }) {
    const samples = new Map<string, Collected>()
    let at: Record<Column, number> | undefined
    let rows = 0
    for await (const { line, cells } of rowsOf(name, text)) {
      if (at === undefined) {
        at = placesOf(cells)
        continue
      }
      if (++rows > MOST_RECORDS) throw tooMany(name)
      const sample = cells[at.sample] ?? ''
      const found = samples.get(sample) ?? { records: 0, segments: [], ratios: [], left: new Tally() }
      samples.set(sample, found)
      take(found, cells, at, `${name}:${line}`)
    }
    if (samples.size === 0)
      throw new Fault(
        'TUMOR_EMPTY',
        name,
        'the table has a header and no row',
        'Send the table with its rows.',
      )
    return [...samples].map(([sample, found]) => partOf(name, sample, found))
  },
}

function placesOf(cells: readonly string[]): Record<Column, number> {
  const header = cells.map((one) => one.toLowerCase())
  const at = Object.fromEntries(
    Object.entries(COLUMNS).map(([name, names]) => [name, placeOf(header, names)]),
  ) as Record<Column, number>
  return at
}

function take(found: Collected, cells: readonly string[], at: Record<Column, number>, where: string): void {
  found.records++
  const cell = (name: Column): string | undefined => cells[at[name]]
  const number = (name: Column): number | undefined => {
    const text = cell(name)
    if (at[name] < 0 || text === undefined || /^(na|nan|\.|)$/i.test(text)) return undefined
    const value = realOf(text)
    if (value === undefined) throw invalid(where, name, text)
    return value
  }
  const [start, end] = [number('start'), number('end')]
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw invalid(where, 'start and end', `${cell('start') ?? ''}-${cell('end') ?? ''}`)
  const contig = cell('chromosome') ?? ''
  const chromosome = (chromosomeOf(contig) ?? chromosomeOf({ '23': 'X', '24': 'Y' }[contig] ?? ''))?.slice(3)
  if (chromosome === undefined) {
    found.left.add('not on a chromosome', `${contig}:${start}-${end}`)
    return
  }
  const [major, minor, log2] = [number('major'), number('minor'), number('log2')]
  const total = number('total') ?? (major !== undefined && minor !== undefined ? major + minor : undefined)
  if ([major, minor, total].some((one) => one !== undefined && one < 0))
    throw invalid(where, 'copies', 'less than 0')
  const place = { chromosome, start, end }
  if (total !== undefined) found.segments.push({ ...place, total, minor })
  else if (log2 !== undefined) {
    const probes = wholeOf(cell('probes'))
    found.ratios.push({ ...place, log2, ...(probes === undefined ? {} : { probes }) })
  } else found.left.add('neither copies nor a ratio', `${contig}:${start}-${end}`)
}

function invalid(where: string, what: string, text: string): Fault {
  return new Fault(
    'SEGMENT_INVALID',
    where,
    `"${text}" is no value of ${what}`,
    'Give start and end as positions counted from 1, copies as numbers from 0, ratios as log2.',
  )
}

function partOf(file: string, sample: string, found: Collected): TumorPart {
  return {
    file,
    format: 'copy number segments',
    content: ['copy number segments'],
    sample: sample === '' ? undefined : sample,
    said: {
      ...(found.segments.length > 0 ? { segments: found.segments } : {}),
      ...(found.ratios.length > 0 ? { ratios: found.ratios } : {}),
    },
    records: found.records,
    leftOut: found.left.list(),
    notes:
      found.ratios.length > 0
        ? ['Ratios are relative and not corrected for purity: no call of a gene is made from them.']
        : [],
  }
}
