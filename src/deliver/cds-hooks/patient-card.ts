import type { DrugAdvice, DrugDrugGene } from '../../decide/plan.ts'
import { aboutAdvice } from './advice-card.ts'
import { type BuiltCard, type CardContext, finishedCard, footer } from './built-card.ts'
import { plain } from './markdown.ts'
import { OVERRIDE_REASONS } from './override-reason.ts'
import { summaryOf } from './summary.ts'

type Loud = { readonly severity: 'critical' | 'warning' }

/**
 * The one card of patient-view: drugs now taken that the genotype speaks against, most harmful first.
 * Opening a chart is not a decision, so only serious harm is told, and in one card.
 */
export function patientCards(context: CardContext): readonly BuiltCard[] {
  const drugs = context.plan.drugs.filter(
    (one): one is DrugAdvice & Loud => one.status === 'taking' && isLoud(one.severity),
  )
  const interactions = context.plan.interactions.filter((one): one is DrugDrugGene & Loud =>
    isLoud(one.severity),
  )
  if (drugs.length + interactions.length === 0) return []
  const names = [
    ...new Set([...drugs.map((one) => one.drug.name), ...interactions.map((one) => one.affected.name)]),
  ]
  const lines = [
    ...drugs.map((one) => `**${plain(one.drug.name)}**: ${plain(one.headline)}`),
    ...interactions.map((one) => plain(one.sentence)),
  ]
  const packs = [
    ...drugs.flatMap((its) => its.recommendations.map((said) => said.citation.pack)),
    ...interactions.flatMap((its) => its.sources.map((source) => source.pack)),
  ]
  const critical = [...drugs, ...interactions].some((one) => one.severity === 'critical')
  const one = finishedCard(
    context,
    {
      summary: summaryOf(`Genotype speaks against ${names.join(', ')} as now taken`),
      detail: [lines.map((line) => `- ${line}`).join('\n'), ...footer(context, packs)].join('\n\n'),
      indicator: critical ? 'critical' : 'warning',
      source: {
        label: 'Garrod pharmacogenomics',
        topic: {
          system: 'urn:garrod:cds-topics',
          code: 'medication-list',
          display: 'Medication list review',
        },
      },
      overrideReasons: OVERRIDE_REASONS,
    },
    aboutAdvice(drugs),
  )
  return [one]
}

function isLoud(severity: DrugAdvice['severity']): severity is Loud['severity'] {
  return severity === 'critical' || severity === 'warning'
}
