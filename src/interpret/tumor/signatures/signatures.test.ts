import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../../knowledge/facts.ts'
import { scoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import { CHANNELS, type ContextOf, channelOf } from './channel.ts'
import { refit, type SignatureMatrix } from './refit.ts'
import { mutationalSignatures } from './signatures.ts'
import { spectrumOf } from './spectrum.ts'

const facts = scoreFacts(Facts.find([fileURLToPath(new URL('../../../../facts', import.meta.url))]))

test('there are 96 channels, each with a name of its own', () => {
  assert.equal(new Set(CHANNELS).size, 96)
  assert.equal(CHANNELS[0], 'A[C>A]A')
  assert.equal(CHANNELS[95], 'T[T>G]T')
})

for (const [ref, alt, context, channel] of [
  ['C', 'T', 'ACG', 'A[C>T]G'],
  ['G', 'A', 'CGT', 'A[C>T]G'],
  ['A', 'C', 'TAG', 'C[T>G]A'],
  ['T', 'A', 'TTT', 'T[T>A]T'],
  ['C', 'T', 'AGG', 'mismatch'],
  ['C', 'T', 'NCG', undefined],
  ['C', 'T', undefined, undefined],
  ['C', 'C', 'ACG', undefined],
] as const)
  test(`${ref}>${alt} in ${context}`, () => assert.equal(channelOf(ref, alt, context), channel))

/** Substitutions of one channel, far from one another. */
const calls = (channel: string, count: number, from: number): SomaticVariant[] =>
  Array.from({ length: count }, (_, at) => ({
    gene: undefined,
    assembly: 'GRCh38',
    place: { chromosome: '1', position: from + 10 * at, ref: channel[2]!, alt: channel[4]! },
    hgvsP: undefined,
    consequences: [],
    exon: undefined,
  }))
/** Three signatures, each of a few channels of its own, and some in common. */
const MATRIX: SignatureMatrix = {
  name: 'test',
  signatures: [0, 1, 2].map((which) => {
    const weights = CHANNELS.map((_, at) => (at % 3 === which ? 3 : 1) + (at % 7 === which ? 5 : 0))
    const sum = weights.reduce((a, b) => a + b, 0)
    return { name: `S${which}`, shares: weights.map((one) => one / sum) }
  }),
}

test('a spectrum that was mixed from signatures gives their shares back', () => {
  const [a, b] = [MATRIX.signatures[0]!.shares, MATRIX.signatures[2]!.shares]
  const found = refit(
    CHANNELS.map((_, at) => 3000 * a[at]! + 1000 * b[at]!),
    MATRIX,
  )
  assert.ok(found.cosine > 0.999999)
  const share = (name: string) => found.signatures.find((one) => one.name === name)
  assert.ok(Math.abs(share('S0')!.share - 0.75) < 1e-6)
  assert.ok(Math.abs(share('S2')!.share - 0.25) < 1e-6)
  assert.ok(share('S0')!.low < 0.75 && share('S0')!.high > 0.75)
  assert.ok(share('S0')!.high - share('S0')!.low < 0.25)
})

test('fewer mutations give wider intervals, and the same spectrum the same ones', () => {
  const width = (mutations: number) => {
    const spectrum = MATRIX.signatures[0]!.shares.map((one) => Math.round(mutations * one))
    const [first] = refit(spectrum, MATRIX).signatures
    return first!.high - first!.low
  }
  assert.ok(width(200) > width(20_000))
  assert.equal(width(200), width(200))
})

test('neighbouring substitutions and calls of another build are not in the spectrum', () => {
  const [one, two] = [calls('A[C>T]G', 2, 100), calls('A[C>T]G', 1, 101)]
  const found = spectrumOf([...one, ...two], () => 'ACG')
  assert.equal(found.used, 1)
  const wrong = spectrumOf(one, () => 'AGG')
  assert.deepEqual([wrong.used, wrong.mismatches], [0, 2])
})

const answer = (variants: readonly SomaticVariant[], contextOf?: ContextOf, matrix?: SignatureMatrix) =>
  mutationalSignatures(
    {
      sample: undefined,
      variants,
      copyNumbers: [],
      fusions: [],
      covered: { variants: 'all', copyNumbers: 'all', fusions: 'all' },
      assay: { name: undefined, design: 'tumour-normal' },
    },
    facts,
    contextOf,
    matrix,
  )

for (const [name, found, reason] of [
  ['no reference sequence', answer(calls('A[C>T]G', 300, 1)), /no reference sequence/],
  ['no matrix', answer(calls('A[C>T]G', 300, 1), () => 'ACG'), /No signatures were given/],
  ['a sequence of another build', answer(calls('A[C>T]G', 300, 1), () => 'AGG', MATRIX), /another build/],
  ['too few', answer(calls('A[C>T]G', 30, 1), () => 'ACG', MATRIX), /below 50/],
] as const)
  test(`signatures are unknown: ${name}`, () => {
    assert.equal(found.state, 'unknown')
    assert.match(found.because.join(), reason)
    assert.equal(found.missing.length, 1)
  })

test('a fit that does not rebuild the spectrum says so', () => {
  const found = answer(calls('A[C>T]G', 120, 1), () => 'ACG', MATRIX)
  assert.equal(found.state, 'fitted')
  assert.match(found.because.join(' '), /do not rebuild/)
  assert.match(found.because.join(' '), /Fewer than 200/)
})
