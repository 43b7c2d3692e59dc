import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { diplotypeName } from '../../../src/interpret/pgx/allele-order.ts'
import { openPgx } from '../../../src/interpret/pgx/pgx.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import {
  type AlleleDefinition,
  type GeneDefinition,
  geneDefinitions,
} from '../../../src/knowledge/pgx/allele-definition.ts'
import type { GenotypeSet, LocusCall } from '../../../src/record/genotype.ts'

const facts = Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')])
const room = openPgx(facts, 'ALL')

/** A phased, complete genotype of one gene with the two alleles; an IUPAC cell carries its reference base. */
function genotype(gene: GeneDefinition, pair: readonly [AlleleDefinition, AlleleDefinition]): GenotypeSet {
  const calls = gene.loci.map((locus): LocusCall => {
    const bases = pair.map((allele) => {
      const cell = allele.cells.get(locus.position) ?? locus.ref
      return cell === locus.ref || locus.alts.includes(cell) ? cell : locus.ref
    })
    return {
      locus: locus.id,
      alleles: [bases[0]!, bases[1]!],
      phased: true,
      phaseSet: undefined,
      evidence: 'variant-record',
    }
  })
  return {
    sample: 'S',
    source: { name: 's.vcf', format: 'vcf', sha256: undefined },
    assembly: 'GRCh38',
    calls,
    gaps: [],
    notes: [],
  }
}

for (const gene of geneDefinitions(facts).values()) {
  test(`${gene.gene}: each of ${gene.alleles.length} alleles beside the reference is found again`, () => {
    for (const allele of gene.alleles) {
      const finding = room
        .findings({ genotypes: [genotype(gene, [gene.reference, allele])], outsideCalls: [] })
        .find((one) => one.gene === gene.gene)!
      const wanted = diplotypeName(gene.reference.reportedAs, allele.reportedAs)
      assert.ok(
        finding.diplotypes.some((one) => one.name === wanted),
        `${wanted} was called ${finding.diplotypes.map((one) => one.name).join(' or ') || 'nothing'}`,
      )
      assert.deepEqual(finding.missing, [])
    }
  })
}
