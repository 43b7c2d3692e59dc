import type { TumorPart } from '../../../record/tumor-part.ts'
import type { Fusion } from '../../../record/tumor-profile.ts'
import { chromosomeOf } from '../../../terms/genome.ts'
import { placeOf, rowsOf, type TableRow } from '../../table-rows.ts'
import { Tally } from '../tally.ts'
import { MOST_RECORDS, type TumorFormat, tooMany } from '../tumor-format.ts'
import { fusionNamed, fusionOf } from '../words/fusion-name.ts'
import { wholeOf } from '../words/number-text.ts'
import { hasColumns, headerNames } from './table-header.ts'

/** Names in lower case, of STAR-Fusion, Arriba, FusionCatcher, cBioPortal structural variants and PCGR. */
const COLUMNS = {
  name: ['fusionname', 'fusiongene', 'fusion', 'fusion_name'],
  five: [
    'gene1',
    'site1_hugo_symbol',
    'left_gene',
    'gene_1_symbol(5end_fusion_partner)',
    'gene_5',
    'gene5',
    'five_prime_gene',
    '5_gene',
    'upstream_gene',
  ],
  three: [
    'gene2',
    'site2_hugo_symbol',
    'right_gene',
    'gene_2_symbol(3end_fusion_partner)',
    'gene_3',
    'gene3',
    'three_prime_gene',
    '3_gene',
    'downstream_gene',
  ],
  left: ['leftbreakpoint', 'breakpoint1', 'fusion_point_for_gene_1(5end_fusion_partner)', 'left_breakpoint'],
  right: [
    'rightbreakpoint',
    'breakpoint2',
    'fusion_point_for_gene_2(3end_fusion_partner)',
    'right_breakpoint',
  ],
  reads: [
    'junctionreadcount',
    'splitreads',
    'spanning_unique_reads',
    'tumor_split_read_count',
    'split_reads',
    'numsplitreads',
    'reads',
  ],
  frame: ['reading_frame', 'prot_fusion_type', 'predicted_effect', 'site2_effect_on_frame', 'frame'],
  confidence: ['confidence'],
  sample: ['sample', 'sample_id', 'tumor_sample_barcode'],
  status: ['sv_status'],
  // DRAGEN; the column "filters" of Arriba counts reads.
  filter: ['filter'],
} as const
type Column = keyof typeof COLUMNS
/** Columns of cBioPortal that number two genes as they lie, not as a transcript joins them. */
const BY_SITE = 'site1_hugo_symbol'

/** Fusions in a table, 5' partner first. One part for each sample; a table without rows says that none was found. */
export const fusionTable: TumorFormat = {
  name: 'fusions',
  sniff(head) {
    const header = headerNames(head)
    return (
      !hasColumns(header, ['variant_classification']) &&
      (hasColumns(header, ['fusionname', 'fusiongene', 'fusion_name']) ||
        hasColumns(header, ['fusion'], COLUMNS.sample) ||
        hasColumns(header, COLUMNS.five, COLUMNS.three))
    )
  },
  async read({ name, text }) {
    const samples = new Map<string, { fusions: Fusion[]; left: Tally; records: number }>()
    let at: Record<Column, number> | undefined
    let bySite = false
    let rows = 0
    for await (const row of rowsOf(name, text)) {
      if (at === undefined) {
        at = placesOf(row)
        bySite = row.cells[at.five]?.toLowerCase() === BY_SITE
        continue
      }
      if (++rows > MOST_RECORDS) throw tooMany(name)
      const sample = row.cells[at.sample] ?? ''
      const found = samples.get(sample) ?? { fusions: [], left: new Tally(), records: 0 }
      samples.set(sample, found)
      found.records++
      const status = row.cells[at.status] ?? ''
      const fusion = read(row, at, `${name}:${row.line}`)
      const label = `${fusion?.five ?? '?'}::${fusion?.three ?? '?'}`
      if (fusion === undefined) found.left.add('neither partner is a gene', `line ${row.line}`)
      else if (/germline/i.test(status)) found.left.add('the laboratory calls it germline', label)
      else found.fusions.push(bySite ? { ...fusion, anyOrder: true } : fusion)
    }
    if (samples.size === 0) samples.set('', { fusions: [], left: new Tally(), records: 0 })
    return [...samples].map(
      ([sample, { fusions, left, records }]): TumorPart => ({
        file: name,
        format: 'fusions',
        content: ['fusions'],
        sample: sample === '' ? undefined : sample,
        said: { fusions },
        records,
        leftOut: left.list(),
        notes: records === 0 ? ['The table of fusions has no rows.'] : [],
      }),
    )
  },
}

function placesOf({ cells }: TableRow): Record<Column, number> {
  const header = cells.map((one) => one.toLowerCase())
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([name, names]) => [name, placeOf(header, names)]),
  ) as Record<Column, number>
}

function read({ cells }: TableRow, at: Record<Column, number>, where: string): Fusion | undefined {
  const cell = (name: Column) => (at[name] < 0 ? '' : (cells[at[name]] ?? ''))
  const joined = at.five >= 0 ? fusionOf(cell('five'), cell('three')) : fusionNamed(cell('name'), where)
  if (joined === undefined) return undefined
  const reads = wholeOf(cell('reads'))
  const points = [cell('left'), cell('right')].flatMap((text) => {
    const [, contig = '', position = ''] = /^([^:]+):(\d{1,10})/.exec(text) ?? []
    const chromosome = chromosomeOf(contig)
    return chromosome === undefined ? [] : [{ chromosome: chromosome.slice(3), position: Number(position) }]
  })
  const frame = frameOf(cell('frame'))
  const failed = !/^(|\.|PASS)$/i.test(cell('filter'))
  const confidence = failed ? 'low' : /^(high|medium|low)$/i.exec(cell('confidence'))?.[0].toLowerCase()
  return {
    ...joined,
    ...(points.length === 2 ? { breakpoints: points } : {}),
    ...(reads === undefined ? {} : { reads }),
    ...(frame === undefined ? {} : { frame }),
    ...(confidence === undefined ? {} : { confidence: confidence as NonNullable<Fusion['confidence']> }),
  }
}

function frameOf(text: string): Fusion['frame'] | undefined {
  if (/^(in[-_ ]?frame|inframe)/i.test(text)) return 'in-frame'
  return /^(out[-_ ]of[-_ ]frame|frame[-_ ]?shift|outframe|stop-codon)/i.test(text)
    ? 'out-of-frame'
    : undefined
}
