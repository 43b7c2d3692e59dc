import type { DrugDrugGene } from '../../decide/plan.ts'
import type { Mark } from './mark.ts'

/** What one drug does to a gene's enzyme, for one drug or for several that it means the same for. */
export interface InteractionLine {
  readonly mark: Mark
  readonly drugs: string
  readonly gene: string
  readonly sentence: string
  readonly sources: string
}

/**
 * One line for all drugs that the same is said of: of fifty drugs taken together hundreds of pairs meet, and nobody reads
 * hundreds of lines. The order of the plan, most severe first, is kept.
 */
export function interactionLines(interactions: readonly DrugDrugGene[]): readonly InteractionLine[] {
  const groups = new Map<string, { readonly first: DrugDrugGene; readonly names: string[] }>()
  for (const one of interactions) {
    const key = [one.severity, one.by.name, one.gene, withName(one, '…')].join('\n')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { first: one, names: [one.affected.name] })
    else group.names.push(one.affected.name)
  }
  return [...groups.values()].map(({ first, names }) => ({
    mark: first.severity,
    drugs: `${names.length === 1 ? names[0] : `${names.length} drugs`} with ${first.by.name}`,
    gene: first.gene,
    sentence: withName(first, inWords(names)),
    sources: first.sources.map((s) => `${s.name} (${s.strength})`).join(', ') || 'none named',
  }))
}

/** The sentence about others: its second half names the drug, its first half what is done to the enzyme. */
function withName({ sentence, affected }: DrugDrugGene, names: string): string {
  const half = sentence.indexOf(';')
  return sentence.slice(0, half + 1) + sentence.slice(half + 1).replace(affected.name, names)
}

function inWords(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
