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
 * The card for an order whose code and name mean different drugs: no advice is given on either, and the prescriber is
 * told, because one of the two is about to be dispensed. `what` says which drugs.
 */
export function doubtCard(context: CardContext, what: string): BuiltCard {
  return finishedCard(
    context,
    {
      summary: summaryOf(`Order not checked against the genotype: ${what}`),
      detail: [
        plain(what),
        'Correct the order; no pharmacogenetic advice is given until its code and name agree.',
        ...footer(context),
      ].join('\n\n'),
      indicator: 'warning',
      source: {
        label: 'Garrod pharmacogenomics',
        topic: { system: 'urn:garrod:cds-topics', code: 'order-doubt', display: 'Order cannot be read' },
      },
      overrideReasons: OVERRIDE_REASONS,
    },
    [],
  )
}
