import type { TranscriptNote } from '../../../record/family-variant.ts'

/** How a header describes an annotation: the field and its columns, in lower case. */
export interface ConsequenceField {
  readonly field: 'CSQ' | 'ANN' | 'BCSQ'
  readonly columns: readonly string[]
}

/**
 * The consequence annotation that a header line declares, if it does: VEP's CSQ ("Format: Allele|Consequence|…"), SnpEff's ANN
 * ("'Allele | Annotation | …'"), bcftools' BCSQ.
 */
export function consequenceField(meta: string): ConsequenceField | undefined {
  const field = /^##INFO=<ID=(CSQ|ANN|BCSQ),/.exec(meta)?.[1] as ConsequenceField['field'] | undefined
  if (field === undefined) return undefined
  const list = /(?:Format:\s*|annotations:\s*)['"]?\s*([^'">]+)/i.exec(meta)?.[1] ?? ''
  const columns = list.split('|').map((column) =>
    column
      .replace(/[[\]*]/g, '')
      .trim()
      .toLowerCase(),
  )
  return columns.length > 1 ? { field, columns } : undefined
}

/** One annotation of one ALT: cells by column name, in lower case. */
export type Cells = (column: string) => string | undefined

/** The annotations of one ALT among all of a record. `alts`: every ALT of it; `place`: which one. */
export function cellsOf(
  { field, columns }: ConsequenceField,
  value: string,
  ref: string,
  alts: readonly string[],
  place: number,
): Cells[] {
  const at = new Map(columns.map((column, i) => [column, i]))
  const found: Cells[] = []
  for (const entry of value.split(',')) {
    // BCSQ: "@123" points to another record, "*" marks a change behind a stop.
    if (entry === '' || entry.startsWith('@')) continue
    const cells = entry.split('|')
    const cell: Cells = (column) => {
      const i = at.get(column)
      const text = i === undefined ? undefined : cells[i]?.trim()
      return text === undefined || text === '' || text === '.' ? undefined : text
    }
    if (alts.length === 1 || isOf(field, cell, ref, alts, place)) found.push(cell)
  }
  return found
}

function isOf(
  field: ConsequenceField['field'],
  cell: Cells,
  ref: string,
  alts: readonly string[],
  place: number,
): boolean {
  const alt = alts[place]!
  if (field === 'BCSQ') return cell('dna_change')?.includes(`>${alt}`) ?? false
  const number = cell('allele_num')
  if (number !== undefined) return Number(number) === place + 1
  const allele = cell('allele') ?? ''
  return allele === alt || (field === 'CSQ' && allele === vepAllele(ref, alts, alt))
}

/** VEP takes the first base away from all alleles when it is the same in all of them and their lengths differ. */
function vepAllele(ref: string, alts: readonly string[], alt: string): string {
  const all = [ref, ...alts]
  if (all.every(({ length }) => length === ref.length) || !all.every((one) => one[0] === ref[0])) return alt
  return alt.slice(1) || '-'
}

const SHORT: ReadonlySet<string> = new Set([
  'missense',
  'synonymous',
  'frameshift',
  'splice_acceptor',
  'splice_donor',
  'splice_region',
  'intron',
  '5_prime_utr',
  '3_prime_utr',
  'non_coding',
  'intergenic',
])

/** One transcript of an annotation, in the terms of the Sequence Ontology. */
export function transcriptNote(field: ConsequenceField['field'], cell: Cells): TranscriptNote {
  const terms = (cell('consequence') ?? cell('annotation') ?? '')
    .replace(/^\*/, '')
    .split('&')
    .map((term) => (field === 'BCSQ' && SHORT.has(term) ? `${term}_variant` : term))
    .filter((term) => term !== '')
  const nmd = cell('nmd')
  return {
    gene: cell('symbol') ?? cell('gene_name') ?? (field === 'BCSQ' ? cell('gene') : undefined),
    transcript: cell('feature') ?? cell('feature_id') ?? cell('transcript'),
    consequences: terms,
    hgvsC: cell('hgvsc') ?? cell('hgvs.c'),
    hgvsP: cell('hgvsp')?.replace('%3D', '=') ?? cell('hgvs.p'),
    exon: fraction(
      cell('exon') ?? (terms.includes('intron_variant') ? undefined : cell('rank')),
      'number',
      'of',
    ),
    protein: fraction(
      cell('protein_position') ?? cell('aa.pos / aa.length') ?? cell('aa.pos/aa.length'),
      'at',
      'length',
    ),
    preference:
      cell('mane_select') !== undefined ? 2 : cell('canonical') === 'YES' || cell('pick') === '1' ? 1 : 0,
    escapesDecay: nmd === undefined ? undefined : /escap/i.test(nmd),
  }
}

/** "3/12", or "10-12/400": the first number and the last. */
function fraction<A extends string, B extends string>(
  text: string | undefined,
  first: A,
  last: B,
): Record<A | B, number> | undefined {
  const match = /^(\d+)(?:-\d+|-\?)?\/(\d+)$/.exec(text ?? '')
  if (match === null) return undefined
  return { [first]: Number(match[1]), [last]: Number(match[2]) } as Record<A | B, number>
}
