import type { GenotypeSet, LocusCall } from '../../record/genotype.ts'
import type { PanelLocus } from '../../terms/genome.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { chromosomeConcept, gene, loinc, question } from './code.ts'
import { observation, type ReportContext } from './report-context.ts'
import type { CodeableConcept, Component, Observation, Reference } from './resource.ts'

/** A panel locus with its names on the reference sequence. */
export interface NamedLocus extends PanelLocus {
  /** RefSeq accession of the GRCh38 chromosome, "NC_000010.11". */
  readonly refseq: string
  /** HGVS of the definition on that sequence, "g.94781859G>A"; several alternatives are joined by "; ". */
  readonly hgvs: string
}

/** A variant Observation in the bundle, with what phase and genotypes ask of it. */
export interface VariantEntry {
  readonly gene: string
  readonly locus: NamedLocus
  readonly reference: Reference
  /** Strand of the file the allele lies on (0 or 1), where it is heterozygous and its phase is known. */
  readonly strand: { readonly set: string; readonly side: number } | undefined
}

/** Adds one variant Observation for each non-reference allele of each panel locus; reference calls are not variants. */
export function addVariants(
  context: ReportContext,
  genotypes: GenotypeSet,
  loci: readonly NamedLocus[],
): VariantEntry[] {
  const calls = new Map(genotypes.calls.map((call) => [call.locus, call]))
  const entries: VariantEntry[] = []
  for (const locus of loci) {
    const call = calls.get(locus.id)
    if (call === undefined) continue
    const found = new Set(call.alleles.filter((allele) => allele !== locus.ref && allele !== '.'))
    for (const allele of found) {
      const resource = variant(context, genotypes, locus, call, allele)
      entries.push({
        gene: locus.gene,
        locus,
        reference: context.entries.add(resource, `${locus.gene} ${locus.rsid ?? locus.id} ${allele}`),
        strand: strandOf(call, allele),
      })
    }
  }
  return entries
}

function variant(
  context: ReportContext,
  genotypes: GenotypeSet,
  locus: NamedLocus,
  call: LocusCall,
  allele: string,
): Observation {
  const hgvs = genomicHgvs(locus, allele)
  const state = allelicState(call, allele)
  const components: (Component | undefined)[] = [
    {
      code: question(GENOMIC.geneStudied, 'Gene studied'),
      valueCodeableConcept: gene(locus.gene, context.genes),
    },
    {
      code: question(GENOMIC.referenceSequenceAssembly, 'Reference sequence assembly'),
      valueCodeableConcept: loinc('LA26806-2', 'GRCh38'),
    },
    coded(GENOMIC.chromosomeIdentifier, 'Chromosome', chromosomeConcept(locus.chromosome)),
    {
      code: question(GENOMIC.genomicRefSeq, 'Genomic reference sequence'),
      valueCodeableConcept: {
        coding: [{ system: 'http://www.ncbi.nlm.nih.gov/refseq', code: locus.refseq }],
      },
    },
    {
      code: question(GENOMIC.coordinateSystem, 'Genomic coordinate system'),
      valueCodeableConcept: loinc('LA30102-0', '1-based character counting'),
    },
    {
      code: question(GENOMIC.exactStartEnd, 'Exact start and end'),
      valueRange: {
        low: { value: locus.position },
        high: { value: locus.position + locus.ref.length - 1 },
      },
    },
    { code: question(GENOMIC.refAllele, 'Reference allele'), valueString: locus.ref },
    { code: question(GENOMIC.altAllele, 'Alternative allele'), valueString: allele },
    coded(GENOMIC.genomicHgvs, 'Genomic HGVS', hgvs),
    coded(GENOMIC.variationCode, 'Variation code', dbSnp(locus.rsid)),
    coded(GENOMIC.allelicState, 'Allelic state', state),
    {
      code: question(GENOMIC.genomicSourceClass, 'Genomic source class'),
      valueCodeableConcept: loinc('LA6683-2', 'Germline'),
    },
  ]
  const note = notesOf(genotypes, locus, call, allele)
  return observation(context, 'variant', question(GENOMIC.variant, 'Genetic variant assessment'), {
    valueCodeableConcept: loinc('LA9633-4', 'Present'),
    ...(note.length > 0 ? { note: note.map((text) => ({ text })) } : {}),
    component: components.filter((one) => one !== undefined),
  })
}

function coded(code: string, text: string, value: CodeableConcept | undefined): Component | undefined {
  return value === undefined ? undefined : { code: question(code, text), valueCodeableConcept: value }
}

/**
 * HGVS on the chromosome. A single base is spelled here; an insertion or deletion takes the definition's own name,
 * whose position is shifted right as HGVS asks, and only where the definition names this one allele.
 */
function genomicHgvs(locus: NamedLocus, allele: string): CodeableConcept | undefined {
  const single = locus.ref.length === 1 && /^[ACGT]$/.test(allele)
  const named = locus.alts.length === 1 && locus.alts[0] === allele && /^g\.[^;]+$/.test(locus.hgvs)
  if (!single && !named) return undefined
  const change = single ? `g.${locus.position}${locus.ref}>${allele}` : locus.hgvs
  const code = `${locus.refseq}:${change}`
  return { coding: [{ system: 'http://varnomen.hgvs.org', code, display: code }] }
}

function dbSnp(rsid: string | undefined): CodeableConcept | undefined {
  return rsid === undefined
    ? undefined
    : { coding: [{ system: 'http://www.ncbi.nlm.nih.gov/snp', code: rsid }], text: rsid }
}

/** Unknown, so left out, when the other allele was not called. */
function allelicState(call: LocusCall, allele: string): CodeableConcept | undefined {
  const [one, two] = call.alleles
  if (two === undefined) return loinc('LA6707-9', 'Hemizygous')
  if (one === '.' || two === '.') return undefined
  return one === allele && two === allele
    ? loinc('LA6705-3', 'Homozygous')
    : loinc('LA6706-1', 'Heterozygous')
}

function strandOf(call: LocusCall, allele: string): VariantEntry['strand'] {
  const [one, two] = call.alleles
  if (!call.phased || two === undefined || one === two || one === '.' || two === '.') return undefined
  return { set: call.phaseSet ?? '', side: one === allele ? 0 : 1 }
}

function notesOf(genotypes: GenotypeSet, locus: NamedLocus, call: LocusCall, allele: string): string[] {
  const notes: string[] = []
  if (genotypes.assembly !== 'GRCh38')
    notes.push(
      `Called on ${genotypes.assembly}; position and bases translated to GRCh38 by the panel definition.`,
    )
  if (call.evidence === 'array-genotype') notes.push('From an array genotype, not from sequence reads.')
  if (!locus.alts.includes(allele)) notes.push('No allele definition of the panel knows this base.')
  return notes
}
