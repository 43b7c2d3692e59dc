import {
  type ConditionCaution,
  cautionText,
  cautionWeight,
  conditionText,
} from '../../decide/target/condition-cautions.ts'
import type { NotUnderstood, PersonCondition } from '../../record/person-condition.ts'
import { type PackRef, packRefText } from '../../terms/evidence.ts'
import { type BuiltCard, type CardContext, type CardSubject, finishedCard, footer } from './built-card.ts'
import type { Card } from './card.ts'
import { link, plain } from './markdown.ts'
import { CONDITION_OVERRIDE_REASONS } from './override-reason.ts'
import { summaryOf } from './summary.ts'

/** An ordered drug beside the other conditions of the person. */
export interface DrugConditions {
  readonly drug: string
  /** What the label says of conditions that the person has. */
  readonly met: readonly ConditionCaution[]
  /** The same of conditions that the person may have. */
  readonly open: readonly ConditionCaution[]
  /** Conditions of which nobody can say what the label holds: no part of it is carried. */
  readonly unread: readonly PersonCondition[]
  /** Conditions that the label speaks of, in words; empty: of none that is looked at here. */
  readonly speaksOf: readonly string[]
  /** Conditions on record beside tumours. */
  readonly recorded: number
  readonly notUnderstood: readonly NotUnderstood[]
  readonly label: string | undefined
  readonly pack: PackRef
}

/** Whether a card is due for the conditions alone: for one that the label speaks of, one that nobody could read, or one beside a label of which no part is carried. */
export function isToldAlone({ met, open, unread, speaksOf, notUnderstood }: DrugConditions): boolean {
  return (
    met.length + open.length + unread.length > 0 ||
    (speaksOf.length > 0 && notUnderstood.some(({ named }) => !named))
  )
}

/** The card for an ordered cancer drug of which only the person's other conditions have something to tell. */
export function conditionCard(context: CardContext, about: DrugConditions): BuiltCard {
  const { drug, label, pack } = about
  return finishedCard(
    context,
    {
      summary: summaryOf(`${drug}: ${summaryWords(about)}`),
      detail: [
        ...conditionLines(context, about),
        ...(label === undefined ? [] : [`${link('Label', label)}: the one in force decides.`]),
        ...footer(context, [pack]),
      ].join('\n\n'),
      indicator: conditionIndicator(about),
      source: {
        label: 'Labels by Garrod',
        ...(label === undefined ? {} : { url: label }),
        topic: {
          system: 'urn:garrod:cds-topics',
          code: 'label-condition',
          display: 'Conditions in the label of a cancer drug',
        },
      },
      overrideReasons: CONDITION_OVERRIDE_REASONS,
    },
    { rules: conditionRules(about), drugs: [drug], genes: [] },
    'Open the record',
  )
}

/** Boxed warnings and contraindications warn; the rest is told. */
export function conditionIndicator({ met }: DrugConditions): Card['indicator'] {
  return cautionWeight(met) === 2 ? 'warning' : 'info'
}

export function conditionRules({ drug, met, open, unread, pack }: DrugConditions): CardSubject['rules'] {
  const told = new Set([
    ...[...met, ...open].map(({ caution }) => caution.condition),
    ...unread.map((one) => one.key),
  ])
  const keys = told.size === 0 ? ['not-understood'] : [...told]
  return keys.map((key) => ({ rule: `condition-${drug}-${key}`, pack: packRefText(pack) }))
}

/** What the label says of the person's other conditions, and what could not be looked at: never silence where something is unknown. */
export function conditionLines(
  { partHidden }: Pick<CardContext, 'partHidden'>,
  { drug, met, open, unread, speaksOf, recorded, notUnderstood }: DrugConditions,
): string[] {
  if (speaksOf.length === 0)
    return [
      plain(
        `No part of the label of ${drug} on other conditions is carried here${unread.length === 0 ? '' : `: look there for ${unread.map(conditionText).join('; ')}`}.`,
      ),
    ]
  const seen = partHidden === true ? 'that you may see' : 'on record'
  // A label says more than is carried of it.
  const others = `as far as it is carried here: ${speaksOf.join(', ')}`
  const silent =
    recorded === 0
      ? [`Other conditions that the label speaks of (${others}): not known, no condition ${seen}.`]
      : met.length + open.length > 0
        ? []
        : [
            `Other conditions that the label speaks of (${others}): none ${seen}, which does not exclude them.`,
          ]
  return [
    ...met.map((one) => `**${plain(`${cautionText(one)}.`)}**`),
    ...open.map((one) => plain(`Not certain: ${cautionText(one)}.`)),
    ...silent.map(plain),
    ...(notUnderstood.length === 0
      ? []
      : [plain(`Conditions not understood, and not weighed: ${short(notUnderstood)}.`)]),
  ]
}

function summaryWords({ met, open, unread }: DrugConditions): string {
  const [first] = met
  if (first !== undefined) {
    const words = [...new Set(met.map(({ condition }) => condition.words))].join(', ')
    const worst = met.toSorted((a, b) => cautionWeight([b]) - cautionWeight([a]))[0]!.caution
    return `${words} on record; ${WEIGHTS[worst.weight]} of the label`
  }
  const [held] = open
  if (held !== undefined) return `perhaps ${held.condition.words}, of which the label speaks`
  const [unseen] = unread
  return unseen === undefined
    ? 'a condition on record is not understood'
    : `${unseen.words} on record; what the label says of it is not carried here`
}

const WEIGHTS = {
  contraindicated: 'contraindication',
  boxed: 'boxed warning',
  warning: 'warning',
  dose: 'dosage',
} as const

const MOST = 3

function short(all: readonly NotUnderstood[]): string {
  const more = all.length - MOST
  const named = all.slice(0, MOST).map(({ says }) => says)
  return `${named.join('; ')}${more > 0 ? ` and ${more} more` : ''}`
}
