import type { DrugAdvice } from '../../decide/plan.ts'
import { type PackRef, packRefText } from '../../terms/evidence.ts'
import { type BuiltCard, type CardContext, finishedCard, footer, noResult } from './built-card.ts'
import { link, plain } from './markdown.ts'
import type { ResolvedOrder } from './order.ts'
import { OVERRIDE_REASONS } from './override-reason.ts'
import { summaryOf } from './summary.ts'

/** A gene that should be known before a drug, and who says so. */
interface AskedBefore {
  readonly genes: readonly string[]
  readonly why: string
  readonly settledBy: string
  readonly source: string
  readonly url: string
}

/**
 * One card for each ordered drug before which a gene should be known and no result of it is on record. Where guidelines speak of
 * what is known, or ask for the test themselves, their card is there already.
 */
export function untestedCards(
  context: CardContext,
  orders: readonly ResolvedOrder[],
  { pack, of }: { readonly pack: PackRef; readonly of: ReadonlyMap<string, AskedBefore> },
): readonly BuiltCard[] {
  const ordered = new Set(
    orders.filter(({ onSkin }) => onSkin !== true).flatMap(({ drugs }) => drugs.map(({ name }) => name)),
  )
  return context.plan.drugs.flatMap((advice) => {
    const asked = of.get(advice.drug.name)
    if (asked === undefined || !ordered.has(advice.drug.name)) return []
    if (advice.state !== 'unknown' || advice.recommendations.some(({ severity }) => severity !== 'none'))
      return []
    return [untestedCard(context, advice, asked, pack)]
  })
}

function untestedCard(
  context: CardContext,
  { drug, missing }: DrugAdvice,
  { genes, why, settledBy, source, url }: AskedBefore,
  pack: PackRef,
): BuiltCard {
  return finishedCard(
    context,
    {
      summary: summaryOf(`${drug.name}: ${noResult(context, `${genes.join(' or ')} result`)}`),
      detail: [
        `Why it matters: ${plain(why)} (${link(source, url)}).`,
        `What settles it: ${plain(settledBy)}.`,
        ...(missing.length > 0 ? [`Not known: ${plain(missing.join('; '))}. Not known is not normal.`] : []),
        ...footer(context, [pack]),
      ].join('\n\n'),
      indicator: 'info',
      source: {
        label: `${source}, by Garrod`,
        url,
        topic: { system: 'urn:garrod:cds-topics', code: 'drug-gene', display: 'Drug-gene interaction' },
      },
      overrideReasons: OVERRIDE_REASONS,
    },
    {
      rules: [{ rule: `test-before-${drug.name}`, pack: packRefText(pack) }],
      drugs: [drug.name],
      genes,
    },
  )
}
