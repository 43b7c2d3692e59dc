import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { secondaryList } from '../../knowledge/acmg/secondary.ts'
import { Facts } from '../../knowledge/facts.ts'
import { type SecondaryCandidate, secondaryHits } from './secondary.ts'

const list = secondaryList(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
const one = (
  zygosity: SecondaryCandidate['zygosity'],
  more: Partial<SecondaryCandidate> = {},
): SecondaryCandidate => ({
  zygosity,
  consequences: ['missense_variant'],
  reportable: true,
  named: undefined,
  ...more,
})
const hits = (
  gene: string,
  variants: readonly SecondaryCandidate[],
  phase: 'in-trans' | 'in-cis' | 'unknown' = 'unknown',
) =>
  secondaryHits(gene, variants, list, () => phase).map(
    ({ disease, certainty, candidates }) => `${disease.inheritance} ${certainty} ${candidates.length}`,
  )

test('the list has 84 genes', () => assert.equal(list.genes.size, 84))

for (const [gene, what, variants, phase, expected] of [
  ['LDLR', 'one copy', [one('heterozygous')], 'unknown', ['SD sure 1']],
  ['LDLR', 'not reportable', [one('heterozygous', { reportable: false })], 'unknown', []],
  ['ATP7B', 'one copy of a recessive cause', [one('heterozygous')], 'unknown', []],
  ['ATP7B', 'both copies', [one('homozygous')], 'unknown', ['AR sure 1']],
  ['ATP7B', 'two in trans', [one('heterozygous'), one('heterozygous')], 'in-trans', ['AR sure 2']],
  ['ATP7B', 'two, phase not known', [one('heterozygous'), one('heterozygous')], 'unknown', ['AR possible 2']],
  ['ATP7B', 'two in cis', [one('heterozygous'), one('heterozygous')], 'in-cis', []],
  [
    'ATP7B',
    'one reportable of two',
    [one('heterozygous'), one('heterozygous', { reportable: false })],
    'in-trans',
    [],
  ],
  ['BRCA2', 'one copy: the dominant disease alone', [one('heterozygous')], 'unknown', ['AD sure 1']],
  ['TRDN', 'one copy, which the list reports', [one('heterozygous')], 'unknown', ['AR sure 1', 'AR sure 1']],
  ['ACTA2', 'both of its diseases', [one('heterozygous')], 'unknown', ['AD sure 1', 'AD sure 1']],
  ['GLA', 'a carrier of an X-linked cause', [one('heterozygous')], 'unknown', ['XL sure 1']],
  ['ABCD1', 'a carrier', [one('heterozygous')], 'unknown', []],
  ['ABCD1', 'the only copy', [one('hemizygous')], 'unknown', ['XL sure 1']],
  [
    'HFE',
    'C282Y on both copies',
    [one('homozygous', { named: 'hfe-c282y-homozygous', reportable: false })],
    'unknown',
    ['AR sure 1'],
  ],
  ['HFE', 'C282Y on one copy', [one('heterozygous', { named: 'hfe-c282y-homozygous' })], 'unknown', []],
  ['HFE', 'another variant on both copies', [one('homozygous')], 'unknown', []],
  [
    'HFE',
    'C282Y with another in trans',
    [one('heterozygous', { named: 'hfe-c282y-homozygous' }), one('heterozygous')],
    'in-trans',
    [],
  ],
  ['TTN', 'missense', [one('heterozygous')], 'unknown', []],
  ['TTN', 'truncating', [one('heterozygous', { consequences: ['stop_gained'] })], 'unknown', ['AD sure 1']],
  ['RYR1', 'missense', [one('heterozygous')], 'unknown', ['AD sure 1']],
  [
    'RYR1',
    'truncating',
    [one('heterozygous', { consequences: ['stop_gained'] })],
    'unknown',
    ['AD possible 1'],
  ],
  [
    'PCSK9',
    'truncating, which lowers cholesterol',
    [one('heterozygous', { consequences: ['frameshift_variant'] })],
    'unknown',
    ['AD possible 1'],
  ],
  ['NOGENE1', 'not on the list', [one('heterozygous')], 'unknown', []],
] as const) {
  test(`${gene}, ${what}: ${expected.join(', ') || 'nothing'}`, () =>
    assert.deepEqual(hits(gene, variants, phase), expected))
}
