import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MemberCall } from '../../../record/family-variant.ts'
import type { Pedigree, PedigreeMember } from '../../../record/pedigree.ts'
import { RelatednessCounter } from './relatedness.ts'

function call(copies: 0 | 1 | 2, called: 1 | 2 = 2): MemberCall {
  return {
    genotype: '',
    called,
    copies,
    complete: true,
    strand: undefined,
    phaseSet: undefined,
    depth: 30,
    quality: 60,
    referenceReads: undefined,
    alternateReads: undefined,
  }
}

const SAMPLES = ['kid', 'dad', 'mom', 'sib', 'twin', 'other']

function member(id: string, own: Partial<PedigreeMember> = {}): PedigreeMember {
  return {
    family: 'F',
    id,
    father: undefined,
    mother: undefined,
    sex: 'unknown',
    affected: undefined,
    ...own,
  }
}

function counted(sites: number, pedigree: Pedigree): RelatednessCounter {
  let seed = 5
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648
  }
  const counter = new RelatednessCounter(SAMPLES, pedigree)
  for (let i = 0; i < sites; i++) {
    const frequency = 0.1 + 0.4 * random()
    const allele = () => (random() < frequency ? 1 : 0)
    const [dad, mom, other] = [0, 1, 2].map(() => [allele(), allele()] as const)
    const child = () => dad![random() < 0.5 ? 0 : 1]! + mom![random() < 0.5 ? 0 : 1]!
    const kid = child()
    const copies = [kid, dad![0] + dad![1], mom![0] + mom![1], child(), kid, other![0] + other![1]]
    counter.see('GRCh38', {
      chromosome: 'chr3',
      position: i + 1,
      ref: 'A',
      alt: 'C',
      filter: 'PASS',
      calls: copies.map((one) => call(one as 0 | 1 | 2)),
    })
  }
  return counter
}

test('parents, siblings, the same person and strangers are told apart, and set against the pedigree', () => {
  const pedigree: Pedigree = {
    members: [
      member('kid', { father: 'dad', mother: 'mom' }),
      member('sib', { father: 'dad', mother: 'mom' }),
      member('dad'),
      member('mom'),
      member('twin'),
      member('other'),
    ],
  }
  const found = new Map(
    counted(4000, pedigree)
      .kinships()
      .map((one) => [`${one.a} ${one.b}`, one]),
  )
  for (const [pair, is, agrees] of [
    ['kid dad', 'first-degree', true],
    ['kid mom', 'first-degree', true],
    ['kid sib', 'first-degree', true],
    ['dad mom', 'unrelated', true],
    ['kid twin', 'same', false],
    ['kid other', 'unrelated', true],
    ['sib twin', 'first-degree', false],
  ] as const)
    assert.deepEqual([found.get(pair)?.is, found.get(pair)?.agrees], [is, agrees], pair)
})

test('a brother in the place of the father contradicts; few sites say nothing', () => {
  const pedigree: Pedigree = { members: [member('kid', { father: 'sib' }), member('sib')] }
  const one = counted(4000, pedigree)
    .kinships()
    .find(({ a, b }) => a === 'kid' && b === 'sib')
  assert.deepEqual([one?.is, one?.stated, one?.agrees], ['first-degree', 'parent and child', false])
  const few = counted(199, pedigree).kinships()[0]
  assert.deepEqual([few?.is, few?.agrees], ['unknown', undefined])
})

test('the sex by chromosome X, outside what both sexes carry twice', () => {
  const pedigree = { members: [member('him', { sex: 'male' }), member('her', { sex: 'male' })] }
  const counter = new RelatednessCounter(['him', 'her'], pedigree)
  for (let i = 0; i < 60; i++)
    counter.see('GRCh38', {
      chromosome: 'chrX',
      position: 50_000_000 + i,
      ref: 'A',
      alt: 'C',
      filter: 'PASS',
      calls: [call(2), call(i % 2 === 0 ? 1 : 2)],
    })
  assert.deepEqual(
    counter.sexes().map(({ is, agrees }) => [is, agrees]),
    [
      ['male', true],
      ['female', false],
    ],
  )
  const pseudo = new RelatednessCounter(['him'], pedigree)
  pseudo.see('GRCh38', {
    chromosome: 'chrX',
    position: 20_000,
    ref: 'A',
    alt: 'C',
    filter: 'PASS',
    calls: [call(1)],
  })
  assert.equal(pseudo.sexes()[0]?.calls, 0)
})

test('of a cohort only parents and children are compared', () => {
  const samples = Array.from({ length: 300 }, (_, i) => `s${i}`)
  const members = samples.map((id, i) => member(id, i === 0 ? { father: 's1', mother: 's2' } : {}))
  assert.deepEqual(
    new RelatednessCounter(samples, { members }).kinships().map(({ a, b }) => `${a} ${b}`),
    ['s0 s1', 's0 s2'],
  )
  assert.deepEqual(new RelatednessCounter(samples, { members: [] }).kinships(), [])
})
