import type { DrugDrugGene } from '../../decide/plan.ts'
import { packRefText } from '../../terms/evidence.ts'
import { type BuiltCard, type CardContext, finishedCard, footer } from './built-card.ts'
import { plain } from './markdown.ts'
import { OVERRIDE_REASONS } from './override-reason.ts'
import { summaryOf } from './summary.ts'

/** The card for an ordered drug that changes an enzyme which another drug of the person needs. */
export function interactionCard(context: CardContext, one: DrugDrugGene): BuiltCard | undefined {
  if (one.severity === 'none') return undefined
  const sources = [...new Set(one.sources.map((source) => source.name))]
  const said = one.sources.map((source) => `- ${plain(`${source.name}: ${source.strength}`)}`).join('\n')
  return finishedCard(
    context,
    {
      summary: summaryOf(one.sentence),
      detail: [
        plain(one.sentence),
        said,
        ...footer(
          context,
          one.sources.map((source) => source.pack),
        ),
      ]
        .filter((line) => line !== '')
        .join('\n\n'),
      indicator: one.severity,
      source: {
        label: sources.length > 0 ? `${sources.join(', ')}, by Garrod` : 'Garrod',
        topic: {
          system: 'urn:garrod:cds-topics',
          code: 'drug-drug-gene',
          display: 'Drug-drug-gene interaction',
        },
      },
      overrideReasons: OVERRIDE_REASONS,
    },
    {
      rules: [
        {
          rule: `phenoconversion-${one.by.name}-${one.gene}-${one.affected.name}`,
          pack: [...new Set(one.sources.map((source) => packRefText(source.pack)))].sort().join(', '),
        },
      ],
      drugs: [one.affected.name, one.by.name],
      genes: [one.gene],
    },
  )
}
