import type { OrderCheck, OrderState } from '../../decide/target/order-check.ts'
import { type PackRef, packRefText } from '../../terms/evidence.ts'
import { type BuiltCard, type CardContext, finishedCard, footer, noResult } from './built-card.ts'
import type { Card } from './card.ts'
import {
  conditionIndicator,
  conditionLines,
  conditionRules,
  type DrugConditions,
  isToldAlone,
} from './condition-card.ts'
import { link, plain } from './markdown.ts'
import { TARGET_OVERRIDE_REASONS } from './override-reason.ts'
import { summaryOf } from './summary.ts'

/** Lines of one card. */
const MOST = 4

/** Only what speaks against the drug warns; a result that is not on record may lie elsewhere. */
const INDICATORS: Readonly<Record<OrderState, Card['indicator']>> = {
  resistant: 'warning',
  absent: 'warning',
  'not-on-record': 'info',
  'other-test': 'info',
  'other-disease': 'info',
  withdrawn: 'warning',
}

/** The card for an ordered targeted drug. `tumour`: what the record calls the tumour; `notes`: what could not be read of it; `conditions`: what the label says of the person's others. */
export function targetCard(
  context: CardContext,
  check: OrderCheck,
  tumour: string | undefined,
  notes: readonly string[],
  pack: PackRef,
  conditions: DrugConditions,
): BuiltCard {
  const { drug, state, label } = check
  const isWarned = isToldAlone(conditions)
  return finishedCard(
    context,
    {
      summary: summaryOf(`${drug}: ${summaryWords(context, check, tumour)}`),
      detail: [
        ...detailOf(context, check, tumour),
        ...conditionLines(context, conditions),
        ...notes.map(plain),
        ...(label === undefined ? [] : [`${link('Label', label)}: the one in force decides.`]),
        ...footer(context, conditions.speaksOf.length === 0 ? [pack] : [pack, conditions.pack]),
      ].join('\n\n'),
      indicator: conditionIndicator(conditions) === 'warning' ? 'warning' : INDICATORS[state],
      source: {
        label: 'Labels by Garrod',
        ...(label === undefined ? {} : { url: label }),
        topic: {
          system: 'urn:garrod:cds-topics',
          code: 'tumour-biomarker',
          display: 'Biomarker of a cancer drug',
        },
      },
      overrideReasons: TARGET_OVERRIDE_REASONS,
    },
    {
      rules: [
        { rule: `biomarker-${drug}-${state}`, pack: packRefText(pack) },
        ...(isWarned ? conditionRules(conditions) : []),
      ],
      drugs: [drug],
      genes: [],
    },
    'Open the record',
  )
}

function summaryWords(
  context: CardContext,
  { state, indications, resistance }: OrderCheck,
  tumour: string | undefined,
): string {
  const asked = short([...new Set(indications.map(({ biomarker }) => biomarker))])
  switch (state) {
    case 'resistant':
      return `${resistance.flatMap(({ found }) => found).join(', ')} on record, which it does not work against`
    case 'absent':
      return `tested, and not there: ${asked}`
    case 'not-on-record':
      return `${noResult(context, 'result')} for ${asked}`
    case 'other-test':
      return `${[...new Set(indications.flatMap(({ found }) => found))].join(', ')}; approved test not documented`
    case 'other-disease':
      return `no approval by biomarker for ${tumour}`
    case 'withdrawn':
      return 'its approval is withdrawn'
  }
}

function detailOf(
  { partHidden }: CardContext,
  { state, indications, resistance }: OrderCheck,
  tumour: string | undefined,
): string[] {
  const shown = indications.slice(0, MOST)
  const more = indications.length - shown.length
  const missing = new Set(indications.flatMap((one) => one.missing))
  const tests = new Set(indications.flatMap(({ approvedTests }) => approvedTests))
  const found = new Set(indications.flatMap((one) => one.found))
  const findings =
    state === 'other-disease' || state === 'withdrawn' || found.size === 0
      ? []
      : [`On record: ${plain([...found].join('; '))}.`]
  const because = resistance.map((one) => `**${plain(`${one.found.join(', ')}: ${one.because}`)}**`)
  const test = indications.find((one) => one.test !== undefined)?.test
  return [
    ...because,
    `Diagnosis on record: ${plain(tumour ?? `none that ${partHidden === true ? 'you may see and that ' : ''}says the type of tumour`)}.`,
    [
      state === 'withdrawn' ? 'Was approved for:' : 'Approved for:',
      ...shown.map(
        ({ text, testRequired, verified }) =>
          `- ${plain(text)}${testRequired ? ' (approved test required)' : ''}${verified ? '' : ' (not verified with the label)'}`,
      ),
      ...(more > 0 ? [`- and ${more} more`] : []),
    ].join('\n'),
    ...findings,
    ...(state === 'not-on-record' && missing.size > 0
      ? [`What settles it: ${plain([...missing].join('; '))}.`]
      : []),
    ...(test === undefined ? [] : [`Test on record: ${plain(test)}.`]),
    ...(tests.size > 0 && state !== 'resistant' && state !== 'other-disease' && state !== 'withdrawn'
      ? [`Approved tests: ${plain(short([...tests], MOST))}.`]
      : []),
  ]
}

/** The first few, and how many more. */
function short(list: readonly string[], most = 3): string {
  const more = list.length - most
  return more > 0 ? `${list.slice(0, most).join('; ')} and ${more} more` : list.join('; ')
}
