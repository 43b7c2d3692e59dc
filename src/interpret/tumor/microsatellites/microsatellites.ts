import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import type { MicrosatelliteFact, Microsatellites } from '../../finding/tumor-scores.ts'
import { microsatelliteAdvisory } from './advisory.ts'

const RESULT = { high: 'MSI-H', low: 'MSI-L', stable: 'MSS' } as const

/**
 * What was tested of mismatch repair and microsatellites. Immunohistochemistry, PCR and sequencing are three facts: where they differ, the
 * answer is "discordant" and each is shown. The advisory from calls never makes the answer.
 */
export function microsatellites(profile: TumorProfile, facts: ScoreFacts): Microsatellites {
  const found = statedFacts(profile, facts)
  const kinds = new Set(found.map(({ means }) => means))
  const state = kinds.size === 0 ? 'unknown' : kinds.size === 2 ? 'discordant' : [...kinds][0]!
  const advisory = microsatelliteAdvisory(profile, facts)
  const hint = 'missing' in advisory ? undefined : advisory
  return {
    state,
    facts: found,
    advisory: hint,
    because: [
      ...found.map(
        (one) =>
          `${one.kind === 'method not told' ? 'Microsatellites, method not told' : one.kind}: ${one.result}${one.assay === undefined ? '' : ` (${one.assay})`}.`,
      ),
      ...(found.some(({ result }) => result.startsWith('MSI-L'))
        ? ['MSI-L counts as stable for therapy.']
        : []),
      ...(state === 'discordant' ? ['The results contradict each other and are not merged.'] : []),
      ...(hint === undefined || state === 'discordant' || hint.looks === 'unclear'
        ? []
        : state === 'unknown'
          ? [`No test was reported; the pattern of calls looks ${hint.looks}, which is no test.`]
          : hint.looks === state
            ? []
            : [`The pattern of calls looks ${hint.looks}, unlike the reported result.`]),
    ],
    missing: [
      ...(found.length === 0
        ? ['immunohistochemistry of MLH1, PMS2, MSH2 and MSH6, or a test of microsatellites']
        : []),
      ...('missing' in advisory ? [`for the advisory: ${advisory.missing}`] : []),
    ],
    wouldChange:
      state === 'discordant'
        ? [
            'the test that was not done yet (immunohistochemistry, PCR or sequencing), or a repeat on another block',
          ]
        : state === 'unknown'
          ? ['immunohistochemistry of the four mismatch repair proteins, or PCR']
          : [],
  }
}

function statedFacts({ markers }: TumorProfile, facts: ScoreFacts): MicrosatelliteFact[] {
  return (markers ?? []).flatMap((marker): MicrosatelliteFact[] => {
    const test = { assay: marker.assay, date: marker.date }
    if (marker.kind === 'mismatch-repair')
      return [
        {
          ...test,
          kind: 'immunohistochemistry',
          means: marker.status === 'deficient' ? 'unstable' : 'stable',
          result: marker.status === 'deficient' ? 'dMMR' : 'pMMR',
        },
      ]
    if (marker.kind === 'microsatellites')
      return [
        {
          ...test,
          kind: marker.method ?? 'method not told',
          means: marker.status === 'high' ? 'unstable' : 'stable',
          result: `${RESULT[marker.status]}${sitesText(marker.sites, facts)}`,
        },
      ]
    return []
  })
}

/** Shares of unstable sites have no common cut: each panel has its own. */
function sitesText(
  sites: { readonly unstable: number; readonly evaluable: number } | undefined,
  facts: ScoreFacts,
): string {
  if (sites === undefined || !(sites.evaluable > 0)) return ''
  const share = ((sites.unstable / sites.evaluable) * 100).toFixed(1)
  return `, ${sites.unstable} of ${sites.evaluable} sites unstable (${share} %; each panel has its own cut, that of msisensor2 is ${facts.threshold('msi-msisensor2') * 100} %)`
}
