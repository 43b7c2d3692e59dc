import type { TargetRanking } from '../../decide/target/option.ts'
import type { AmpFinding } from '../../interpret/finding/amp-tier.ts'
import type { TumorScores } from '../../interpret/finding/tumor-scores.ts'
import type { SettlingTests } from '../../knowledge/trials/settling-test.ts'
import type { PersonConditions } from '../../record/person-condition.ts'
import type { KeptTrialAnswer } from '../trials/person-trials.ts'
import type { ProfileAnswer } from '../tumor/case/profile-answer.ts'
import type { DrugSafety } from './drug-safety.ts'
import { datumOf, type MissingDatum } from './missing-datum.ts'

/** One thing that is not known of a case, and what knowing it would settle. */
export interface MissingData {
  readonly what: string
  /** The least test that would tell, its specimen, and its effort: 0 a question, 2 a stain, 3 one gene, 5 a panel, 6 an exome. */
  readonly test: string | undefined
  readonly specimen: string | undefined
  readonly effort: number | undefined
  /** Treatments, trials and drug warnings that wait for this alone. */
  readonly opens: readonly string[]
  /** Those that wait for something else too. */
  readonly bearsOn: readonly string[]
}

interface Known {
  readonly diagnosis: string | undefined
  readonly conditions: Omit<PersonConditions, 'present'> | undefined
  readonly profile: ProfileAnswer
  readonly scores: TumorScores
  readonly tiers: AmpFinding
  readonly therapies: TargetRanking
  readonly trials: readonly KeptTrialAnswer[]
  readonly safety: DrugSafety
}

/** Everything that is missing, as one list: what opens most first; of equals the least test first. `partlyShown`: the reader does not see all. */
export function missingData(
  known: Known,
  tests: SettlingTests,
  partlyShown: boolean,
): readonly MissingData[] {
  const found = new Map<string, { datum: MissingDatum; opens: Set<string>; bearsOn: Set<string> }>()
  const add = (waits: string, all: readonly MissingDatum[]) => {
    const each = new Map(all.map((one) => [one.key, one]))
    for (const datum of each.values()) {
      const there = found.get(datum.key) ?? { datum, opens: new Set(), bearsOn: new Set() }
      found.set(datum.key, there)
      if (waits !== '') (each.size === 1 ? there.opens : there.bearsOn).add(waits)
    }
  }
  const { open, options } = known.therapies
  for (const { drug, missing, standing } of [...open, ...options])
    if (missing.length > 0 && standing !== 'other-disease')
      add(
        `${drug}${standing === 'open' ? '' : ' (line or setting)'}`,
        missing.map((one) => datumOf(one)),
      )
  for (const trial of known.trials)
    for (const clause of trial.clauses)
      if (clause.verdict === 'unknown')
        add(
          `trial ${trial.nctId ?? trial.protocol}`,
          clause.reasons.flatMap(({ missing, because }) =>
            missing === undefined ? [] : [datumOf(because, missing.datum)],
          ),
        )
  for (const { drug, state, missing } of known.safety.advice)
    if (state === 'unknown' || state === 'partial') add(`safety of ${drug.name}`, missing.map(germlineDatum))
  for (const one of known.tiers.untested.tests) add('', [datumOf(one)])
  for (const one of ownGaps(known)) add(one.waits, [one.datum])
  return [...found.values()]
    .map(({ datum, opens, bearsOn }): MissingData => {
      const test = datum.datum === undefined ? undefined : tests.get(datum.datum)
      return {
        what: partlyShown ? notShown(datum) : datum.what,
        test: test?.test,
        specimen: test === undefined || test.specimen === '' ? undefined : test.specimen,
        effort: test?.effort,
        opens: [...opens].sort(),
        bearsOn: [...bearsOn].filter((one) => !opens.has(one)).sort(),
      }
    })
    .sort(
      (a, b) =>
        b.opens.length - a.opens.length ||
        b.bearsOn.length - a.bearsOn.length ||
        (a.effort ?? 9) - (b.effort ?? 9) ||
        (a.what < b.what ? -1 : 1),
    )
}

/** Nobody who sees a part of the record is told that something was not tested: it may be in the other part. */
function notShown({ what, datum }: MissingDatum): string {
  if (datum === 'diagnosis' || datum === 'coverage' || datum === 'purity') return what
  const tested = /^(\S+): not tested for (.+)$/.exec(what)
  return tested === null
    ? `${what}, as far as the record is shown to you`
    : `${tested[1]}: whether it was tested for ${tested[2]} is not shown to you`
}

/** "DPYD: rs3918290 was not in the file": the gene is what is asked for. */
function germlineDatum(text: string): MissingDatum {
  const gene = /^([A-Z0-9-]+):/.exec(text)?.[1]
  if (gene === undefined) return { key: `germline ${text}`, what: text, datum: undefined }
  return { key: `germline ${gene}`, what: `${gene} of the germline`, datum: 'germline' }
}

/** What no treatment or trial asks for by itself, and all of them rest on. */
function ownGaps({
  diagnosis,
  conditions,
  profile,
  scores,
}: Known): readonly { readonly waits: string; readonly datum: MissingDatum }[] {
  const gaps: { waits: string; datum: MissingDatum }[] = []
  if (diagnosis === undefined)
    gaps.push({
      waits: 'every tier, approval and trial of the disease',
      datum: { key: 'diagnosis', what: 'the diagnosis as a tumour type', datum: 'diagnosis' },
    })
  if (profile.tested.variants === 'unknown')
    gaps.push({
      waits: 'every gene without a result',
      datum: {
        key: 'coverage',
        what: 'which genes the assay read for small variants',
        datum: 'coverage',
      },
    })
  if (conditions !== undefined && conditions.notUnderstood.length > 0)
    gaps.push({ waits: LABELS_OF_OTHERS, datum: notUnderstoodDatum(conditions.notUnderstood) })
  else if (conditions?.recorded === 0)
    gaps.push({
      waits: LABELS_OF_OTHERS,
      datum: {
        key: 'conditions',
        what: 'other conditions of the person: none is on record',
        datum: undefined,
      },
    })
  const weighed = scores.origins.filter(({ missing }) => missing.some((one) => /^purity/.test(one)))
  if (weighed.length > 0)
    gaps.push({
      waits: `whether ${weighed.length} ${weighed.length === 1 ? 'change may be' : 'changes may be'} inherited`,
      datum: { key: 'purity', what: 'the share of tumour cells of the specimen', datum: 'purity' },
    })
  return gaps
}

const LABELS_OF_OTHERS = 'what labels say of other conditions'

/** The first few by name; the situation of the case holds all. */
function notUnderstoodDatum(all: PersonConditions['notUnderstood']): MissingDatum {
  const more = all.length - MOST_NAMED
  const named = all.slice(0, MOST_NAMED).map(({ says }) => says)
  const what = `conditions on record that were not understood: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
  return { key: 'conditions', what, datum: undefined }
}

const MOST_NAMED = 5
