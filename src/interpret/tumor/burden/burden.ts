import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import type { BurdenScheme, MutationalBurden, ReportedBurden } from '../../finding/tumor-scores.ts'
import { poissonInterval } from '../statistics/poisson-interval.ts'
import { type BurdenCount, countBurden, type Floors, hasMatchedNormal } from './count.ts'

/** How the burden of an assay translates to the scale of the test that the cut is of: intercept + slope x burden. */
export interface Calibration {
  readonly assay: string
  readonly slope: number
  readonly intercept: number
  readonly source: string
}

export interface BurdenOptions {
  readonly scheme?: BurdenScheme
  readonly floors?: Partial<Floors>
  readonly calibrations?: readonly Calibration[]
}

type Counted = MutationalBurden['counted']

/**
 * The mutational burden against the cut of the approval. A documented value of the laboratory goes before the count. A count answers only where
 * its interval lies on one side of the cut, and without calibration only where it lies far from it.
 */
export function mutationalBurden(
  profile: TumorProfile,
  facts: ScoreFacts,
  options: BurdenOptions = {},
): MutationalBurden {
  const cut = facts.threshold('burden-cut')
  const scheme = options.scheme ?? 'coding'
  const count = countBurden(profile, facts, scheme, options.floors ?? {})
  const counted = perMegabase(profile, count, scheme, options.calibrations ?? [])
  const side = sideOf(counted, count, facts)
  const alone = hasMatchedNormal(profile) !== true
  const reported = reportedBurdens(profile, cut)
  const documented = reported.filter(({ assay }) => assay !== undefined)
  const states = new Set(documented.map(({ state }) => state))
  const fromLaboratory = documented.length > 0
  const state = !fromLaboratory ? side.state : states.size === 1 ? [...states][0]! : 'indeterminate'
  return {
    state,
    from: fromLaboratory ? 'laboratory' : side.state === 'unknown' ? undefined : 'counted',
    cut,
    reported,
    counted,
    because: [
      ...reported.map(
        (one) =>
          `The laboratory reports ${one.perMegabase} mutations per megabase${one.assay === undefined ? ', by a test that it does not name' : ` by ${one.assay}`}.`,
      ),
      ...(states.size > 1 ? ['Two documented tests lie on different sides of the cut; both are shown.'] : []),
      ...side.because,
      ...(alone && counted.events.most > 0
        ? [
            'Without a matched normal rare inherited variants may be counted, or somatic ones left out: less sure.',
          ]
        : []),
      `The cut is ${facts.cited('burden-cut')}.`,
      ...(fromLaboratory && side.state !== 'unknown' && side.state !== state
        ? [
            `Counted from the calls it would be ${words(side.state)}: both are shown, and the documented test goes first.`,
          ]
        : []),
    ],
    missing: fromLaboratory
      ? []
      : [...side.missing, ...(reported.length > 0 ? ['the name of the test that the laboratory used'] : [])],
    wouldChange:
      state === 'high' || state === 'not-high'
        ? []
        : [
            ...(counted.events.least === counted.events.most ? [] : ['calls that tell what is missing']),
            'a burden by the test of the approval, or a calibration of this assay against it',
          ],
  }
}

function reportedBurdens({ markers }: TumorProfile, cut: number): ReportedBurden[] {
  return (markers ?? []).flatMap((marker) =>
    marker.kind === 'mutational-burden'
      ? [
          {
            perMegabase: marker.perMegabase,
            assay: marker.assay,
            specimen: marker.specimen,
            state: marker.perMegabase >= cut ? ('high' as const) : ('not-high' as const),
          },
        ]
      : [],
  )
}

function perMegabase(
  { assay }: TumorProfile,
  { least, most, leftOut }: BurdenCount,
  scheme: BurdenScheme,
  calibrations: readonly Calibration[],
): Counted {
  const megabases = assay?.codingMegabases
  const known = megabases !== undefined && megabases > 0
  const interval = known
    ? { low: poissonInterval(least).low / megabases, high: poissonInterval(most).high / megabases }
    : undefined
  const row = calibrations.find((one) => one.assay === assay?.name)
  return {
    scheme,
    events: { least, most },
    megabases,
    perMegabase: known ? least / megabases : undefined,
    interval,
    calibrated:
      interval === undefined || row === undefined
        ? undefined
        : {
            low: Math.max(0, row.intercept + row.slope * interval.low),
            high: row.intercept + row.slope * interval.high,
            source: row.source,
          },
    leftOut,
  }
}

interface Side {
  readonly state: MutationalBurden['state']
  readonly because: readonly string[]
  readonly missing: readonly string[]
}

function sideOf(counted: Counted, count: BurdenCount, facts: ScoreFacts): Side {
  const { interval, calibrated, megabases, events } = counted
  if (interval === undefined || megabases === undefined)
    return {
      state: 'unknown',
      because: [
        'How many coding megabases the assay read is not known, so calls cannot be counted per megabase.',
      ],
      missing: ['coding megabases that the assay read', ...count.missing],
    }
  const { least, most } = events
  const range = `${shown(interval.low)} to ${shown(interval.high)}`
  const because = [
    `${least === most ? least : `${least} to ${most}`} events (${SCHEME[counted.scheme]}) in ${megabases} Mb: ${least === most ? `${shown(least / megabases)} per megabase, 95 % interval ${range}` : `between ${range} per megabase`}.`,
    ...(megabases < facts.threshold('burden-small-panel')
      ? [`The panel reads less than ${facts.threshold('burden-small-panel')} Mb: its burden is coarse.`]
      : []),
  ]
  const { low, high } = calibrated ?? interval
  const cut = facts.threshold('burden-cut')
  // Burdens of two assays differ by a factor, so it is the burden itself that must lie far from the cut, and all of its interval beyond it.
  const margin = calibrated === undefined ? facts.threshold('burden-margin') : 0
  if (calibrated !== undefined)
    because.push(
      `On the scale of the test of the cut: ${shown(low)} to ${shown(high)} (${calibrated.source}).`,
    )
  const state =
    low >= cut && least / megabases >= cut * margin
      ? 'high'
      : high < cut && (margin === 0 || most / megabases < cut / margin)
        ? 'not-high'
        : undefined
  if (state !== undefined) {
    if (calibrated === undefined)
      because.push(
        'The assay is not calibrated against the test of the cut; the burden lies far enough from it to tell the side.',
      )
    return { state, because, missing: [] }
  }
  if (least !== most) {
    if (high < cut)
      because.push(
        'Even if every call counted it would be below the cut, but too near to it for an assay that is not calibrated.',
      )
    return { state: 'unknown', because, missing: count.missing }
  }
  because.push(
    low < cut && high >= cut
      ? 'The interval spans the cut.'
      : 'The assay is not calibrated against the test of the cut, and the burden lies too near to it to tell the side.',
  )
  return { state: 'indeterminate', because, missing: [] }
}

const SCHEME: Readonly<Record<BurdenScheme, string>> = {
  coding: 'coding, silent ones included',
  'coding-non-silent': 'coding, not silent, canonical splice sites included',
  missense: 'missense only',
}

function words(state: MutationalBurden['state']): string {
  return state === 'not-high' ? 'not high' : state
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1)
}
