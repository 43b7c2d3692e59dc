import type { GeneDefinition, LocusDefinition } from '../../knowledge/pgx/allele-definition.ts'

/** Code of a base that no definition of the locus knows. */
export const UNDOCUMENTED = 7
/** Code of the allele that a half call left out. */
export const HALF = 6

/** IUPAC codes of more than one base. */
const WOBBLES: Readonly<Record<string, string>> = {
  R: 'AG',
  Y: 'CT',
  S: 'GC',
  W: 'AT',
  K: 'GT',
  M: 'AC',
  B: 'CGT',
  D: 'AGT',
  H: 'ACT',
  V: 'ACG',
  N: 'ACGT',
}

/** One allele over integers. Base codes: 0 is REF, 1… the ALTs of the locus in definition order. */
export interface TableAllele {
  readonly name: string
  readonly reportedAs: string
  readonly reference: boolean
  /** Loci (indices) with a cell of its own, ascending; every locus for the reference. */
  readonly defined: Uint16Array
  /** Accepted codes as a bit mask per locus; a blank cell accepts the reference allele's base. */
  readonly accepts: Uint8Array
  /** Loci that do not accept REF: on a strand that is reference there, the allele cannot be. */
  readonly needsVariant: Uint16Array
  /** Loci whose cell stands for several bases; they count as defining only where the strand is not REF. */
  readonly wobbles: Uint16Array
}

/** A gene definition turned into integers once, for matching at speed. */
export interface GeneTable {
  readonly definition: GeneDefinition
  readonly loci: readonly LocusDefinition[]
  readonly alleles: readonly TableAllele[]
  /** Index of the reference allele in `alleles`. */
  readonly reference: number
}

/**
 * Compiles a definition. `without` leaves alleles out; their positions stay.
 * Blank cells of a non-reference allele take the reference allele's base, or REF where that is itself an IUPAC code.
 */
export function compileGene(definition: GeneDefinition, without: ReadonlySet<string> = new Set()): GeneTable {
  const { loci } = definition
  const alleles = definition.alleles
    .filter((allele) => !without.has(allele.name))
    .map((allele): TableAllele => {
      const accepts = new Uint8Array(loci.length)
      const defined: number[] = []
      const needsVariant: number[] = []
      const wobbles: number[] = []
      loci.forEach((locus, i) => {
        const cell = allele.cells.get(locus.position)
        if (cell === undefined) accepts[i] = 1
        else {
          defined.push(i)
          accepts[i] = maskOf(cell, locus, allele.name)
          if ((accepts[i]! & (accepts[i]! - 1)) !== 0) wobbles.push(i)
        }
        if ((accepts[i]! & 1) === 0) needsVariant.push(i)
      })
      return {
        name: allele.name,
        reportedAs: allele.reportedAs,
        reference: allele.reference,
        defined: Uint16Array.from(defined),
        accepts,
        needsVariant: Uint16Array.from(needsVariant),
        wobbles: Uint16Array.from(wobbles),
      }
    })
  return {
    definition,
    loci,
    alleles,
    reference: alleles.findIndex((allele) => allele.reference),
  }
}

function maskOf(cell: string, locus: LocusDefinition, allele: string): number {
  const known = [locus.ref, ...locus.alts]
  const exact = known.indexOf(cell)
  if (exact >= 0) return 1 << exact
  const bases = WOBBLES[cell]
  const mask = known.reduce(
    (sum, base, code) => (bases?.includes(base) && base.length === 1 ? sum | (1 << code) : sum),
    0,
  )
  if (mask === 0)
    throw new Error(`${allele} requires "${cell}" at ${locus.id}, which is none of ${known.join(', ')}`)
  return mask
}

/** Code of observed bases at a locus: 0 REF, 1… ALTs, UNDOCUMENTED otherwise. */
export function codeOf(bases: string, locus: LocusDefinition): number {
  if (bases === locus.ref) return 0
  const alt = locus.alts.indexOf(bases)
  return alt < 0 ? UNDOCUMENTED : alt + 1
}
