import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { type Asked, tokenNames } from './asked.ts'
import { readVariant } from './asked-variant.ts'
import { derivedFrom, isCoded, values } from './component.ts'
import { type Parameter, type Parameters, parameters } from './genomics-data.ts'
import { holds, isHaplotype } from './haplotype.ts'
import { readRange, sameVariants, variantsIn } from './place.ts'
import type { SubjectView } from './subject.ts'

/** What kind of conclusion an operation looks for, and what it can be asked by. */
export interface ImplicationKind {
  /** Codes of the Observation; the second is what the reference implementation of the operations writes. */
  readonly codes: readonly string[]
  readonly name: 'implication' | 'consequence'
  /** Parameters, and the component each is compared with. */
  readonly by: Readonly<Record<string, string>>
}

export const TREATMENT: ImplicationKind = {
  codes: ['therapeutic-implication'],
  name: 'implication',
  by: { treatments: GENOMIC.medicationAssessed, conditions: GENOMIC.predictedPhenotype },
}
export const DIAGNOSIS: ImplicationKind = {
  codes: ['diagnostic-implication'],
  name: 'implication',
  by: { conditions: GENOMIC.predictedPhenotype },
}
export const CONSEQUENCE: ImplicationKind = {
  codes: ['molecular-consequence', 'molecular-consequences'],
  name: 'consequence',
  by: { featureConsequences: 'feature-consequence' },
}

/** Whether a conclusion is about what was asked: every condition, each by any of its alternatives. */
function isAbout(observation: Resource, kind: ImplicationKind, asked: Asked): boolean {
  return Object.entries(kind.by).every(([parameter, component]) =>
    asked
      .conditions(parameter)
      .every((options) => options.some((token) => tokenNames(token, values(observation, component)))),
  )
}

/** References of the variants, genotypes and haplotypes asked for; undefined when none were asked for. */
function groundsOf(
  asked: Asked,
  view: Pick<SubjectView, 'observations' | 'variants' | 'genome'>,
): ReadonlySet<string> | undefined {
  const variants = asked.all('variants')
  const ranges = asked.all('ranges')
  const haplotypes = asked.all('haplotypes')
  if (variants.length + ranges.length + haplotypes.length === 0) return undefined
  const { genome } = view
  const found = [
    ...variants.flatMap((text) => sameVariants(readVariant(text, genome), view.variants, genome)),
    ...ranges.flatMap((text) =>
      variantsIn(readRange(text, genome.assemblies), view.variants, genome.assemblies),
    ),
  ].map((one) => one.reference)
  const held = view.observations.filter(
    (one) => isHaplotype(one) && haplotypes.some((token) => holds(one, token)),
  )
  return new Set([...found, ...held.map((one) => `Observation/${one.id}`)])
}

/** $find-subject-tx-implications, -dx-implications, -molecular-consequences: conclusions, and what each rests on. */
export function subjectImplications(kind: ImplicationKind, asked: Asked, view: SubjectView): Parameters {
  const grounds = groundsOf(asked, view)
  const variants = new Map(view.variants.map((one) => [one.reference, one.resource]))
  const genotypes = new Map(
    view.observations.filter(isHaplotype).map((one) => [`Observation/${one.id}`, one]),
  )
  const conclusions: Parameter[] = []
  const restsOn: Parameter[] = []
  const given = new Set<string>()
  for (const observation of view.observations) {
    if (!isCoded(observation, ...kind.codes) || !isAbout(observation, kind, asked)) continue
    const references = derivedFrom(observation)
    if (grounds !== undefined && !references.some((one) => grounds.has(one))) continue
    // A conclusion from a variant of another class, or of another test, is not one of these.
    if (references.length > 0 && !references.some((one) => variants.has(one) || genotypes.has(one))) continue
    conclusions.push({ name: kind.name, resource: observation })
    for (const reference of references) {
      const variant = variants.get(reference)
      if (variant !== undefined && !given.has(reference)) restsOn.push({ name: 'variant', resource: variant })
      given.add(reference)
      // Once for each conclusion, as the reference implementation gives them.
      const genotype = genotypes.get(reference)
      if (genotype !== undefined)
        restsOn.push({
          name: isCoded(genotype, GENOMIC.genotype) ? 'genotype' : 'haplotype',
          resource: genotype,
        })
    }
  }
  return parameters([...conclusions, ...restsOn])
}
