import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { readEvidence } from './evidence-schema.ts'

const variant = { chromosome: 'chr7', position: 117559590, ref: 'C', alt: 'T' }
const source = 'test'

function refusal(more: object): string {
  try {
    readEvidence(JSON.stringify({ variant, ...more }), 'e.json')
    return ''
  } catch (error) {
    assert.ok(error instanceof Fault)
    return `${error.code} ${error.where}: ${error.what}`
  }
}

for (const [what, evidence, refused] of [
  ['absent', { population: { absent: true, alleles: 10, source } }, ''],
  ['absent at frequency 0', { population: { absent: true, frequency: 0, source } }, ''],
  [
    'absent at 6 %',
    { population: { absent: true, frequency: 0.06, source } },
    /population.*one of the two is/,
  ],
  ['absent by FAF', { population: { absent: true, filteringFrequency: 1e-6, source } }, /one of the two is/],
  ['homozygotes', { population: { frequency: 0.1, alleles: 10, homozygotes: 5, source } }, ''],
  ['too many', { population: { frequency: 1, alleles: 10, homozygotes: 6, source } }, /more homozygotes/],
  ['REVEL 0.932', { scores: [{ tool: 'REVEL', value: 0.932, source }] }, ''],
  ['REVEL in percent', { scores: [{ tool: 'REVEL', value: 93.2, source }] }, /scores\.0.*outside the scale/],
  ['SpliceAI below 0', { scores: [{ tool: 'SpliceAI', value: -0.2, source }] }, /outside the scale/],
  ['CADD 28', { scores: [{ tool: 'CADD', value: 28, source }] }, ''],
  ['BayesDel −0.4', { scores: [{ tool: 'BayesDel', value: -0.4, source }] }, ''],
  ['odds', { cases: { oddsRatio: 6, oddsRatioLow: 2, source } }, ''],
  ['odds turned round', { cases: { oddsRatio: 2, oddsRatioLow: 6, source } }, /lower end/],
  [
    'meioses of no family',
    { segregation: { meioses: 5, families: 0, affectedWithout: 0, source } },
    /no family/,
  ],
  ['nobody', { segregation: { meioses: 0, families: 0, affectedWithout: 1, source } }, ''],
  [
    'PVS1 alone',
    { stated: [{ code: 'PVS1', met: true, strength: 'stand-alone', because: 'x', source }] },
    /cannot stand alone/,
  ],
  ['BA1 alone', { stated: [{ code: 'BA1', met: true, strength: 'stand-alone', because: 'x', source }] }, ''],
  [
    'stated twice',
    {
      stated: [
        { code: 'PP4', met: true, because: 'x', source },
        { code: 'PP4', met: false, because: 'y', source },
      ],
    },
    /stated twice/,
  ],
] as const)
  test(`${what}: ${refused === '' ? 'read' : 'EVIDENCE_INVALID'}`, () => {
    const told = refusal(evidence)
    if (refused === '') assert.equal(told, '')
    else {
      assert.match(told, /^EVIDENCE_INVALID/)
      assert.match(told, refused)
    }
  })
