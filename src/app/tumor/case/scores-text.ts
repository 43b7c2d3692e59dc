import type { TumorScores, VariantOrigin } from '../../../interpret/finding/tumor-scores.ts'
import { packRefText } from '../../../terms/evidence.ts'
import { nameOf } from './oncogenicity-section.ts'

/** Variants printed of each list; the document holds all of them. */
const SHOWN = 15

/** The scores of a tumour as a board reads them: the answer first, then why, then what is missing. */
export function scoresText(scores: TumorScores): string {
  const { burden, microsatellites, scars, signatures, origins, haematopoiesis } = scores
  const follow = origins.filter(({ confirm }) => confirm)
  const blood = haematopoiesis.filter(({ state }) => state !== 'not-suspected')
  return [
    'Scores of the whole tumour',
    ...block('Mutational burden', burdenWords(scores), burden),
    ...block('Microsatellites', microsatellites.state, microsatellites),
    ...(microsatellites.advisory === undefined
      ? []
      : [
          `    Advisory, not a test: the calls look ${microsatellites.advisory.looks}. ${microsatellites.advisory.because.join(' ')}`,
        ]),
    ...block('Scars of recombination', scarWords(scores), scars),
    ...block(
      'Mutational signatures',
      signatures.state === 'unknown'
        ? 'unknown'
        : signatures.signatures
            .filter(({ share }) => share >= 0.01)
            .map(
              ({ name, share, low, high }) =>
                `${name} ${percent(share)} (${percent(low)} to ${percent(high)})`,
            )
            .join(', '),
      signatures,
    ),
    ...(follow.length === 0
      ? []
      : [
          `  Perhaps inherited: test blood or saliva, after counselling (${follow.length})`,
          ...listed(
            follow,
            (one) => `${nameOf(one.variant)}: ${[...one.because, ...missing(one.missing)].join(' ')}`,
          ),
        ]),
    ...clones(origins),
    ...(blood.length === 0
      ? []
      : [
          `  Perhaps from blood cells, not from the tumour (${blood.length})`,
          ...listed(
            blood,
            (one) => `${nameOf(one.variant)}: ${[...one.because, ...missing(one.missing)].join(' ')}`,
          ),
        ]),
    `  Thresholds ${scores.facts.map(packRefText).join(', ')}; each with its source.`,
  ].join('\n')
}

function burdenWords({ burden: { state, from, counted } }: TumorScores): string {
  const value =
    counted.perMegabase === undefined || counted.events.least !== counted.events.most
      ? ''
      : `, ${counted.perMegabase.toFixed(1)} per megabase counted`
  return `${state.replace('-', ' ')}${from === 'laboratory' ? ' by the laboratory' : value}`
}

function scarWords({ scars: { state, sum, cut } }: TumorScores): string {
  if (sum === undefined) return 'unknown'
  return `sum ${sum}, ${state === 'indeterminate' ? `not comparable with the cut of ${cut}` : `${state} the cut of ${cut} of the approved test`}`
}

function block(
  title: string,
  answer: string,
  { because, missing: lacking, wouldChange }: Pick<VariantOrigin, 'because' | 'missing' | 'wouldChange'>,
): string[] {
  return [
    `  ${title}: ${answer}`,
    ...[
      ...because,
      ...missing(lacking),
      ...(wouldChange.length === 0 ? [] : [`Would change it: ${wouldChange.join('; ')}.`]),
    ].map((line) => `    ${line}`),
  ]
}

function missing(what: readonly string[]): string[] {
  return what.length === 0 ? [] : [`Missing: ${what.join('; ')}.`]
}

function listed<T>(all: readonly T[], line: (one: T) => string): string[] {
  return [
    ...all.slice(0, SHOWN).map((one) => `    ${line(one)}`),
    ...(all.length > SHOWN ? [`    ${all.length - SHOWN} more: --json.`] : []),
  ]
}

/** How many of the changes lie in all tumour cells; silent where no share of cells could be told. */
function clones(origins: readonly VariantOrigin[]): string[] {
  const told = origins.filter(({ cellFraction, state }) => cellFraction !== undefined && state !== 'germline')
  if (told.length === 0) return []
  const count = (clonal: boolean | undefined) =>
    told.filter((one) => one.cellFraction!.clonal === clonal).length
  return [
    `  Clonality of ${told.length} protein changes: ${count(true)} in all tumour cells, ${count(false)} in a part, ${count(undefined)} not told by the reads`,
  ]
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
