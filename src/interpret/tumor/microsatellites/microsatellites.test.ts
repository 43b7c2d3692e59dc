import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../../knowledge/facts.ts'
import { scoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorAssay, TumorMarker } from '../../../record/tumor-profile.ts'
import { microsatellites } from './microsatellites.ts'

const facts = scoreFacts(Facts.find([fileURLToPath(new URL('../../../../facts', import.meta.url))]))
const EXOME: TumorAssay = { name: 'exome', design: 'tumour-normal', calledMegabases: 40 }
const call = (alt: string, given: Partial<SomaticVariant> = {}): SomaticVariant => ({
  gene: 'G',
  assembly: 'GRCh38',
  place: { chromosome: '1', position: 1, ref: 'C', alt },
  hgvsP: undefined,
  consequences: ['missense_variant'],
  exon: undefined,
  ...given,
})
const calls = (substitutions: number, indels: number): SomaticVariant[] => [
  ...Array.from({ length: substitutions }, () => call('T')),
  ...Array.from({ length: indels }, () => call('CA')),
]
const answer = (markers: readonly TumorMarker[], variants: readonly SomaticVariant[] = [], assay = EXOME) =>
  microsatellites(
    {
      sample: undefined,
      variants,
      copyNumbers: [],
      fusions: [],
      covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
      assay,
      markers,
    },
    facts,
  )
const repair = (status: 'deficient' | 'proficient') => ({ kind: 'mismatch-repair', status }) as const
const msi = (status: 'high' | 'low' | 'stable', method: 'PCR' | 'sequencing') =>
  ({ kind: 'microsatellites', status, method }) as const

for (const [name, markers, state] of [
  ['deficient repair', [repair('deficient')], 'unstable'],
  ['MSI-H by PCR', [msi('high', 'PCR')], 'unstable'],
  ['MSI-L counts as stable', [msi('low', 'PCR')], 'stable'],
  ['MSI-L beside proficient repair is no contradiction', [msi('low', 'PCR'), repair('proficient')], 'stable'],
  ['deficient repair beside a stable PCR', [repair('deficient'), msi('stable', 'PCR')], 'discordant'],
  ['PCR beside sequencing', [msi('high', 'PCR'), msi('stable', 'sequencing')], 'discordant'],
  ['no test', [], 'unknown'],
] as const)
  test(name, () => {
    const found = answer(markers)
    assert.equal(found.state, state)
    assert.equal(found.facts.length, markers.length)
  })

for (const [name, variants, looks] of [
  ['a fifth of many calls are indels', calls(2600, 700), 'unstable'],
  ['few calls, many of them indels', calls(80, 40), 'stable'],
  ['many calls, 2 % indels', calls(2900, 60), 'stable'],
  ['many calls, 7 % indels', calls(2790, 210), 'unclear'],
  ['many calls, none an indel', calls(3000, 0), 'unclear'],
  [
    'many calls and indels, and a change of the exonuclease domain',
    [...calls(2600, 700), call('T', { gene: 'POLE', hgvsP: 'p.Pro286Arg' })],
    'unclear',
  ],
  [
    'a change of POLE outside its exonuclease domain says nothing',
    [...calls(2600, 700), call('T', { gene: 'POLE', hgvsP: 'p.Arg1826Trp' })],
    'unstable',
  ],
] as const)
  test(`advisory: ${name}`, () => assert.equal(answer([], variants).advisory?.looks, looks))

test('unstable sites are told with their share, and not judged by the cut of another panel', () => {
  const found = answer([
    {
      kind: 'microsatellites',
      status: 'stable',
      method: 'sequencing',
      sites: { unstable: 30, evaluable: 120 },
    },
  ])
  assert.equal(found.state, 'stable')
  assert.match(found.facts[0]!.result, /^MSS, 30 of 120 sites unstable \(25\.0 %; each panel has its own cut/)
})

test('an advisory never makes the answer, and says that it is no test', () => {
  const found = answer([], calls(2600, 700))
  assert.equal(found.state, 'unknown')
  assert.equal(found.advisory!.label, 'advisory, not a test')
  assert.match(
    answer([msi('stable', 'PCR')], calls(2600, 700)).because.join(' '),
    /unlike the reported result/,
  )
})

test('no advisory from too few calls, or where inherited indels are among them', () => {
  assert.equal(answer([], calls(40, 9)).advisory, undefined)
  assert.equal(answer([], calls(2600, 700), { ...EXOME, design: 'tumour-only' }).advisory, undefined)
})

test('calls of a whole genome are not counted against coding megabases', () => {
  const { calledMegabases: _, ...coding } = { ...EXOME, codingMegabases: 34 }
  const intronic = calls(2600, 700).map((one) => ({ ...one, consequences: ['intron_variant'] }))
  assert.equal(answer([], intronic, coding).advisory!.perMegabase, 0)
  const untold = calls(2600, 700).map((one) => ({ ...one, consequences: [] }))
  assert.equal(answer([], untold, coding).advisory!.looks, 'unclear')
})
