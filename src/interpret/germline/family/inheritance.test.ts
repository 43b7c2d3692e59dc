import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FamilyVariant, MemberCall } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import { compoundPairs } from './compound.ts'
import { type FamilyView, fitsOf } from './inheritance.ts'
import { phaseOf } from './phase.ts'
import { CALL_RULES } from './reliability.ts'

const IDS = ['kid', 'dad', 'mom', 'sib']

function family(
  sex: 'male' | 'female' = 'male',
  more: Partial<Record<string, boolean>> = {},
): FamilyView & { kid: PedigreeMember } {
  const member = (id: string, own: Partial<PedigreeMember>): PedigreeMember => ({
    family: 'F',
    id,
    father: undefined,
    mother: undefined,
    sex: 'unknown',
    affected: more[id] ?? false,
    ...own,
  })
  const kid = member('kid', { father: 'dad', mother: 'mom', sex, affected: true })
  return {
    kid,
    members: [
      kid,
      member('dad', { sex: 'male' }),
      member('mom', { sex: 'female' }),
      member('sib', { sex: 'male', father: 'dad', mother: 'mom' }),
    ],
    place: (id) => (IDS.includes(id) ? IDS.indexOf(id) : undefined),
    rules: CALL_RULES,
  }
}

/** Genotypes of kid, dad, mom, sib; "?" after one: few reads; "-" no read; "=" without the columns that others have; "." not called. */
function variant(genotypes: string, more: Partial<FamilyVariant> = {}): FamilyVariant {
  return {
    assembly: 'GRCh38',
    chromosome: 'chr2',
    position: 100,
    ref: 'A',
    alt: 'G',
    filter: 'PASS',
    notes: { transcripts: [], frequency: undefined, scores: [], clinvar: undefined },
    calls: genotypes.split(' ').map(call),
    ...more,
  }
}

function call(text: string): MemberCall {
  const genotype = text.replace(/[?=-]/, '')
  const alleles = genotype.split(/[/|]/)
  const copies = alleles.filter((one) => one === '1').length as 0 | 1 | 2
  const called = alleles.filter((one) => one !== '.').length as 0 | 1 | 2
  const filled = text.includes('=')
  const depth = text.includes('?') ? 5 : text.includes('-') ? 0 : 40
  const reads = called === 0 ? 0 : Math.round((depth * copies) / called)
  const phased = genotype.includes('|') && copies === 1
  return {
    genotype,
    called,
    copies,
    complete: called === alleles.length,
    strand: phased ? (alleles[0] === '1' ? 0 : 1) : undefined,
    phaseSet: phased ? '' : undefined,
    ...(filled
      ? { depth: undefined, quality: undefined, referenceReads: undefined, alternateReads: undefined }
      : { depth, quality: 60, referenceReads: depth - reads, alternateReads: reads }),
    ...(filled ? { unsupported: true } : {}),
  }
}

const X = { chromosome: 'chrX', position: 50_000_000 } as const
const M = { chromosome: 'chrM', position: 3243 } as const

for (const [what, genotypes, more, sex, expected] of [
  ['new', '0/1 0/0 0/0 0/0', {}, 'male', 'de-novo sure'],
  ['new, a parent with few reads', '0/1 0/0? 0/0 0/0', {}, 'male', 'de-novo possible'],
  ['new, a parent not called', '0/1 ./. 0/0 0/0', {}, 'male', 'dominant possible'],
  ['new, the site failed', '0/1 0/0 0/0 0/0', { filter: 'q10' }, 'male', 'de-novo possible'],
  ['the healthy father has it', '0/1 0/1 0/0 0/0', {}, 'male', ''],
  ['a healthy brother has it', '0/1 0/0 0/0 0/1', {}, 'male', 'de-novo possible'],
  ['new on both copies', '1/1 0/0 0/0 0/0', {}, 'male', 'de-novo possible, recessive-homozygous possible'],
  ['new, a parent without a read', '0/1 0/0- 0/0 0/0', {}, 'male', 'dominant possible'],
  ['new, a parent filled in', '0/1 0/0= 0/0 0/0', {}, 'male', 'de-novo possible'],
  ['on both, a parent filled in', '1/1 0/0= 0/1 0/0', {}, 'male', 'recessive-homozygous possible'],
  ['on both copies', '1/1 0/1 0/1 0/1', {}, 'male', 'recessive-homozygous sure'],
  ['on both, and in a healthy brother', '1/1 0/1 0/1 1/1', {}, 'male', ''],
  ['on both, one parent without', '1/1 0/1 0/0 0/0', {}, 'male', 'recessive-homozygous possible'],
  ['on both, parents not called', '1/1 ./. ./. 0/1', {}, 'male', 'recessive-homozygous possible'],
  ['X of a boy, mother carries', '1 0 0/1 0', X, 'male', 'x-linked sure'],
  ['X of a boy called diploid', '1/1 0/0 0/1 0/0', X, 'male', 'x-linked sure'],
  ['X of a boy, healthy brother has it', '1 0 0/1 1', X, 'male', ''],
  ['X of a boy, new', '1 0 0/0 0', X, 'male', 'de-novo sure'],
  ['X, pseudoautosomal', '0/1 0/0 0/0 0/0', { chromosome: 'chrX', position: 20_000 }, 'male', 'de-novo sure'],
  ['X of a girl, both copies', '1/1 1 0/1 0', X, 'female', ''],
  ['mitochondria', '1 0 1 1', M, 'male', 'mitochondrial sure'],
  ['mitochondria, mother without', '0/1 0 0 0', M, 'male', 'mitochondrial possible'],
  ['not carried', '0/0 0/1 0/1 0/0', {}, 'male', ''],
] as const) {
  test(`${what}: ${expected || 'no fit'}`, () => {
    const view = family(sex)
    const fits = fitsOf(view, view.kid, variant(genotypes, more))
    assert.equal(fits.map(({ mode, certainty }) => `${mode} ${certainty}`).join(', '), expected)
  })
}

test('on both copies by its genotype and on one by its reads: not sure', () => {
  const view = family()
  const of = (referenceReads: number) => {
    const one = variant('1/1 0/1 0/1 0/0')
    const [kid, ...others] = one.calls
    const reads = { ...kid!, referenceReads, alternateReads: 40 - referenceReads }
    return fitsOf(view, view.kid, { ...one, calls: [reads, ...others] }).map(({ certainty }) => certainty)
  }
  assert.deepEqual([of(8), of(9)], [['sure'], ['possible']])
})

test('dominant: every affected relative has it and no healthy one', () => {
  const view = family('male', { dad: true })
  const modes = (genotypes: string) =>
    fitsOf(view, view.kid, variant(genotypes)).map(({ mode, certainty }) => `${mode} ${certainty}`)
  assert.deepEqual(modes('0/1 0/1 0/0 0/0'), ['dominant sure'])
  assert.deepEqual(modes('0/1 0/1 0/0 0/1'), [])
  assert.deepEqual(modes('0/1 0/1 0/0 ./.'), ['dominant sure'])
  assert.deepEqual(modes('0/1 0/1? 0/0 0/0'), ['dominant possible'])
})

test('two variants of a gene: by the parents, by the strands, and what is not known', () => {
  const view = family()
  const phase = (a: string, b: string) =>
    phaseOf(view, view.kid, variant(a), variant(b, { position: 200 })).phase
  assert.equal(phase('0/1 0/1 0/0 0/0', '0/1 0/0 0/1 0/0'), 'in-trans')
  assert.equal(phase('0/1 0/1 0/0 0/0', '0/1 0/1 0/0 0/0'), 'in-cis')
  assert.equal(phase('0/1 0/1 0/0 0/0', '0/1 0/0 0/1? 0/0'), 'unknown')
  assert.equal(phase('0/1 0/1 0/1 0/0', '0/1 0/0 0/1 0/0'), 'unknown')
  assert.equal(phase('0|1 ./. ./. ./.', '1|0 ./. ./. ./.'), 'in-trans')
  assert.equal(phase('0|1 ./. ./. ./.', '0|1 ./. ./. ./.'), 'in-cis')
  const pairs = (a: string, b: string) =>
    compoundPairs(view, view.kid, [variant(a), variant(b, { position: 200 })]).map(
      ({ certainty, because }) => certainty ?? because,
    )
  assert.deepEqual(pairs('0/1 0/1 0/0 0/0', '0/1 0/0 0/1 0/0'), ['sure'])
  assert.deepEqual(pairs('0/1 ./. ./. 0/0', '0/1 ./. ./. 0/0'), ['possible'])
  assert.deepEqual(pairs('0/1 0/1 0/0 0/1', '0/1 0/0 0/1 0/1'), ['sib, who is healthy, carries both'])
  assert.deepEqual(pairs('0/1 0/1 0/0 0/0', '0/1 0/1 0/0 0/0'), ['both from dad: the other copy has neither'])
  assert.deepEqual(pairs('1/1 0/1 0/1 0/0', '0/1 0/0 0/1 0/0'), [])
  const twice = variant('0/1 ./. ./. ./.')
  assert.deepEqual(
    compoundPairs(view, view.kid, [twice, { ...twice }]).map(
      ({ certainty, because }) => certainty ?? because,
    ),
    ['the same variant, which the file gives twice: the other copy has neither'],
  )
})

test('strands and parents that contradict each other tell no phase', () => {
  const view = family()
  const told = phaseOf(
    view,
    view.kid,
    variant('0|1 0/1 0/0 0/0'),
    variant('1|0 0/1 0/0 0/0', { position: 200 }),
  )
  assert.equal(told.phase, 'unknown')
  assert.match(told.because, /on the two strands, but by the parents both from dad/)
})

test('two ALT alleles of one place lie on the two copies', () => {
  const view = family()
  const one = variant('0/1 ./. ./. ./.')
  const both = { ...one.calls[0]!, genotype: '1/2' }
  const [a, b] = ['G', 'T'].map((alt) => ({ ...one, alt, calls: [both, ...one.calls.slice(1)] }))
  assert.equal(phaseOf(view, view.kid, a!, b!).phase, 'in-trans')
})

test('an unknown phase says what would tell', () => {
  const view = family()
  const because = (a: string, b: string, position = 200) =>
    phaseOf(view, view.kid, variant(a), variant(b, { position })).because
  assert.match(
    because('0/1 0/1 0/1 0/0', '0/1 0/0 0/1 0/0'),
    /; reads that span both \(100 bases apart\) would tell$/,
  )
  assert.match(
    because('0/1 ./. ./. 0/0', '0/1 ./. ./. 0/0', 5100),
    /; sure genotypes of dad and mom at both places, or long reads that span both \(5000 bases apart\), would tell$/,
  )
  assert.match(
    because('0/1 0/1 ./. 0/0', '0/1 0/0 ./. 0/0'),
    /dad carries one of the two only, so that they lie on two copies unless one is new; sure genotypes of mom/,
  )
})

test('a parent whom the genotypes contradict proves nothing', () => {
  const view = { ...family(), contradicted: () => ['dad'] }
  const [fit] = fitsOf(view, view.kid, variant('0/1 0/0 0/0 0/0'))
  assert.equal(`${fit!.mode} ${fit!.certainty}`, 'de-novo possible')
  assert.match(fit!.because, /by the genotypes dad is no parent of kid/)
  const [a, b] = [variant('0/1 0/1 0/0 0/0'), variant('0/1 0/0 0/1 0/0', { position: 200 })]
  assert.equal(phaseOf(view, view.kid, a, b).phase, 'unknown')
})

test('a small share of a mitochondrial variant in the mother is told', () => {
  const shared = variant('0/1 0/0 0/1 0/0', M)
  const few = { ...shared.calls[2]!, referenceReads: 950, alternateReads: 50, depth: 1000 }
  const view = family()
  const told = (mother: MemberCall) =>
    fitsOf(view, view.kid, {
      ...shared,
      calls: [shared.calls[0]!, shared.calls[1]!, mother, shared.calls[3]!],
    })[0]!
  assert.equal(told(few).because, '50 % of the reads; 5 % of the reads in mom, the mother')
  const below = told({ ...few, genotype: '0/0', copies: 0, referenceReads: 980, alternateReads: 20 })
  assert.equal(below.because, '50 % of the reads; 2 % of the reads in mom, the mother, too few for a call')
  assert.equal(below.certainty, 'possible')
})

test('two alleles on the one X of a male are doubted', () => {
  const view = family('male')
  const [fit] = fitsOf(view, view.kid, variant('0/1 0/0 0/1 0/0', X))
  assert.equal(`${fit!.mode} ${fit!.certainty}`, 'x-linked possible')
  assert.match(fit!.because, /where a male has one X/)
})

test('a son has no X of his father: a father who has the change too is told, and nothing is sure', () => {
  const view = family('male')
  const [fit, ...others] = fitsOf(view, view.kid, variant('1 1 0/0 0', X))
  assert.deepEqual(others, [])
  assert.equal(`${fit!.mode} ${fit!.certainty}`, 'de-novo possible')
  assert.match(
    fit!.because,
    /mom does not carry it; but dad, the father, who gave no X, has it and is healthy/,
  )
})

test('a change on the only X of a boy whose mother has no genotype: hers or new is not known', () => {
  const view = family('male')
  const [fit] = fitsOf(view, view.kid, variant('1 0 ./. 0', X))
  assert.equal(`${fit!.mode} ${fit!.certainty}`, 'x-linked possible')
  assert.match(fit!.because, /mom, the mother, has no genotype there: whether it is hers or new is not known/)
})

test('a mitochondrial change in nearly all reads that the mother does not show is doubted', () => {
  const view = family()
  const [fit] = fitsOf(view, view.kid, variant('1/1 0/0 0/0 0/0', M))
  assert.match(
    fit!.because,
    /^100 % of the reads; mom, the mother, does not show it: nearly all .* whether she is/,
  )
})

test('why a parent is not relied upon is told, and which genotype is missing', () => {
  const view = family()
  assert.match(
    fitsOf(view, view.kid, variant('0/1 0/0? 0/0 0/0'))[0]!.because,
    /not sure of dad \(5 reads, quality 60\)/,
  )
  assert.match(
    fitsOf(view, view.kid, variant('0/1 ./. 0/0 0/0'))[0]!.because,
    /not known: dad has no genotype there/,
  )
})
