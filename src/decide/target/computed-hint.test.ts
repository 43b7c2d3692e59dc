import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { therapyFindings } from '../../interpret/tumor/tumor.ts'
import { Facts } from '../../knowledge/facts.ts'
import type { TumorMarker, TumorProfile } from '../../record/tumor-profile.ts'
import type { TargetSituation } from './option.ts'
import { rankTargets } from './rank.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const reasons = { because: [], missing: [], wouldChange: [] }
const computed = {
  burden: {
    ...reasons,
    state: 'high',
    from: 'counted',
    cut: 10,
    reported: [],
    counted: {
      scheme: 'coding',
      events: { least: 42, most: 42 },
      megabases: 1.2,
      perMegabase: 35,
      interval: { low: 25.2, high: 47.3 },
      calibrated: undefined,
      leftOut: [],
    },
  },
  microsatellites: {
    ...reasons,
    state: 'unknown',
    facts: [],
    advisory: {
      label: 'advisory, not a test',
      looks: 'unstable',
      calls: 60,
      indelShare: 0.4,
      perMegabase: 50,
      genes: [],
      because: [],
    },
  },
  scars: {
    ...reasons,
    state: 'above',
    cut: 42,
    lossOfHeterozygosity: 20,
    transitions: 20,
    telomericImbalance: 15,
    sum: 55,
    covered: 0.99,
    reported: [],
  },
} satisfies NonNullable<TargetSituation['computed']>

const ranked = (code: string, markers: readonly TumorMarker[], situation: TargetSituation) => {
  const covered = { variants: 'all', copyNumbers: 'all', fusions: 'all' } as const
  const profile: TumorProfile = {
    ...{ sample: undefined, variants: [], copyNumbers: [], fusions: [] },
    covered,
    markers,
  }
  return rankTargets(therapyFindings(profile, code, facts), { agency: 'FDA', ...situation })
}

test('what is computed here stays open and says so; it never meets and never excludes', () => {
  for (const code of ['COADREAD', 'OVT', 'UCEC']) {
    const [without, beside] = [ranked(code, [], {}), ranked(code, [], { computed })]
    const ids = ({ options, open, excluded }: typeof beside) =>
      [options, open, excluded].map((list) => list.map(({ id }) => id).sort())
    assert.deepEqual(ids(beside), ids(without), code)
  }
  const open = (code: string, id: RegExp) =>
    ranked(code, [], { computed })
      .open.filter((one) => id.test(one.biomarker))
      .flatMap(({ missing }) => missing)
  assert.ok(
    open('COADREAD', /TMB/).includes(
      'tumour mutational burden: 35.0 (25.2 to 47.3) mutations per megabase computed here, not by an approved test',
    ),
  )
  assert.ok(
    open('COADREAD', /MSI-H/).includes(
      'microsatellite instability: the calls look unstable, computed here, not by an approved test',
    ),
  )
  assert.ok(
    open('OVT', /HRD/).includes(
      'homologous recombination deficiency: 55 scars of recombination computed here, not by an approved test',
    ),
  )
})

test('what a laboratory measured decides, whatever was computed', () => {
  const markers: readonly TumorMarker[] = [
    { kind: 'mutational-burden', perMegabase: 3 },
    { kind: 'microsatellites', status: 'stable' },
    { kind: 'mismatch-repair', status: 'proficient' },
  ]
  const { open, options } = ranked('COADREAD', markers, { computed })
  assert.ok(![...open, ...options].some(({ drug }) => drug === 'pembrolizumab'))
})
