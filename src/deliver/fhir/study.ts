import type { PgxFinding } from '../../interpret/finding.ts'
import type { GenotypeSet } from '../../record/genotype.ts'
import { gene, genomicsReporting, LABORATORY, loinc } from './code.ts'
import type { GeneEntry } from './genotype.ts'
import type { ReportContext } from './report-context.ts'
import type { Extension, Reference } from './resource.ts'

/**
 * Adds what was looked at: a genomic-study with one genomic-study-analysis for each genotype file, whose regions say
 * which genes were called and which were not. Genes called by another laboratory are not part of it.
 */
export function addStudy(
  context: ReportContext,
  genotypes: readonly GenotypeSet[],
  findings: readonly PgxFinding[],
  genes: ReadonlyMap<string, GeneEntry>,
): Reference | undefined {
  if (genotypes.length === 0) return undefined
  const own = findings.filter((one) => one.from !== 'outside-call')
  const analyses = genotypes.map((set) =>
    context.entries.add({
      resourceType: 'Procedure',
      meta: { profile: [genomicsReporting('genomic-study-analysis')] },
      extension: [
        {
          url: genomicsReporting('genomic-study-analysis-genome-build'),
          valueCodeableConcept:
            set.assembly === 'GRCh38' ? loinc('LA26806-2', 'GRCh38') : loinc('LA14029-5', 'GRCh37'),
        },
        {
          url: genomicsReporting('genomic-study-analysis-genomic-source-class'),
          valueCodeableConcept: loinc('LA6683-2', 'Germline'),
        },
        {
          url: genomicsReporting('genomic-study-analysis-regions'),
          extension: regionsOf(context, own, genes),
        },
        {
          url: genomicsReporting('genomic-study-analysis-device'),
          extension: [{ url: 'device', valueReference: context.device }],
        },
      ],
      status: 'completed',
      category: LABORATORY,
      subject: context.patient,
      note: [`Sample ${set.sample} of ${set.source.name}.`, ...set.notes].map((text) => ({ text })),
    }),
  )
  return context.entries.add({
    resourceType: 'Procedure',
    meta: { profile: [genomicsReporting('genomic-study')] },
    extension: analyses.map((valueReference) => ({
      url: genomicsReporting('genomic-study-analysis-ext'),
      valueReference,
    })),
    status: 'completed',
    category: LABORATORY,
    code: {
      coding: [
        {
          system: 'http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/genomic-study-type-cs',
          code: 'snp',
          display: 'SNP Detection',
        },
      ],
      text: 'Pharmacogenomic panel, read from a genotype file',
    },
    subject: context.patient,
  })
}

function regionsOf(
  context: ReportContext,
  findings: readonly PgxFinding[],
  genes: ReadonlyMap<string, GeneEntry>,
): Extension[] {
  const region = (url: string) => (one: PgxFinding) => ({
    url,
    valueCodeableConcept: gene(one.gene, context.genes),
  })
  const called = findings.filter((one) => genes.get(one.gene)?.answered === true)
  const uncalled = findings.filter((one) => genes.get(one.gene)?.answered !== true)
  return [
    { url: 'description', valueString: 'Defining positions of named alleles of these genes' },
    ...findings.map(region('studied')),
    ...called.map(region('called')),
    ...uncalled.map(region('uncalled')),
  ]
}
