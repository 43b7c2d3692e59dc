import type { VerdictWord } from '../../decide/enrol/ruling.ts'
import { type BuiltCard, type CardContext, finishedCard } from './built-card.ts'
import { plain } from './markdown.ts'
import { OVERRIDE_REASONS } from './override-reason.ts'
import { summaryOf } from './summary.ts'

/** One trial as a card tells it. */
export interface CardTrial {
  readonly protocol: string
  readonly name: string
  /** Id and version of its ResearchStudy: feedback is counted by it. */
  readonly version: string
  readonly verdict: VerdictWord
  readonly site: string | undefined
  /** What is missing, each with the least test that settles it. */
  readonly missing: readonly { readonly what: string; readonly settledBy: string | undefined }[]
  readonly met: number
}

/** Lines of one card. */
const MOST = 5
/** With more than this missing a trial is a wish, not a match. */
const MOST_MISSING = 3

/** Trials that a card is worth: met, or met in part and open to a few data. All others are silence. */
function worthTelling({ verdict, missing, met }: CardTrial): boolean {
  return verdict === 'met' || (verdict === 'unknown' && met > 0 && missing.length <= MOST_MISSING)
}

/** The one card about trials; none when there is nothing to tell. Opening a chart is no decision, so it only informs. */
export function trialCards(
  context: Pick<CardContext, 'service' | 'hookInstance' | 'patientId' | 'pageUrl'>,
  trials: readonly CardTrial[],
  made: string,
): readonly BuiltCard[] {
  const told = trials.filter(worthTelling)
  if (told.length === 0) return []
  const fits = told.filter(({ verdict }) => verdict === 'met').length
  const shown = told.slice(0, MOST)
  const more = told.length - shown.length
  const card = finishedCard(
    context,
    {
      summary: summaryOf(summaryWords(fits, told.length - fits)),
      detail: [
        shown.map(lineOf).join('\n'),
        ...(more > 0 ? [`And ${more} more on the page.`] : []),
        'A site decides who is enrolled: every criterion is to be checked there.',
        `_${plain(made)}_`,
      ].join('\n\n'),
      indicator: 'info',
      source: {
        label: 'Garrod trials',
        topic: { system: 'urn:garrod:cds-topics', code: 'trial-match', display: 'Clinical trials' },
      },
      overrideReasons: OVERRIDE_REASONS,
    },
    {
      rules: told.map(({ protocol, version }) => ({ rule: `trial:${protocol}`, pack: version })),
      drugs: [],
      genes: [],
    },
    'Open the trials of this person',
  )
  return [card]
}

function summaryWords(fits: number, possible: number): string {
  const trials = (count: number) => `${count} ${count === 1 ? 'trial' : 'trials'}`
  if (fits === 0) return `${trials(possible)} may fit: something is missing`
  return possible === 0
    ? `${trials(fits)} may be entered`
    : `${trials(fits)} may be entered, ${possible} more may fit`
}

function lineOf({ name, verdict, site, missing }: CardTrial): string {
  const where = site === undefined ? '' : `; ${plain(site)}`
  if (verdict === 'met') return `- **${plain(name)}**: every criterion is met${where}`
  const what = missing.map((one) =>
    plain(one.settledBy === undefined ? one.what : `${one.what} (${one.settledBy})`),
  )
  return `- **${plain(name)}**: missing: ${what.join('; ')}${where}`
}
