import { type Chromosome, chromosomeOf } from '../../terms/genome.ts'

/** One line of a raw genotype file, its alleles as written: bases, "I", "D", or none for a no-call. */
export interface ArrayRow {
  readonly line: number
  readonly rsid: string
  readonly chromosome: Chromosome | undefined
  /** 1-based, in the file's build. */
  readonly position: number
  readonly alleles: readonly string[]
}

/** How the columns of one company's file are laid out. */
export interface ArrayDialect {
  readonly name: string
  /** The column line of the file, lower case, without quotes, "#" and spaces. */
  readonly columns: readonly string[]
  readonly separator: '\t' | ','
}

/**
 * Companies' raw data files by their column line. 23andMe and Living DNA name the columns in a comment.
 * Sources: headers of the files that the companies export.
 */
const DIALECTS: readonly ArrayDialect[] = [
  { name: '23andMe', columns: ['rsid', 'chromosome', 'position', 'genotype'], separator: '\t' },
  { name: 'AncestryDNA', columns: ['rsid', 'chromosome', 'position', 'allele1', 'allele2'], separator: '\t' },
  {
    name: 'MyHeritage or FamilyTreeDNA',
    columns: ['rsid', 'chromosome', 'position', 'result'],
    separator: ',',
  },
]

/** The dialect whose column line this is. */
export function dialectOf(line: string): ArrayDialect | undefined {
  for (const dialect of DIALECTS) {
    const words = line.replace(/^#\s*/, '').split(dialect.separator).map(plain)
    if (words.length === dialect.columns.length && words.every((word, i) => word === dialect.columns[i]))
      return dialect
  }
  return undefined
}

function plain(cell: string): string {
  return cell.trim().replaceAll('"', '').toLowerCase()
}

/** Ancestry numbers the chromosomes through: 23 is X, 24 Y, 25 the pseudoautosomal part of X, 26 the mitochondrion. */
const NUMBERED: Readonly<Record<string, string>> = { '23': 'X', '24': 'Y', '25': 'X', '26': 'MT', XY: 'X' }

/** The row, or the column that is wrong with it. */
export function rowOf(
  dialect: ArrayDialect,
  text: string,
  line: number,
): ArrayRow | { readonly wrong: string } {
  const cells = text.split(dialect.separator).map((cell) => cell.trim().replaceAll('"', ''))
  if (cells.length !== dialect.columns.length)
    return { wrong: `${cells.length} columns instead of ${dialect.columns.length}` }
  const [rsid, contig, place, ...calls] = cells as [string, string, string, ...string[]]
  if (!/^\d{1,9}$/.test(place)) return { wrong: `"${place}" is not a position` }
  const written = calls.join('').toUpperCase()
  if (!/^[ACGTID0-]{1,2}$/.test(written)) return { wrong: `"${calls.join(' ')}" is not a genotype` }
  return {
    line,
    rsid: rsid.toLowerCase(),
    chromosome: chromosomeOf(NUMBERED[contig.toUpperCase()] ?? contig),
    position: Number(place),
    alleles: /[0-]/.test(written) ? [] : [...written],
  }
}
