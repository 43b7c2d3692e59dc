import type { Reads, SomaticVariant, VariantAnnotation } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { placeOf } from '../../table-rows.ts'
import { fractionOf, wholeOf } from '../words/number-text.ts'
import { mafTerm } from './maf-class.ts'
import { NOT_KNOWN, populationOf, populationPlaces } from './population-columns.ts'

/** Names that annotators, MAF and laboratories give the columns, in lower case. */
const COLUMNS = {
  gene: ['symbol', 'gene', 'hugo_symbol', 'gene_symbol'],
  protein: ['hgvsp', 'hgvsp_short', 'protein_change', 'protein', 'aachange', 'amino_acid_change'],
  coding: ['hgvsc', 'cdna_change', 'coding_change'],
  transcript: ['transcript_id', 'annotation_transcript', 'i_transcript_name', 'feature', 'transcript'],
  consequence: ['consequence', 'variant_classification', 'effect'],
  exon: ['exon', 'exon_number'],
  chromosome: ['chrom', 'chromosome', 'chr'],
  position: ['pos', 'position', 'start_position'],
  ref: ['ref', 'reference_allele'],
  alt: ['alt', 'tumor_seq_allele2'],
  otherAlt: ['tumor_seq_allele1'],
  depth: ['t_depth', 'tumor_depth', 'depth', 'dp'],
  refReads: ['t_ref_count', 'tumor_ref_count'],
  altReads: ['t_alt_count', 'tumor_alt_count'],
  fraction: [
    'tumor_f',
    't_vaf',
    'vaf',
    'tumor_vaf',
    'i_tumor_f',
    't_af',
    'allele_fraction',
    'tumorvaf',
    'af',
  ],
  percent: ['i_tumorvaf_wu', 'tumorvaf_wu', 'vaf_percent', 'tumor_vaf_percent', 'vaf_pct'],
  normalDepth: ['n_depth', 'normal_depth'],
  normalAlt: ['n_alt_count', 'normal_alt_count'],
  functional: ['functional'],
  functionalSource: ['functional_source'],
  diagnosis: ['diagnosis', 'malignancy', 'oncotree_code'],
} as const

export const GENE_COLUMNS: readonly string[] = COLUMNS.gene
export const CHANGE_COLUMNS: readonly string[] = [...COLUMNS.protein, ...COLUMNS.consequence]
export const POSITION_COLUMNS: readonly string[] = COLUMNS.position

/** One row read: the variant, and the diagnosis where a column tells it. */
interface VariantRow {
  readonly variant: SomaticVariant
  readonly malignancy?: string
}

/**
 * How the rows of a table are read as variants. `header`: names in lower case; `tools`: predictors whose columns are read.
 * Throws VARIANT_COLUMN_MISSING when neither the protein change nor the consequence has a column; the reader throws
 * FREQUENCY_INVALID and FRACTION_INVALID.
 */
export function variantReader(
  header: readonly string[],
  file: string,
  tools: readonly string[],
): (cells: readonly string[], line: number, assembly: SomaticVariant['assembly']) => VariantRow {
  const at = new Map(Object.entries(COLUMNS).map(([name, names]) => [name, placeOf(header, names)]))
  const missing = [
    ...(at.get('gene')! < 0 ? [`the gene (${COLUMNS.gene.join(', ')})`] : []),
    ...(at.get('protein')! < 0 && at.get('consequence')! < 0
      ? [`its change (${CHANGE_COLUMNS.join(', ')})`]
      : []),
  ]
  if (missing.length > 0)
    throw new Fault(
      'VARIANT_COLUMN_MISSING',
      `${file}:1`,
      `the table has no column for ${missing.join(' and none for ')}`,
      `Name the columns as a MAF does. It has: ${header.slice(0, 20).join(', ')}.`,
    )
  const populations = populationPlaces(header)
  const scores = tools.flatMap((tool) => {
    const place = placeOf(header, [tool.toLowerCase(), `${tool.toLowerCase()}_score`])
    return place < 0 ? [] : [{ tool, place }]
  })
  return (cells, line, assembly) => {
    const text = (name: keyof typeof COLUMNS): string | undefined => {
      const cell = cells[at.get(name)!] ?? ''
      // In a MAF "-" is an allele without bases; elsewhere it is how tables write that nothing is known.
      if (cell === '-' && (name === 'ref' || name === 'alt')) return cell
      return cell === '' || NOT_KNOWN.has(cell.toLowerCase()) ? undefined : cell
    }
    const where = `${file}:${line}`
    const protein = text('protein')
    const exon = /^(\d+)\/(\d+)$/.exec(text('exon') ?? '')
    const [gene, coding, transcript, malignancy] = [
      text('gene')?.replace(/^FLT3[_-]ITD$/, 'FLT3'),
      text('coding'),
      text('transcript'),
      text('diagnosis'),
    ]
    const annotation: VariantAnnotation = {
      ...populationOf(populations, cells),
      ...scoresOf(scores, cells),
      ...functionalOf(text('functional'), text('functionalSource')),
    }
    const tumor = readsOf(text, where)
    const normal = normalOf(text)
    return {
      variant: {
        gene,
        assembly,
        place: placeOfRow(text),
        hgvsP: protein === undefined || protein.includes('p.') ? protein : `p.${protein}`,
        ...(coding === undefined ? {} : { hgvsC: coding }),
        ...(transcript === undefined ? {} : { transcript }),
        consequences: (text('consequence') ?? '')
          .split(/[&,;]/)
          .filter((term) => term !== '')
          .map((term) => mafTerm(term.trim())),
        exon: exon === null ? undefined : { number: Number(exon[1]), of: Number(exon[2]) },
        ...(tumor === undefined ? {} : { tumor }),
        ...(normal === undefined ? {} : { normal }),
        ...(Object.keys(annotation).length === 0 ? {} : { annotation }),
      },
      ...(malignancy === undefined ? {} : { malignancy }),
    }
  }
}

type Text = (name: keyof typeof COLUMNS) => string | undefined

function placeOfRow(text: Text): SomaticVariant['place'] {
  const position = Number(text('position'))
  const [chromosome, ref] = [text('chromosome'), text('ref')]
  const second = text('alt')
  const alt = second === ref ? text('otherAlt') : second
  return chromosome !== undefined && Number.isInteger(position) && ref !== undefined && alt !== undefined
    ? { chromosome: chromosome.replace(/^chr/i, ''), position, ref, alt }
    : undefined
}

function readsOf(text: Text, where: string): Reads | undefined {
  const [ref, alt] = [wholeOf(text('refReads')), wholeOf(text('altReads'))]
  const counted = ref !== undefined && alt !== undefined ? ref + alt : undefined
  const depth = wholeOf(text('depth')) ?? counted
  const percent = text('percent')
  const said =
    text('fraction') === undefined && percent !== undefined
      ? fractionOf(`${percent.replace(/%$/, '')}%`, `${where}, tumour fraction`)
      : fractionOf(text('fraction'), `${where}, tumour fraction`)
  const fraction = said ?? (alt !== undefined && depth ? Math.min(1, alt / depth) : undefined)
  return fraction === undefined && depth === undefined ? undefined : { fraction, depth }
}

function normalOf(text: Text): Reads | undefined {
  const [depth, alt] = [wholeOf(text('normalDepth')), wholeOf(text('normalAlt'))]
  if (depth === undefined) return undefined
  return { fraction: alt !== undefined && depth > 0 ? Math.min(1, alt / depth) : undefined, depth }
}

function scoresOf(
  scores: readonly { readonly tool: string; readonly place: number }[],
  cells: readonly string[],
): Pick<VariantAnnotation, 'scores'> {
  const found = scores.flatMap(({ tool, place }) => {
    const value = cells[place] ?? ''
    return value === '' || Number.isNaN(Number(value))
      ? []
      : [{ tool, value: Number(value), source: 'column of the table' }]
  })
  return found.length === 0 ? {} : { scores: found }
}

function functionalOf(
  functional: string | undefined,
  source: string | undefined,
): Pick<VariantAnnotation, 'functional'> {
  if (functional === undefined) return {}
  return {
    functional: [
      {
        oncogenic: /^(damaging|oncogenic|abnormal)$/i.test(functional),
        what: `functional study: ${functional.toLowerCase()}`,
        source: source ?? 'column of the table',
      },
    ],
  }
}
