import { GENOMIC } from '../../terms/genomics-reporting.ts'
import type { Asked } from './asked.ts'
import { readVariant } from './asked-variant.ts'
import { derivedFrom, isCoded } from './component.ts'
import { type Parameter, type Parameters, parameters } from './genomics-data.ts'
import { holds, isHaplotype, isOfGene } from './haplotype.ts'
import {
  type AskedRange,
  readRange,
  sameVariants,
  structuralIntersecting,
  structuralSubsuming,
  variantsIn,
} from './place.ts'
import type { StoredVariant } from './stored-variant.ts'
import type { SubjectView } from './subject.ts'

/** One operation on one person (Genomics Reporting IG STU3, "Genomics Operations"). */
export type SubjectOperation = (asked: Asked, view: SubjectView) => Parameters

/** $find-subject-variants: simple variants that touch each range. */
export const subjectVariants: SubjectOperation = (asked, view) => {
  const phasing = asked.flag('includePhasing')
  return byRange(asked, view, variantsIn, (found) => {
    if (!phasing) return []
    const references = new Set(found.map((one) => one.reference))
    return view.observations
      .filter(
        (one) =>
          isCoded(one, GENOMIC.sequencePhaseRelationship) &&
          derivedFrom(one).every((its) => references.has(its)),
      )
      .map((resource) => ({ name: 'sequencePhaseRelationship', resource }))
  })
}

/** $find-subject-structural-intersecting-variants. */
export const subjectStructuralIntersecting: SubjectOperation = (asked, view) =>
  byRange(asked, view, structuralIntersecting, () => [])

/** $find-subject-structural-subsuming-variants. */
export const subjectStructuralSubsuming: SubjectOperation = (asked, view) =>
  byRange(asked, view, structuralSubsuming, () => [])

type InRange = (
  range: AskedRange,
  variants: readonly StoredVariant[],
  assemblies: SubjectView['genome']['assemblies'],
) => readonly StoredVariant[]

function byRange(
  asked: Asked,
  view: SubjectView,
  find: InRange,
  more: (found: readonly StoredVariant[]) => readonly Parameter[],
): Parameters {
  const include = asked.flag('includeVariants')
  const ranges = asked.required('ranges').map((text) => readRange(text, view.genome.assemblies))
  return parameters(
    ranges.map((range) => {
      const found = find(range, view.variants, view.genome.assemblies)
      return {
        name: 'variants',
        part: [
          { name: 'rangeItem', valueString: range.text },
          { name: 'presence', valueBoolean: found.length > 0 },
          ...(include ? found.map(({ resource }) => ({ name: 'variant', resource })) : []),
          ...more(found),
        ],
      }
    }),
  )
}

/** $find-subject-specific-variants: whether the person has each variant, however it is written. */
export const subjectSpecificVariants: SubjectOperation = (asked, view) =>
  parameters(
    asked.required('variants').map((text) => {
      const found = sameVariants(readVariant(text, view.genome), view.variants, view.genome)
      return {
        name: 'variants',
        part: [
          { name: 'variantItem', valueString: text },
          { name: 'presence', valueBoolean: found.length > 0 },
          ...found.map(({ resource }) => ({ name: 'variant', resource })),
        ],
      }
    }),
  )

const named = (one: Parameter['resource']) => (isCoded(one!, GENOMIC.genotype) ? 'genotype' : 'haplotype')

/** $find-subject-haplotypes: genotypes and haplotypes of each gene. */
export const subjectHaplotypes: SubjectOperation = (asked, view) =>
  parameters(
    asked.required('genes').map((gene) => ({
      name: 'haplotypes',
      part: [
        { name: 'geneItem', valueString: gene.slice(gene.lastIndexOf('|') + 1) },
        ...view.observations
          .filter((one) => isHaplotype(one) && isOfGene(one, gene))
          .map((resource) => ({ name: named(resource), resource })),
      ],
    })),
  )

/** $find-subject-specific-haplotypes: whether the person has each haplotype, diplotype or allele. */
export const subjectSpecificHaplotypes: SubjectOperation = (asked, view) =>
  parameters(
    asked.required('haplotypes').map((haplotype) => {
      const found = view.observations.filter((one) => isHaplotype(one) && holds(one, haplotype))
      return {
        name: 'haplotypes',
        part: [
          { name: 'haplotypeItem', valueString: haplotype },
          { name: 'presence', valueBoolean: found.length > 0 },
          ...found.map((resource) => ({ name: named(resource), resource })),
        ],
      }
    }),
  )
