import type { PgxFinding, Phenoconversion } from '../../interpret/finding.ts'
import type { Guideline } from '../../knowledge/guideline/guideline-rule.ts'
import type { CitedRule } from '../../knowledge/guideline/guidelines.ts'
import type { Citation } from '../../terms/evidence.ts'
import type { GeneBasis, Recommendation } from '../plan.ts'
import { because } from '../sentence/because.ts'
import type { CodeWords } from '../sentence/code-words.ts'
import { doThis, notesOf } from '../sentence/do-this.ts'
import { fits, type Person } from './population-fit.ts'
import { type MatchedGene, matchRules } from './rule-match.ts'

/** One person, as recommendations see them. */
export interface Prescribing {
  readonly findings: ReadonlyMap<string, PgxFinding>
  readonly person: Person
  readonly words: CodeWords
}

/**
 * Every published recommendation for one drug that holds for this person, guideline by guideline. Those meant for other
 * people are left out; those of which that is not known are kept and name what to find out.
 * `rules` are the drug's; `exposure` is whether the person has taken it before.
 */
export function prescribe(
  drug: string,
  rules: readonly CitedRule[],
  { findings, person, words }: Prescribing,
  exposure?: 'naive' | 'established',
): Recommendation[] {
  const byGuideline = Map.groupBy(rules, (cited) => `${cited.pack.id} ${cited.guideline.id}`)
  return [...byGuideline.values()].flatMap((cited) => {
    const indications = new Set(
      cited.flatMap(({ rule }) => [...(rule.population.indication ?? []), rule.population.code]),
    )
    const matches = matchRules(
      cited.map((one) => ({ ...one.rule, cited: one })),
      findings,
      drug,
    )
    return matches.flatMap(({ rule, genotypes, ambiguous }): Recommendation[] => {
      const fit = fits(rule.population, person, drug, exposure, indications)
      if (fit.is === 'no') return []
      const basis = basisOf(genotypes)
      const notes = notesOf(rule.actions, words)
      return [
        {
          rule: rule.id,
          source: rule.cited.guideline.source,
          population: rule.population,
          applies: fit.is,
          asks: fit.is === 'unknown' ? fit.asks : [],
          basis,
          ...(ambiguous ? { ambiguous } : {}),
          actions: rule.actions,
          effects: rule.effects,
          strength: rule.strength,
          severity: rule.interrupt,
          doThis: doThis({ actions: rule.actions, drug, population: rule.population }, words),
          because: because(rule.effects, basis, words),
          ...(notes.length > 0 ? { notes } : {}),
          citation: citationOf(drug, rule.cited),
        },
      ]
    })
  })
}

/** What each gene of the rule was looked up with; several genotypes that lead to one rule are joined with "or". */
function basisOf(genotypes: readonly (readonly MatchedGene[])[]): GeneBasis[] {
  const first = genotypes[0] ?? []
  return first.map((_, place) => {
    const all = genotypes.map((genotype) => genotype[place]!)
    return {
      gene: all[0]!.key.gene,
      result: either(all.map(resultOf)) ?? '',
      phenotype: either(all.map(({ key }) => key.phenotype)),
      activityScore: either(all.map(({ key }) => key.activityScore)),
      convertedBy: distinctDrugs(all.flatMap(({ key }) => key.convertedBy)),
    }
  })
}

function resultOf({ key, met }: MatchedGene): string {
  return key.noResult ? 'no result' : (key.diplotype ?? met)
}

function either(values: readonly (string | undefined)[]): string | undefined {
  const distinct = [...new Set(values.filter((value) => value !== undefined))]
  return distinct.length === 0 ? undefined : distinct.join(' or ')
}

function distinctDrugs(all: readonly Phenoconversion[]): Phenoconversion[] {
  return [...new Map(all.map((one) => [one.by.drug, one])).values()]
}

function citationOf(drug: string, { guideline, pack }: CitedRule): Citation {
  return {
    source: guideline.source,
    title: titleOf(drug, guideline),
    version: guideline.version,
    url: guideline.url,
    pmids: guideline.pmids,
    pack,
  }
}

function titleOf(drug: string, { source, genes }: Guideline): string {
  const named = genes.length > 1 ? `${genes.slice(0, -1).join(', ')} and ${genes.at(-1)}` : genes[0]
  switch (source) {
    case 'FDA label':
      return `US label of ${drug}${named === undefined ? '' : ` (${named})`}`
    case 'FDA PGx table':
      return `FDA table of pharmacogenetic associations: ${drug}${named === undefined ? '' : ` and ${named}`}`
    default:
      return `${source} guideline for ${drug}${named === undefined ? '' : ` and ${named}`}`
  }
}
