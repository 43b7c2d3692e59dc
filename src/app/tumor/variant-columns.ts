import type { SomaticEvidence } from '../../interpret/tumor/tumor.ts'
import { Fault } from '../../terms/fault.ts'
import { placeOf } from '../table-rows.ts'

/** Names that annotators, MAF and laboratories give the columns, in lower case. */
const COLUMNS = {
  gene: ['symbol', 'gene', 'hugo_symbol', 'gene_symbol'],
  protein: ['hgvsp', 'hgvsp_short', 'protein_change', 'protein', 'aachange'],
  consequence: ['consequence', 'variant_classification', 'effect'],
  exon: ['exon', 'exon_number'],
  chromosome: ['chrom', 'chromosome', 'chr'],
  position: ['pos', 'position', 'start_position'],
  ref: ['ref', 'reference_allele'],
  alt: ['alt', 'tumor_seq_allele2'],
  functional: ['functional'],
  functionalSource: ['functional_source'],
  diagnosis: ['diagnosis', 'malignancy', 'oncotree_code'],
} as const

/** Classes of MAF as Sequence Ontology terms. */
const MAF: Readonly<Record<string, string>> = {
  missense_mutation: 'missense_variant',
  nonsense_mutation: 'stop_gained',
  frame_shift_del: 'frameshift_variant',
  frame_shift_ins: 'frameshift_variant',
  in_frame_del: 'inframe_deletion',
  in_frame_ins: 'inframe_insertion',
  splice_site: 'splice_donor_variant',
  translation_start_site: 'start_lost',
  nonstop_mutation: 'stop_lost',
  silent: 'synonymous_variant',
}

const UNKNOWN = new Set(['.', '-', 'na', 'n/a', 'nan', 'unknown'])
const POPULATION = /^gnomad.*(_af|^af|af$)|^(gnomad_)?(popmax|grpmax)(_af)?$|^max_af$/
const SINGLE = /(_(afr|amr|eas|nfe|sas)(_|$)|popmax|grpmax|max_af|faf)/

/**
 * How the rows of a table are read as variants with their evidence.
 * Throws VARIANT_COLUMN_MISSING when neither the protein change nor the consequence has a column.
 */
export function variantReader(
  header: readonly string[],
  path: string,
  assembly: 'GRCh38' | 'GRCh37',
  tools: readonly string[],
): (cells: readonly string[]) => SomaticEvidence {
  const at = (name: keyof typeof COLUMNS) => placeOf(header, COLUMNS[name])
  if (at('gene') < 0 || (at('protein') < 0 && at('consequence') < 0))
    throw new Fault(
      'VARIANT_COLUMN_MISSING',
      `${path}:1`,
      'the table has neither codes nor variants',
      `Name codes with --column, or give a gene (${COLUMNS.gene.join(', ')}) and its change (${[...COLUMNS.protein, ...COLUMNS.consequence].join(', ')}).`,
    )
  const populations = header.flatMap((name, place) => (POPULATION.test(name) ? [{ name, place }] : []))
  const scores = tools.flatMap((tool) => {
    const place = placeOf(header, [tool.toLowerCase(), `${tool.toLowerCase()}_score`])
    return place < 0 ? [] : [{ tool, place }]
  })
  return (cells) => {
    const text = (name: keyof typeof COLUMNS): string | undefined => {
      const cell = cells[at(name)] ?? ''
      return cell === '' || UNKNOWN.has(cell.toLowerCase()) ? undefined : cell
    }
    const position = Number(text('position'))
    const [chromosome, ref, alt] = [text('chromosome'), text('ref'), text('alt')]
    const protein = text('protein')
    const exon = /^(\d+)\/(\d+)$/.exec(text('exon') ?? '')
    const functional = text('functional')?.toLowerCase()
    const found = populations.map(({ name, place }) => ({ name, cell: cells[place] ?? '' }))
    return {
      variant: {
        gene: text('gene'),
        assembly,
        place:
          chromosome !== undefined && Number.isInteger(position) && ref !== undefined && alt !== undefined
            ? { chromosome: chromosome.replace(/^chr/, ''), position, ref, alt }
            : undefined,
        hgvsP: protein === undefined || protein.includes('p.') ? protein : `p.${protein}`,
        consequences: (text('consequence') ?? '')
          .split(/[&,;]/)
          .filter((term) => term !== '')
          .map((term) => MAF[term.trim().toLowerCase()] ?? term.trim()),
        exon: exon === null ? undefined : { number: Number(exon[1]), of: Number(exon[2]) },
      },
      ...population(found),
      scores: scores.flatMap(({ tool, place }) => {
        const value = cells[place] ?? ''
        return value === '' || Number.isNaN(Number(value))
          ? []
          : [{ tool, value: Number(value), source: 'column of the table' }]
      }),
      ...(functional === undefined
        ? {}
        : {
            functional: [
              {
                oncogenic: /^(damaging|oncogenic|abnormal)$/.test(functional),
                what: `functional study: ${functional}`,
                source: text('functionalSource') ?? 'column of the table',
              },
            ],
          }),
      ...(text('diagnosis') === undefined ? {} : { malignancy: text('diagnosis')! }),
    }
  }
}

/**
 * An empty cell under gnomAD is how annotators write that there is no record; "." and "NA" say that it is not known.
 * Throws FREQUENCY_INVALID: a frequency in percent would make a rare variant of a common one.
 */
function population(
  found: readonly { readonly name: string; readonly cell: string }[],
): Pick<SomaticEvidence, 'population'> {
  const known = found.filter(({ cell }) => !UNKNOWN.has(cell.toLowerCase()))
  if (known.length === 0) return {}
  const numbers = known
    .filter(({ cell }) => cell !== '')
    .map(({ name, cell }) => ({ name, value: Number(cell) }))
  const wrong = numbers.find(({ value }) => !(value >= 0 && value <= 1))
  if (wrong !== undefined)
    throw new Fault(
      'FREQUENCY_INVALID',
      `column ${wrong.name}`,
      `${wrong.value} is no frequency`,
      'Frequencies are shares from 0 to 1.',
    )
  return {
    population: {
      frequency: numbers.reduce((most, { value }) => Math.max(most, value), 0),
      absent: numbers.every(({ value }) => value === 0),
      populations: numbers.some(({ name }) => SINGLE.test(name)),
      source: `columns ${known.map(({ name }) => name).join(', ')} of the table`,
    },
  }
}
