import { adviceCard } from './advice-card.ts'
import { type BuiltCard, type CardContext, finishedCard, footer } from './built-card.ts'
import { interactionCard } from './interaction-card.ts'
import { plain } from './markdown.ts'
import type { ResolvedOrder } from './order.ts'
import { OVERRIDE_REASONS } from './override-reason.ts'
import type { DrugNamed } from './suggestion.ts'
import { summaryOf } from './summary.ts'

/**
 * Cards of order-select and order-sign: one for each order that the genotype speaks against, in the plan's order of
 * harm, then one for each drug already taken that an ordered drug would make useless or harmful.
 */
export function orderCards(
  context: CardContext,
  orders: readonly ResolvedOrder[],
  drugNamed: DrugNamed,
): readonly BuiltCard[] {
  const cards: BuiltCard[] = []
  for (const advice of context.plan.drugs) {
    for (const order of orders) {
      if (!order.drugs.some((drug) => drug.name === advice.drug.name)) continue
      const card = adviceCard(context, order, advice, drugNamed)
      if (card !== undefined) cards.push(card)
    }
  }
  const ordered = new Set(orders.flatMap((order) => order.drugs.map((drug) => drug.name)))
  for (const one of context.plan.interactions) {
    if (!ordered.has(one.by.name) || ordered.has(one.affected.name)) continue
    const card = interactionCard(context, one)
    if (card !== undefined) cards.push(card)
  }
  return cards
}

/**
 * The card that says why nothing was checked: no advice is given, and the prescriber is told, because silence would
 * read as "checked". `what` names the contradiction, `mend` what to do.
 */
export function doubtCard(context: CardContext, what: string, mend: string): BuiltCard {
  return finishedCard(
    context,
    {
      summary: summaryOf(`Not checked against the genotype: ${what}`),
      detail: [plain(what), plain(mend), ...footer(context, [])].join('\n\n'),
      indicator: 'warning',
      source: {
        label: 'Garrod pharmacogenomics',
        topic: { system: 'urn:garrod:cds-topics', code: 'not-checked', display: 'Not checked' },
      },
      overrideReasons: OVERRIDE_REASONS,
    },
    { rules: [], drugs: [], genes: [] },
  )
}
