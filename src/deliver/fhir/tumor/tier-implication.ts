import type { AmpFinding, TieredAlteration, TierStatement } from '../../../interpret/finding/amp-tier.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import { loinc, question, tbd } from '../code.ts'
import { observation, type ReportContext } from '../report-context.ts'
import type { CodeableConcept, Component, Observation, Reference } from '../resource.ts'

/** Answers of LOINC list LL539-8 that say how a tumour takes a drug; other effects are told in words. */
const EFFECTS: Readonly<Record<string, CodeableConcept>> = {
  sensitivity: loinc('LA6677-4', 'Responsive'),
  resistance: loinc('LA6676-6', 'Resistant'),
}

/**
 * What one alteration means for treatment (therapeutic-implication), or for diagnosis and outlook (diagnostic-implication), with
 * tier and level by AMP/ASCO/CAP 2017, its evidence and what disputes it.
 */
export function tierImplication(
  context: ReportContext,
  { diagnosis }: AmpFinding,
  alteration: TieredAlteration,
  statement: TierStatement,
  derivedFrom: readonly Reference[],
): Observation {
  const therapeutic = statement.role === 'therapeutic'
  const name = therapeutic ? 'therapeutic-implication' : 'diagnostic-implication'
  return observation(context, name, tbd(name), {
    derivedFrom,
    note: notesOf(statement),
    component: [
      ...(therapeutic
        ? statement.therapies.map((one) =>
            component(GENOMIC.medicationAssessed, 'Medication assessed', { text: one }),
          )
        : []),
      ...(therapeutic
        ? [
            {
              code: tbd('therapeutic-implication'),
              valueCodeableConcept: EFFECTS[statement.effect] ?? { text: wordsOf(statement.effect) },
            },
          ]
        : []),
      component(GENOMIC.clinicalSignificance, 'Clinical significance', { text: tierWords(statement) }),
      component(GENOMIC.evidenceLevel, 'Level of evidence', { text: levelWords(statement) }),
      component(GENOMIC.predictedPhenotype, therapeutic ? 'For which disease' : 'Predicted phenotype', {
        text: diagnosis.text,
      }),
      { code: tbd('conclusion-string'), valueString: conclusionOf(alteration, statement) },
    ],
  })
}

/** "Tier I, level A". */
function tierWords({
  tier,
  level,
}: Pick<TierStatement, 'tier'> & { readonly level: string | undefined }): string {
  return level === undefined ? `Tier ${tier}` : `Tier ${tier}, level ${level}`
}

/** "BRAF V600E: sensitivity to dabrafenib and trametinib (Tier I, level A)". */
export function conclusionOf({ name }: TieredAlteration, statement: TierStatement): string {
  const what = statement.therapies.length === 0 ? '' : ` to ${statement.therapies.join(' and ')}`
  return `${name}: ${wordsOf(statement.effect)}${what} (${tierWords(statement)})`
}

function levelWords({ tier, level, basis, supports, disputes }: TierStatement): string {
  const count = (items: readonly unknown[], what: string) =>
    items.length === 0 ? [] : [`${items.length} ${what}`]
  return [
    `AMP/ASCO/CAP 2017: ${tierWords({ tier, level })}`,
    ...(basis === 'none' ? [] : [`by ${basis}`]),
    ...count(supports, 'items of evidence for it'),
    ...count(disputes, 'against it'),
  ].join(', ')
}

function notesOf(statement: TierStatement): { readonly text: string }[] {
  const items = (uses: TierStatement['supports']) =>
    uses.map(({ id, level, source }) => `${id} (${level}, ${source})`).join('; ')
  return [
    ...statement.why,
    ...(statement.approvals.length === 0
      ? []
      : [`Labels: ${statement.approvals.map(({ id, agency }) => `${id} (${agency})`).join(', ')}.`]),
    ...(statement.supports.length === 0 ? [] : [`For it: ${items(statement.supports)}.`]),
    ...(statement.disputes.length === 0 ? [] : [`Against it: ${items(statement.disputes)}.`]),
    ...statement.contradictions.map((one) => `Contradicted: ${one}`),
    ...statement.wouldChange.map((one) => `Would change it: ${one}`),
  ].map((text) => ({ text }))
}

const wordsOf = (effect: string) => effect.replaceAll('-', ' ')

function component(code: string, text: string, value: CodeableConcept): Component {
  return { code: question(code, text), valueCodeableConcept: value }
}
