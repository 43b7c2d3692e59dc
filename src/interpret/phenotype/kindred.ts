import type { Profile } from './catalogue.ts'

/** Diseases that speak for one another, by number in the catalogue. */
export interface Kindred {
  /** Orphanet entries of a gene of the disease: the same or a close disease, written down by other people. */
  readonly orphanet: readonly (readonly number[])[]
  /** Ranked diseases of one name apart from a number or letter ("Retinitis pigmentosa 12"), without the disease itself. */
  readonly family: readonly (readonly number[])[]
  /** Other ranked diseases of a gene of the disease. */
  readonly gene: readonly (readonly number[])[]
}

export function kindredOf(profiles: readonly Profile[]): Kindred {
  const byFamily = new Map<string, number[]>()
  const orphanet: number[] = []
  const ofGene = sharingGene(
    profiles,
    profiles.flatMap(({ ranked }, number) => (ranked ? [number] : [])),
  )
  for (const [number, { disease, ranked }] of profiles.entries()) {
    if (disease.id.startsWith('ORPHA:')) orphanet.push(number)
    if (ranked) add(byFamily, familyName(disease.name), number)
  }
  return {
    orphanet: sharingGene(profiles, orphanet),
    gene: ofGene.map((mates, number) => mates.filter((one) => one !== number)),
    family: profiles.map(({ disease, ranked }, number) =>
      ranked ? byFamily.get(familyName(disease.name))!.filter((one) => one !== number) : [],
    ),
  }
}

/** "Bardet-Biedl syndrome 12" and "Bardet-Biedl syndrome 4" are "bardet-biedl syndrome". */
function familyName(name: string): string {
  return name
    .toLowerCase()
    .replace(/;.*$/, '')
    .replace(/[,\s]+(type )?\d+[a-z]*$|[,\s]+[ivx]+[a-z]?$/, '')
    .trim()
}

/** By disease: those of `among` that have a gene of it, each once. */
export function sharingGene(
  profiles: readonly Profile[],
  among: readonly number[],
): readonly (readonly number[])[] {
  const byGene = new Map<string, number[]>()
  for (const number of among)
    for (const { symbol } of profiles[number]!.disease.genes) add(byGene, symbol, number)
  return profiles.map(({ disease, ranked }) =>
    ranked ? [...new Set(disease.genes.flatMap(({ symbol }) => byGene.get(symbol) ?? []))] : [],
  )
}

function add(to: Map<string, number[]>, key: string, value: number): void {
  const list = to.get(key)
  if (list === undefined) to.set(key, [value])
  else list.push(value)
}
