import type { NamedLocus } from '../../deliver/fhir/variant.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { geneDefinitions } from '../../knowledge/pgx/allele-definition.ts'

/** Every panel locus with the names a FHIR report gives it: RefSeq accession of its chromosome, and HGVS. */
export function namedLoci(facts: Facts): readonly NamedLocus[] {
  return facts.derived('named-loci', () =>
    [...geneDefinitions(facts).values()].flatMap((gene) =>
      [...gene.loci, ...gene.extraLoci].map((locus) => ({ ...locus, refseq: gene.refseq })),
    ),
  )
}
