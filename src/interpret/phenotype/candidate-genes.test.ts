import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Facts } from '../../knowledge/facts.ts'
import { candidateOdds } from '../../knowledge/hpo/candidate-odds.ts'
import { type CandidateVariant, fitOf } from './candidate-genes.ts'

const ODDS = candidateOdds(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
const [AD, AR, XR, XD] = ['HP:0000006', 'HP:0000007', 'HP:0001419', 'HP:0001423']
function variant(given: Partial<CandidateVariant>): CandidateVariant {
  return {
    name: 'v',
    zygosity: undefined,
    class: undefined,
    consequence: undefined,
    frequency: undefined,
    ...given,
  }
}
const pathogenic = { class: 'pathogenic' } as const

for (const [what, modes, variants, odds] of [
  ['no variant is known', [AR], [], 1],
  ['dominant, one pathogenic copy', [AD], [variant({ ...pathogenic, zygosity: 'heterozygous' })], 20],
  ['recessive, one pathogenic copy', [AR], [variant({ ...pathogenic, zygosity: 'heterozygous' })], 1],
  ['recessive, both copies', [AR], [variant({ ...pathogenic, zygosity: 'homozygous' })], 20],
  [
    'recessive, two changes',
    [AR],
    [
      variant({ ...pathogenic, zygosity: 'heterozygous' }),
      variant({ ...pathogenic, zygosity: 'heterozygous' }),
    ],
    14,
  ],
  ['both modes, one copy', [AD, AR], [variant({ ...pathogenic, zygosity: 'heterozygous' })], 20],
  ['X-linked beside recessive', [AR, 'HP:0001419'], [variant({ ...pathogenic, zygosity: 'hemizygous' })], 20],
  ['X-linked recessive, one X', [XR], [variant({ ...pathogenic, zygosity: 'hemizygous' })], 20],
  ['X-linked recessive, one X of two', [XR], [variant({ ...pathogenic, zygosity: 'heterozygous' })], 1],
  ['X-linked dominant too', [XR, XD], [variant({ ...pathogenic, zygosity: 'heterozygous' })], 20],
  ['X-linked, no more said', ['HP:0001417'], [variant({ ...pathogenic, zygosity: 'heterozygous' })], 20],
  ['recessive, zygosity not known', [AR], [variant(pathogenic)], 20],
  ['benign', [AD], [variant({ class: 'benign' })], 0.01],
  ['truncating, no class', [AD], [variant({ consequence: 'stop_gained' })], 3],
  ['missense, no class', [AD], [variant({ consequence: 'missense_variant' })], 1],
  ['the gravest of two consequences', [AD], [variant({ consequence: 'intron_variant&stop_gained' })], 3],
  ['silent, no class', [AD], [variant({ consequence: 'synonymous_variant' })], 0.1],
  ['common for a dominant disease', [AD], [variant({ frequency: 0.005 })], 0.05],
  ['rare enough for a recessive one', [AR], [variant({ frequency: 0.005 })], 1],
] as const)
  test(`${what}: odds ${odds}`, () => assert.ok(Math.abs(fitOf(modes, variants, ODDS).odds - odds) < 1e-9))

test('two changes of a recessive gene: on two copies, on one copy, or nobody knows', () => {
  const two = (pair: { readonly onTwoCopies: boolean } | undefined) => {
    const pairs = (other: string) =>
      pair === undefined ? [] : [{ with: other, ...pair, because: 'the strands of the file' }]
    return fitOf(
      [AR],
      ['v1', 'v2'].map((name, i) =>
        variant({ ...pathogenic, name, zygosity: 'heterozygous', pairs: pairs(['v2', 'v1'][i]!) }),
      ),
      ODDS,
    )
  }
  assert.deepEqual(
    [undefined, { onTwoCopies: true }, { onTwoCopies: false }].map((pair) =>
      Number(two(pair).odds.toFixed(9)),
    ),
    [14, 20, 1],
  )
  assert.match(
    two({ onTwoCopies: false }).why.join('; '),
    /v2 makes no second changed copy: the strands of the file; one changed copy/,
  )
  assert.match(two({ onTwoCopies: true }).why.join('; '), /two changes on different copies/)
})

test('a changed X of two is told as what it is, a new variant as new', () => {
  const one = variant({
    ...pathogenic,
    zygosity: 'heterozygous',
    told: ['de novo: the parents do not carry it'],
  })
  const { why } = fitOf([XR], [one], ODDS)
  assert.match(
    why.join('; '),
    /de novo: the parents .*; one changed copy, but the disease is X-linked recessive/,
  )
  const only = fitOf([XR], [variant({ ...pathogenic, zygosity: 'hemizygous' })], ODDS)
  assert.match(only.why.join('; '), /the only copy is changed/)
})
