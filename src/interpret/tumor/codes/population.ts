import { shortChange } from '../evidence.ts'
import { type CodeAssessor, met, notAssessed, notMet, notUsed } from './verdict.ts'

type Evidence = Parameters<CodeAssessor>[0]
type Facts = Parameters<CodeAssessor>[1]

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`

/** SBVS1: more than 5 % in a population. Overall frequencies understate the highest one: they can prove a code, not refute it. */
export const sbvs1: CodeAssessor = (evidence, facts) =>
  byName(evidence, facts, facts.threshold('SBVS1')) ??
  frequent(evidence, facts.threshold('SBVS1'), facts.threshold('overall-sure'))

/** SBS1: more than 1 %; what SBVS1 counts is not counted again. */
export const sbs1: CodeAssessor = (evidence, facts) => {
  const found = evidence.population
  if (found !== undefined && found.frequency > facts.threshold('SBVS1'))
    return notUsed('SBVS1 speaks for the same frequency.', [told(found)])
  if (byName(evidence, facts, facts.threshold('SBVS1')) !== undefined)
    return notUsed('SBVS1 speaks for the same frequency.')
  const named = byName(evidence, facts, facts.threshold('SBS1'))
  if (named !== undefined) return named
  return frequent(evidence, facts.threshold('SBS1'), facts.threshold('overall-sure'))
}

/** OP4: absent from controls, or rarer than the threshold. */
export const op4: CodeAssessor = ({ population }, facts) => {
  if (population === undefined) return notAssessed('how frequent the variant is in a population')
  const most = facts.threshold(population.populations ? 'OP4' : 'overall-sure')
  if (population.absent) return met('No record in population controls.', [told(population)])
  if (population.frequency < most)
    return met(`Rarer than ${percent(most)} in population controls.`, [told(population)])
  return !population.populations && population.frequency < facts.threshold('OP4')
    ? notAssessed('the frequency in single populations', [told(population)])
    : notMet(`Not rarer than ${percent(most)} in population controls.`, [told(population)])
}

/** A polymorphism that is known by name, where nobody looked its frequency up. */
function byName({ population, variant }: Evidence, facts: Facts, above: number) {
  const change = population === undefined ? shortChange(variant) : undefined
  const known =
    change === undefined || variant.gene === undefined ? undefined : facts.common(variant.gene, change)
  return known?.frequency !== undefined && known.frequency >= above
    ? met(`More frequent than ${percent(above)}.`, [known])
    : undefined
}

function frequent({ population }: Evidence, above: number, sure: number) {
  if (population === undefined) return notAssessed('how frequent the variant is in a population')
  if (population.frequency > above) return met(`More frequent than ${percent(above)}.`, [told(population)])
  if (!population.populations && population.frequency >= sure)
    return notAssessed('the frequency in single populations', [told(population)])
  return notMet(`Not more frequent than ${percent(above)}.`, [told(population)])
}

function told({ frequency, absent, source }: { frequency: number; absent: boolean; source: string }) {
  return { what: absent ? 'no record' : `frequency ${frequency}`, source }
}
