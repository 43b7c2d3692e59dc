import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { type Asked, tokenNames } from './asked.ts'
import { readVariant } from './asked-variant.ts'
import { derivedFrom, subjectOf, values } from './component.ts'
import type { Genome } from './genome.ts'
import { type GenomicsData, type Parameter, type Parameters, parameters } from './genomics-data.ts'
import { holds, isHaplotype } from './haplotype.ts'
import type { ImplicationKind } from './implication.ts'
import { readRange, sameVariants, sequenceOf, structuralIntersecting, structuralSubsuming } from './place.ts'
import { isOfClass } from './source-class.ts'
import { isPresent, type StoredVariant, storedVariant } from './stored-variant.ts'

export const POPULATION_PARAMETERS = ['genomicSourceClass', 'includePatientList'] as const

/** One operation on everybody the caller may see (Genomics Reporting IG STU3, "Genomics Operations"). */
export type PopulationOperation = (asked: Asked, data: GenomicsData, genome: Genome) => Promise<Parameters>

type People = ReadonlySet<string>

/** $find-population-specific-variants: who has each variant; conditions sent apart are to be met by one person. */
export const populationSpecificVariants: PopulationOperation = (asked, data, genome) => {
  asked.required('variants')
  return counted(asked, data, 'variants', 'variantItem', 'variants', (text) =>
    withVariant(text, asked, data, genome),
  )
}

/** $find-population-structural-intersecting-variants. */
export const populationStructuralIntersecting: PopulationOperation = (asked, data, genome) =>
  byRange(asked, data, genome, structuralIntersecting)

/** $find-population-structural-subsuming-variants. */
export const populationStructuralSubsuming: PopulationOperation = (asked, data, genome) =>
  byRange(asked, data, genome, structuralSubsuming)

/** $find-population-specific-haplotypes: who holds each haplotype, diplotype or allele. */
export const populationSpecificHaplotypes: PopulationOperation = async (asked, data) => {
  asked.required('haplotypes')
  const known = await data.withCode([GENOMIC.genotype, GENOMIC.haplotype])
  return counted(asked, data, 'haplotypes', 'haplotypeItem', 'haplotypes', async (text) =>
    peopleOf(known.filter((one) => isHaplotype(one) && holds(one, text))),
  )
}

/** $find-population-tx-implications, -dx-implications, -molecular-consequences: who has all that was asked for. */
export async function populationImplications(
  kind: ImplicationKind,
  asked: Asked,
  data: GenomicsData,
  genome: Genome,
): Promise<Parameters> {
  const conditions: People[] = []
  for (const [parameter, component] of Object.entries(kind.by)) {
    for (const options of asked.conditions(parameter)) {
      const codes = options.map((token) => token.slice(token.lastIndexOf('|') + 1))
      const found = (await data.withCode(kind.codes, codes)).filter((one) =>
        options.some((token) => tokenNames(token, values(one, component))),
      )
      conditions.push(peopleOf(found.filter(isPresent)))
    }
  }
  for (const options of asked.conditions('variants')) {
    const grounds = await Promise.all(options.map((text) => variantsLike(text, asked, data, genome)))
    conditions.push(
      await concluded(
        kind,
        grounds.flat().map((one) => one.reference),
        data,
      ),
    )
  }
  const haplotypes = asked.conditions('haplotypes')
  if (haplotypes.length > 0) {
    const known = await data.withCode([GENOMIC.genotype, GENOMIC.haplotype])
    for (const options of haplotypes) {
      const held = known.filter((one) => isHaplotype(one) && options.some((text) => holds(one, text)))
      conditions.push(
        await concluded(
          kind,
          held.map((one) => `Observation/${one.id}`),
          data,
        ),
      )
    }
  }
  if (conditions.length === 0) conditions.push(peopleOf((await data.withCode(kind.codes)).filter(isPresent)))
  return parameters([await countOf(`${kind.name}s`, [], shared(conditions), asked, data)])
}

/** Whose conclusions rest on one of these. */
async function concluded(
  kind: ImplicationKind,
  references: readonly string[],
  data: GenomicsData,
): Promise<People> {
  if (references.length === 0) return new Set()
  const found = await data.restingOn(references, kind.codes)
  const given = new Set(references)
  return peopleOf(found.filter((one) => isPresent(one) && derivedFrom(one).some((its) => given.has(its))))
}

function byRange(
  asked: Asked,
  data: GenomicsData,
  genome: Genome,
  find: typeof structuralIntersecting,
): Promise<Parameters> {
  asked.required('ranges')
  return counted(asked, data, 'variants', 'rangeItem', 'ranges', async (text) => {
    const range = readRange(text, genome.assemblies)
    const known = await variantsOn(range.sequence.chromosome, asked, data, genome)
    return peopleOf(find(range, known, genome.assemblies).map((one) => one.resource))
  })
}

async function variantsLike(text: string, asked: Asked, data: GenomicsData, genome: Genome) {
  const edits = readVariant(text, genome)
  const on = new Set(edits.map(({ refseq }) => sequenceOf(refseq, genome.assemblies, 'variants').chromosome))
  const known = await Promise.all([...on].map((one) => variantsOn(one, asked, data, genome)))
  return sameVariants(edits, known.flat(), genome)
}

async function withVariant(text: string, asked: Asked, data: GenomicsData, genome: Genome): Promise<People> {
  return peopleOf((await variantsLike(text, asked, data, genome)).map((one) => one.resource))
}

/** Variants of one chromosome, in either assembly. */
async function variantsOn(
  chromosome: string,
  asked: Asked,
  data: GenomicsData,
  genome: Genome,
): Promise<readonly StoredVariant[]> {
  const sequences = (['GRCh37', 'GRCh38'] as const).flatMap(
    (one) => genome.assemblies.of(one, chromosome)?.refseq ?? [],
  )
  const [sourceClass] = asked.all('genomicSourceClass')
  return (await data.withCode([GENOMIC.variant], sequences)).flatMap((one) =>
    isOfClass(one, sourceClass) ? (storedVariant(one) ?? []) : [],
  )
}

/** One answer for each combination of alternatives; conditions that were sent apart are joined by AND. */
async function counted(
  asked: Asked,
  data: GenomicsData,
  name: string,
  itemName: string,
  parameter: string,
  find: (text: string) => Promise<People>,
): Promise<Parameters> {
  const found = new Map<string, People>()
  for (const text of asked.all(parameter)) if (!found.has(text)) found.set(text, await find(text))
  let items: readonly (readonly string[])[] = [[]]
  for (const options of asked.conditions(parameter))
    items = items.flatMap((item) => options.map((one) => [...item, one]))
  const answers: Parameter[] = []
  for (const item of items) {
    const people = shared(item.map((text) => found.get(text)!))
    const label = { name: itemName, valueString: item.join(' AND ') }
    answers.push(await countOf(name, [label], people, asked, data))
  }
  return parameters(answers)
}

async function countOf(
  name: string,
  labels: readonly Parameter[],
  people: People,
  asked: Asked,
  data: GenomicsData,
): Promise<Parameter> {
  const list = asked.flag('includePatientList') ? [...people].sort() : []
  return {
    name,
    part: [
      ...labels,
      { name: 'numerator', valueQuantity: { value: people.size } },
      { name: 'denominator', valueQuantity: { value: await data.people() } },
      ...list.map((valueString) => ({ name: 'subject', valueString })),
    ],
  }
}

function peopleOf(observations: readonly Resource[]): People {
  return new Set(observations.flatMap((one) => subjectOf(one) ?? []))
}

function shared(sets: readonly People[]): People {
  const [first, ...others] = sets
  return new Set([...(first ?? [])].filter((one) => others.every((set) => set.has(one))))
}
