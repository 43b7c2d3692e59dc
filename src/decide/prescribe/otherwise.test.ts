import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diplotypeCall, pgxFinding } from '../../../test/support/pgx-finding.ts'
import { adviceOn, planOf } from '../../../test/support/plan-of.ts'
import type { Candidate, MissingPosition, PgxFinding } from '../../interpret/finding.ts'

const notSeen = (rsid: string, ...alleles: string[]): MissingPosition => ({
  locus: `chr1:${rsid.slice(2)}`,
  rsid,
  because: { kind: 'not-in-file', locus: `chr1:${rsid.slice(2)}` },
  alleles,
})

/** A gene without the position that decides: `fits` are name, phenotype and probability, the reported one first. */
function open(
  gene: string,
  position: string,
  hidden: readonly string[],
  ...fits: readonly (readonly [name: string, phenotype: string, probability: number])[]
): PgxFinding {
  const candidates = fits.map(
    ([name, phenotype, probability], i): Candidate => ({
      name,
      phenotype,
      activityScore: undefined,
      probability,
      reported: i === 0,
    }),
  )
  const [[name, phenotype]] = fits as [readonly [string, string, number]]
  return pgxFinding(gene, {
    lookup: [diplotypeCall(name, phenotype)],
    candidates,
    phenotypeCertain: false,
    positions: { defined: 5, seen: 4 },
    missing: [notSeen(position, ...hidden)],
    notExcluded: hidden,
  })
}

const cyp3a5 = (normal: number, poor: number) =>
  open(
    'CYP3A5',
    'rs776746',
    ['*3'],
    ['*1/*1', 'Normal Metabolizer', normal],
    ['*1/*3', 'Intermediate Metabolizer', 1 - normal - poor],
    ['*3/*3', 'Poor Metabolizer', poor],
  )

test('a higher dose that rests on a position nobody read says for whom it does not hold', () => {
  const advice = adviceOn(planOf([cyp3a5(0.11, 0.44)], ['tacrolimus']), 'tacrolimus')
  assert.equal(advice.state, 'partial')
  assert.match(
    advice.headline,
    /^Unless CYP3A5 turns out poor metabolizer \(probability 44 %\): Tacrolimus: start at 1\.5–2 times.* Unknown: CYP3A5: \*3 not excluded \(rs776746 not in the file\)\.$/,
  )
  assert.match(
    advice.wouldChange.join(' '),
    /CYP3A5 \*3\/\*3 \(poor metabolizer\), which also fits, probability 44 %: Use tacrolimus at the standard dose\./,
  )
})

for (const [poor, told, led] of [
  [0.04, false, false],
  [0.05, true, false],
  [0.09, true, false],
  [0.1, true, true],
] as const) {
  test(`other advice of probability ${poor} is ${led ? 'the condition of the first line' : told ? 'told' : 'among what would change it'}`, () => {
    const advice = adviceOn(planOf([cyp3a5(0.5, poor)], ['tacrolimus']), 'tacrolimus')
    assert.equal(advice.missing.length > 0, told)
    assert.equal(advice.headline.startsWith('Unless CYP3A5'), led)
    assert.match(advice.wouldChange.join(' '), /\*3\/\*3/)
  })
}

test('"no change" that rests on positions nobody read says so first', () => {
  const gene = open(
    'CYP2C19',
    'rs4244285',
    ['*2'],
    ['*1/*1', 'Normal Metabolizer', 0.49],
    ['*1/*2', 'Intermediate Metabolizer', 0.41],
    ['*2/*2', 'Poor Metabolizer', 0.1],
  )
  const { headline } = adviceOn(planOf([gene], ['clopidogrel']), 'clopidogrel')
  assert.match(
    headline,
    /^Unless CYP2C19 turns out intermediate metabolizer or poor metabolizer \(probability 51 %\): Use clopidogrel/,
  )
})

test('a phenotype with the same advice is no condition, however probable', () => {
  const gene = open(
    'CYP2C19',
    'rs12248560',
    ['*17'],
    ['*1/*1', 'Normal Metabolizer', 0.6],
    ['*1/*17', 'Rapid Metabolizer', 0.4],
  )
  const { headline } = adviceOn(planOf([gene], ['clopidogrel']), 'clopidogrel')
  assert.match(headline, /^Use clopidogrel at the standard dose\. Unknown: CYP2C19: \*17 not excluded/)
})

for (const weighed of [undefined, 1]) {
  test(`what a position hides that ${weighed === undefined ? 'no frequencies weigh' : 'the population never showed'} is told beside every advice`, () => {
    const name = 'ivacaftor non-responsive CFTR sequence'
    const phenotype = 'ivacaftor non-responsive in CF patients'
    const cftr = pgxFinding('CFTR', {
      lookup: [diplotypeCall(`${name}/${name}`, phenotype)],
      candidates:
        weighed === undefined
          ? []
          : [
              {
                name: `${name}/${name}`,
                phenotype,
                activityScore: undefined,
                probability: weighed,
                reported: true,
              },
            ],
      phenotypeCertain: false,
      positions: { defined: 93, seen: 92 },
      missing: [notSeen('rs75527207', 'G551D')],
      notExcluded: ['G551D'],
    })
    const advice = adviceOn(planOf([cftr], ['ivacaftor']), 'ivacaftor')
    assert.equal(advice.severity, 'warning')
    assert.deepEqual(advice.missing, ['CFTR: G551D not excluded (rs75527207 not in the file)'])
  })
}

test('what speaks against a result is told beside its advice, and keeps it from being a whole answer', () => {
  const doubts = ['no allele definition knows "G" at chr1:97450058, which was read as reference']
  const dpyd = pgxFinding('DPYD', {
    lookup: [diplotypeCall('Reference/Reference', 'Normal Metabolizer', '2.0')],
    phenotypeCertain: false,
    doubts,
  })
  const advice = adviceOn(planOf([dpyd], ['fluorouracil']), 'fluorouracil')
  assert.equal(advice.state, 'partial')
  assert.deepEqual(advice.missing, [`DPYD: ${doubts[0]}`])
})

test('a phenotype that no table knows is unknown, not a result on which publishers are silent', () => {
  const g6pd = pgxFinding('G6PD', {
    from: 'outside-call',
    lookup: [diplotypeCall('Intermediate', 'Intermediate')],
    phenotypeCertain: false,
    doubts: ['"Intermediate" has no meaning in the tables'],
  })
  const advice = adviceOn(planOf([g6pd], ['rasburicase']), 'rasburicase')
  assert.equal(advice.state, 'unknown')
  assert.equal(
    advice.headline,
    'No advice for rasburicase. Unknown: G6PD: "Intermediate" has no meaning in the tables.',
  )
})

test('a result that could not be used says why, and not that nothing was tested', () => {
  for (const [gene, drug, doubt, words] of [
    ['CYP2D6', 'codeine', '"*1/*2/*3" names more than two chromosomes', 'CYP2D6: "*1/*2/*3" names more'],
    ['HLA-B', 'abacavir', '"positive" could not be read', 'HLA-B: *57:01 not known ("positive" could'],
  ] as const) {
    const finding = pgxFinding(gene, {
      from: 'outside-call',
      positions: { defined: 0, seen: 0 },
      doubts: [doubt],
    })
    const advice = adviceOn(planOf([finding], [drug]), drug)
    assert.ok(advice.headline.startsWith(`No advice for ${drug}. Unknown: ${words}`), advice.headline)
  }
})

test('"no change" is not a whole answer where the data can never show a part of the gene', () => {
  const cyp2d6 = (phenotype: string, score: string) =>
    pgxFinding('CYP2D6', {
      lookup: [diplotypeCall('*1/*1', phenotype, score)],
      phenotypeCertain: false,
      blindTo: 'deletions and duplications',
    })
  const normal = adviceOn(planOf([cyp2d6('Normal Metabolizer', '2.0')], ['codeine']), 'codeine')
  assert.equal(normal.state, 'partial')
  assert.deepEqual(normal.missing, ['CYP2D6: this data cannot show deletions and duplications'])
  const poor = adviceOn(planOf([cyp2d6('Poor Metabolizer', '0.0')], ['codeine']), 'codeine')
  assert.equal(poor.state, 'answered')
})
