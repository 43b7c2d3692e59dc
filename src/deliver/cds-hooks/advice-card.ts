import type { DrugAdvice, Recommendation } from '../../decide/plan.ts'
import { packRefText } from '../../terms/evidence.ts'
import { basisWords, strengthWords } from '../page/advice-words.ts'
import { type BuiltCard, type CardContext, type CardSubject, finishedCard, footer } from './built-card.ts'
import type { Card, Source } from './card.ts'
import { link, plain } from './markdown.ts'
import type { ResolvedOrder } from './order.ts'
import { OVERRIDE_REASONS } from './override-reason.ts'
import { type DrugNamed, suggestionsFor } from './suggestion.ts'
import { summaryOf } from './summary.ts'

/**
 * The card for one drug being ordered, or undefined where a prescriber is not interrupted: nothing to change, no
 * guideline, or nothing known and no guideline that asks for the test first (docs/decisions/0020).
 */
export function adviceCard(
  context: CardContext,
  order: ResolvedOrder,
  advice: DrugAdvice,
  drugNamed: DrugNamed,
): BuiltCard | undefined {
  const { severity } = advice
  if (severity === 'none') return undefined
  const heard = advice.recommendations.filter((one) => one.severity !== 'none')
  if (advice.state === 'unknown' && !heard.some(asksForTest)) return undefined
  const suggestions = suggestionsFor(context, order, advice, drugNamed)
  const [first, ...others] = suggestions
  const draft = {
    summary: summaryOf(headlineOf(advice)),
    detail: detailOf(context, advice, heard),
    indicator: indicatorOf(advice, severity),
    source: sourceOf(heard),
    ...(first === undefined
      ? {}
      : { suggestions: [first, ...others], selectionBehavior: 'at-most-one' as const }),
    overrideReasons: OVERRIDE_REASONS,
  } satisfies Omit<Card, 'uuid'>
  return finishedCard(context, draft, aboutAdvice([{ ...advice, recommendations: heard }]))
}

/** The rules, drugs and genes of advice. */
export function aboutAdvice(advice: readonly Pick<DrugAdvice, 'drug' | 'recommendations'>[]): CardSubject {
  const said = advice.flatMap((one) => one.recommendations)
  return {
    rules: said.map((one) => ({ rule: one.rule, pack: packRefText(one.citation.pack) })),
    drugs: advice.map((one) => one.drug.name),
    genes: [...new Set(said.flatMap((one) => one.basis.map((basis) => basis.gene)))],
  }
}

/** A wish for a test is told, not shouted. */
function indicatorOf(
  advice: DrugAdvice,
  severity: Exclude<DrugAdvice['severity'], 'none'>,
): Card['indicator'] {
  return advice.state === 'unknown' ? 'info' : severity
}

function asksForTest(one: Recommendation): boolean {
  return one.actions.some((action) => action.code === 'TEST_FIRST')
}

function headlineOf({ drug, headline }: DrugAdvice): string {
  return headline.toLowerCase().includes(drug.name) ? headline : `${drug.name}: ${headline}`
}

function detailOf(context: CardContext, advice: DrugAdvice, heard: readonly Recommendation[]): string {
  const bases = new Set(heard.flatMap((one) => one.basis.map(basisWords)))
  const lines = [...bases].map((one) => `**${plain(one)}**`)
  lines.push(heard.map(recommendationLine).join('\n'))
  if (advice.difference !== undefined) lines.push(plain(advice.difference))
  if (advice.missing.length > 0) lines.push(`Not known: ${plain(advice.missing.join('; '))}.`)
  lines.push(
    ...context.plan.interactions
      .filter((one) => one.affected.name === advice.drug.name)
      .map((one) => plain(one.sentence)),
  )
  return [
    ...lines,
    ...footer(
      context,
      heard.map((one) => one.citation.pack),
    ),
  ]
    .filter((line) => line !== '')
    .join('\n\n')
}

function recommendationLine(one: Recommendation): string {
  const who = link(one.source, one.citation.url)
  const asks = one.applies === 'yes' ? '' : ` Not known: ${one.asks.join(', ')}.`
  const some = one.ambiguous === true ? ' Only some of the genotypes that fit the data lead to this.' : ''
  return `- ${who}, ${strengthWords(one.strength)}: ${plain(`${one.doThis} ${one.because}${some}${asks}`)}`
}

/** Publishers by name; the address is that of the first. */
function sourceOf(heard: readonly Recommendation[]): Source {
  const names = [...new Set(heard.map((one) => one.source))]
  const url = heard.find((one) => one.citation.url !== undefined)?.citation.url
  return {
    label: names.length > 0 ? `${names.join(', ')}, by Garrod` : 'Garrod',
    ...(url === undefined ? {} : { url }),
    topic: { system: 'urn:garrod:cds-topics', code: 'drug-gene', display: 'Drug-gene interaction' },
  }
}
