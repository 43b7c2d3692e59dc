import * as z from 'zod'
import {
  type Classification,
  CRITERION_CODES,
  type Criterion,
  STRENGTHS,
} from '../../interpret/finding/germline.ts'
import { classificationOf, criterionText, isPathogenic, metOf } from '../../interpret/germline/germline.ts'
import { type AcmgCombining, panelNamed } from '../../knowledge/acmg/combining.ts'
import { Fault } from '../../terms/fault.ts'

const sentence = z.string().trim().max(2_000)

/** One criterion as a scientist assessed it. A criterion that is not named was not assessed. */
const AssessedCriterion = z.strictObject({
  code: z.enum(CRITERION_CODES),
  state: z.enum(['met', 'not-met', 'not-assessed', 'not-used']),
  strength: z.enum(STRENGTHS).optional(),
  because: sentence.default(''),
  facts: z
    .array(z.strictObject({ what: sentence.min(1), source: sentence.default('') }))
    .max(50)
    .default([]),
  missing: z.array(sentence.min(1)).max(20).default([]),
})

/** What a scientist decides about a variant; the class follows from it, and is never sent. */
export const Assessment = z.strictObject({
  criteria: z.array(AssessedCriterion).max(CRITERION_CODES.length).default([]),
  /** Expert panel whose way of combining is used: its id, its name or a gene of it. */
  panel: z.string().trim().min(1).max(200).optional(),
  comment: z.string().trim().max(10_000).default(''),
})
export type Assessment = z.output<typeof Assessment>

/** What one version of a classification holds. */
export interface KeptClassification {
  readonly comment: string
  readonly classification: Classification
}

/**
 * The class that an assessment makes under the rules in force. Throws ACMG_CRITERION_TWICE, ACMG_STRENGTH_MISSING,
 * ACMG_STRENGTH_UNKNOWN, ACMG_REASON_MISSING, ACMG_PANEL_UNKNOWN.
 */
export function classified(assessment: Assessment, rules: AcmgCombining): KeptClassification {
  const panel = assessment.panel === undefined ? undefined : panelNamed(rules, assessment.panel, 'body.panel')
  const order = new Map(CRITERION_CODES.map((code, i) => [code, i]))
  const criteria = assessment.criteria
    .map((one, i): Criterion => {
      check(assessment.criteria, i)
      return { ...one, strength: one.state === 'met' ? one.strength : undefined }
    })
    .sort((a, b) => order.get(a.code)! - order.get(b.code)!)
  return { comment: assessment.comment, classification: classificationOf(criteria, rules, panel) }
}

function check(all: Assessment['criteria'], at: number): void {
  const { code, state, strength, because, facts } = all[at]!
  const where = `body.criteria.${at}`
  if (all.findIndex((one) => one.code === code) !== at)
    throw new Fault(
      'ACMG_CRITERION_TWICE',
      where,
      `${code} is given twice`,
      'A criterion counts once: give it once, with the strength it has here.',
    )
  if (state !== 'met') return
  if (strength === undefined)
    throw new Fault(
      'ACMG_STRENGTH_MISSING',
      `${where}.strength`,
      `${code} is met, and its strength is not said`,
      'Say how much it weighs here.',
    )
  if (strength === 'stand-alone' && isPathogenic(code))
    throw new Fault(
      'ACMG_STRENGTH_UNKNOWN',
      `${where}.strength`,
      `${code} cannot stand alone`,
      'Use very-strong, strong, moderate or supporting.',
    )
  if (because === '' && facts.length === 0)
    throw new Fault(
      'ACMG_REASON_MISSING',
      `${where}.because`,
      `nothing says why ${code} is met`,
      'Say what it rests on: the next reader must be able to check it.',
    )
}

/** "PVS1, PM2_Supporting": the criteria that count. */
export function criteriaText({ criteria }: Classification): string {
  return metOf(criteria).map(criterionText).join(', ')
}
