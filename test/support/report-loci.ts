import type { NamedLocus } from '../../src/deliver/fhir/variant.ts'
import { exampleCase } from './example-case.ts'

const REFSEQ: Readonly<Record<string, string>> = {
  chr1: 'NC_000001.11',
  chr2: 'NC_000002.12',
  chr6: 'NC_000006.12',
  chr10: 'NC_000010.11',
  chr12: 'NC_000012.12',
  chr13: 'NC_000013.11',
  chr16: 'NC_000016.10',
}

/** The example's loci with their names on the chromosomes. */
export const exampleLoci: readonly NamedLocus[] = exampleCase.panel.map((locus) => ({
  ...locus,
  refseq: REFSEQ[locus.chromosome]!,
  hgvs: locus.alts
    .map((alt) =>
      locus.ref.length === 1 ? `g.${locus.position}${locus.ref}>${alt}` : `g.${locus.position}dup`,
    )
    .join('; '),
}))

/** HGNC ids of the example's genes. */
export const exampleGenes: ReadonlyMap<string, string> = new Map([
  ['CYP2C19', 'HGNC:2621'],
  ['CYP2C9', 'HGNC:2623'],
  ['CYP2D6', 'HGNC:2625'],
  ['DPYD', 'HGNC:3012'],
  ['HLA-B', 'HGNC:4932'],
  ['NUDT15', 'HGNC:23063'],
  ['SLCO1B1', 'HGNC:10959'],
  ['TPMT', 'HGNC:12014'],
  ['UGT1A1', 'HGNC:12530'],
  ['VKORC1', 'HGNC:23663'],
])
