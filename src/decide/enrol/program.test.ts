import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { needs } from '../../../test/support/shared-data.ts'
import {
  builtInFacts,
  EXOME,
  RUN,
  RUN_DATE,
  runPeople,
  runTrials,
} from '../../../test/trials/matchminer-run.ts'
import { settlingTests } from '../../knowledge/trials/settling-test.ts'
import { diagnosisGroups } from '../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Alteration, Assay, Candidate } from '../../record/candidate.ts'
import { type CtmlTrial, readCtml } from './ctml/document.ts'
import { typedClauses } from './ctml/typed.ts'
import { type ClauseAnswer, explain } from './explain.ts'
import { feasibility } from './feasibility.ts'
import { Program } from './program.ts'

const facts = builtInFacts()
const setting = { tree: oncoTree(facts), today: RUN_DATE }
const vocabulary = { tree: setting.tree, groups: diagnosisGroups(facts) }
const tests = settlingTests(facts)

const armOf = (match: unknown): CtmlTrial =>
  readCtml({ protocol_no: '1', treatment_list: { step: [{ arm: [{ match }] }] } }, 't')
const programOf = (trials: readonly CtmlTrial[]) =>
  new Program(
    trials.flatMap((one) => typedClauses(one, vocabulary)),
    setting,
  )

function answer(match: unknown, person: Partial<Candidate>): ClauseAnswer {
  const program = programOf([armOf(match)])
  program.take({ id: 'p', alterations: [], assays: [], markers: {}, treatmentsComplete: false, ...person })
  let found: ClauseAnswer | undefined
  program.evaluate(0, (clause, verdict, reasons, from, to) => {
    found = explain(program, clause, verdict, reasons.subarray(from, to), { tests, partlyShown: false })
  })
  return found!
}
const verdict = (match: unknown, person: Partial<Candidate>) => answer(match, person).verdict

const panel = (genes: string[], finds: Assay['finds'] = new Set(['mutation'])): Assay => ({
  name: 'panel',
  genes: new Set(genes),
  finds,
})
const mutation = (gene: string, proteinChange?: string): Alteration =>
  proteinChange === undefined ? { kind: 'mutation', gene } : { kind: 'mutation', gene, proteinChange }

test('a gene that was not tested is unknown, never wild type: "!" and wild type alike', () => {
  const not = [{ genomic: { hugo_symbol: '!TP53', variant_category: 'Mutation' } }]
  const wild = [{ genomic: { hugo_symbol: 'TP53', wildtype: true } }]
  for (const match of [not, wild]) {
    assert.equal(verdict(match, {}), 'unknown')
    assert.equal(verdict(match, { assays: [panel(['KRAS'])] }), 'unknown')
    assert.equal(verdict(match, { assays: [panel(['TP53'], new Set(['fusion']))] }), 'unknown')
    assert.equal(verdict(match, { assays: [panel(['TP53'])] }), 'met')
    assert.equal(
      verdict(match, { assays: [panel(['TP53'])], alterations: [mutation('TP53', 'p.R175H')] }),
      'not met',
    )
  }
})

test('an unknown names what is missing and the least test that settles it', () => {
  const found = answer(
    [
      {
        and: [
          { genomic: { hugo_symbol: 'ALK', variant_category: 'Structural Variation' } },
          { clinical: { her2_status: 'Negative' } },
        ],
      },
    ],
    {},
  )
  assert.deepEqual(
    found.reasons.map(({ missing }) => missing?.datum),
    ['fusion', 'her2'],
  )
  assert.match(found.reasons[0]!.because, /ALK was not tested for fusions/)
  assert.match(found.next!, /immunohistochemistry of HER2/)
})

test('receptor status that MatchMiner ignores is ruled on; "Unknown" asks for nothing', () => {
  const her2 = (word: unknown) => [{ clinical: { her2_status: word } }]
  assert.equal(verdict(her2('Positive'), { markers: { her2: 'negative' } }), 'not met')
  assert.equal(verdict(her2('Positive'), {}), 'unknown')
  assert.equal(verdict(her2('Unknown'), {}), 'met')
  assert.equal(verdict(her2(false), { markers: { her2: 'negative' } }), 'unknown')
})

test('an unknown diagnosis or field is unknown for everybody and never left out', () => {
  const match = [{ clinical: { oncotree_primary_diagnosis: 'All Solid Tumors' } }]
  assert.equal(verdict(match, { diagnosis: 'LUAD' }), 'unknown')
  assert.equal(verdict([{ genomic: { hugo_symbol: 'TP53', zygosity: 'x' } }], { assays: [EXOME] }), 'unknown')
  assert.equal(verdict([], {}), 'unknown', 'an empty list is not vacuously met')
})

test('a diagnosis meets itself and what is broader; a broader one leaves it open', () => {
  const luad = [{ clinical: { oncotree_primary_diagnosis: 'Lung Adenocarcinoma' } }]
  assert.equal(verdict(luad, { diagnosis: 'LUAD' }), 'met')
  assert.equal(verdict(luad, { diagnosis: 'Lung' }), 'unknown')
  assert.equal(verdict(luad, { diagnosis: 'Melanoma' }), 'not met')
  assert.equal(verdict([{ clinical: { oncotree_primary_diagnosis: 'Lung' } }], { diagnosis: 'LUAD' }), 'met')
  assert.equal(
    verdict([{ clinical: { oncotree_primary_diagnosis: '_SOLID_' } }], { diagnosis: 'AML' }),
    'not met',
  )
  assert.equal(
    verdict([{ clinical: { oncotree_primary_diagnosis: '!Melanoma' } }], { diagnosis: 'LUAD' }),
    'met',
  )
})

test('a name of an older release stands where it stood then', () => {
  const asks = (name: string) => [{ clinical: { oncotree_primary_diagnosis: name } }]
  assert.equal(verdict(asks('_SOLID_'), { diagnosis: 'Wilms Tumor' }), 'met')
  assert.equal(verdict(asks('_LIQUID_'), { diagnosis: 'Wilms Tumor' }), 'not met')
  assert.equal(verdict(asks('Kidney'), { diagnosis: 'Wilms Tumor' }), 'met')
  assert.equal(verdict(asks('Acute Myeloid Leukemia'), { diagnosis: 'Wilms Tumor' }), 'not met')
  assert.equal(verdict(asks('Renal Cell Carcinoma'), { diagnosis: 'Wilms Tumor' }), 'unknown')
  assert.equal(verdict(asks('_SOLID_'), { diagnosis: 'Diagnosis Pending' }), 'unknown')
})

test('an age by a birth date known to the year only is unknown where the year spans it', () => {
  const adult = [{ clinical: { age_numerical: '>=18' } }]
  assert.equal(verdict(adult, { birthDate: '2001' }), 'met')
  assert.equal(verdict(adult, { birthDate: '2002' }), 'unknown')
  assert.equal(verdict(adult, { birthDate: '2002-01-01' }), 'met')
  assert.equal(verdict(adult, { birthDate: '2002-01-02' }), 'not met')
  assert.equal(verdict(adult, {}), 'unknown')
})

test('a variant whose report lacks the protein change leaves a protein criterion open', () => {
  const v600 = [
    { genomic: { hugo_symbol: 'BRAF', wildcard_protein_change: 'p.V600', variant_category: 'Mutation' } },
  ]
  const assays = [panel(['BRAF'])]
  assert.equal(verdict(v600, { assays, alterations: [mutation('BRAF', 'p.V600K')] }), 'met')
  assert.equal(verdict(v600, { assays, alterations: [mutation('BRAF', 'p.V600*')] }), 'not met')
  assert.equal(verdict(v600, { assays, alterations: [mutation('BRAF')] }), 'unknown')
})

test('contradicting results are unknown, not the first of them', () => {
  const msi = [{ genomic: { ms_status: 'MSI-H' } }]
  assert.equal(verdict(msi, { markers: { 'mismatch-repair': ['deficient', 'proficient'] } }), 'unknown')
  assert.equal(verdict(msi, { markers: { 'mismatch-repair': 'deficient' } }), 'met')
})

test('a drug that is not in the history was not given only if the history is whole', () => {
  const naive = [{ prior_treatments: { drug: '!osimertinib' } }]
  assert.equal(verdict(naive, { treatments: [{ drug: 'cisplatin' }] }), 'unknown')
  assert.equal(verdict(naive, { treatments: [{ drug: 'cisplatin' }], treatmentsComplete: true }), 'met')
  assert.equal(verdict(naive, { treatments: [{ drug: 'Osimertinib' }] }), 'not met')
})

test('fusions have no first and second gene; an intergenic side is not a gene', () => {
  const alk = (partner: string) => [
    {
      genomic: {
        hugo_symbol: 'ALK',
        variant_category: 'Structural Variation',
        fusion_partner_hugo_symbol: partner,
      },
    },
  ]
  const assays = [panel(['ALK'], new Set(['fusion']))]
  const alterations: Alteration[] = [{ kind: 'fusion', gene: 'EML4', partner: 'ALK' }]
  assert.equal(verdict(alk('EML4'), { assays, alterations }), 'met')
  assert.equal(verdict(alk('any_gene'), { assays, alterations }), 'met')
  assert.equal(verdict(alk('KIF5B'), { assays, alterations }), 'not met')
  assert.equal(
    verdict(alk('intergenic'), { assays, alterations: [{ kind: 'fusion', gene: 'ALK', partner: null }] }),
    'met',
  )
})

test('search gives what evaluating everything gives, without looking at most of it', {
  skip: needs(RUN),
}, () => {
  const program = programOf(runTrials())
  const some = panel(['TP53', 'IDH1', 'IDH2', 'DNMT3A', 'NRAS', 'BRAF', 'EGFR'])
  const freeText: Alteration = { kind: 'mutation', gene: '' }
  for (const assay of [EXOME, some, undefined]) {
    let evaluated = 0
    for (const [i, person] of runPeople(assay).slice(0, 200).entries()) {
      const all = new Map<number, number>()
      const found = new Map<number, number>()
      program.take(i % 10 === 0 ? { ...person, alterations: [...person.alterations, freeText] } : person)
      program.evaluateAll((clause, verdict) => verdict > 0 && all.set(clause, verdict))
      evaluated += program.search((clause, verdict) => found.set(clause, verdict))
      assert.deepEqual([...found].sort(), [...all].sort())
    }
    if (assay === EXOME) assert.ok(evaluated < 200 * program.clauses.length * 0.8, `${evaluated}`)
  }
})

test('nobody is met through a gene that no assay covered', { skip: needs(RUN) }, () => {
  const trials = runTrials()
  const program = programOf(trials)
  const people = runPeople()
  let metOfGenes = 0
  for (const person of people) {
    program.take(person)
    program.evaluateAll((clause, found, reasons, from, to) => {
      if (found !== 2) return
      for (const number of reasons.subarray(from, to)) {
        const leaf = program.leaves[number < 0 ? ~number : number]!
        if (leaf.kind !== 'alteration') continue
        metOfGenes++
        const { ground } = program.rulingOf(number < 0 ? ~number : number)
        assert.equal(ground.kind, 'seen', `${person.id} ${program.clauses[clause]!.path}`)
        assert.ok(number >= 0, 'no exclusion holds by a gene that was not tested')
      }
    })
  }
  assert.ok(metOfGenes > 0)
})

test('knowing more never turns met into not met, nor the other way (monotone)', () => {
  const leaf = fc.oneof(
    fc
      .constantFrom('TP53', '!TP53', 'KRAS', '!KRAS')
      .map((gene) => ({ genomic: { hugo_symbol: gene, variant_category: 'Mutation' } })),
    fc.constantFrom('>=18', '<40').map((age) => ({ clinical: { age_numerical: age } })),
    fc.constantFrom('Positive', 'Negative').map((word) => ({ clinical: { her2_status: word } })),
  )
  const { tree } = fc.letrec<{ tree: object }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((list) => ({ and: list })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((list) => ({ or: list })),
    ),
  }))
  const whole: Partial<Candidate> = {
    birthDate: '1990-05-05',
    markers: { her2: 'positive' },
    assays: [panel(['TP53', 'KRAS'])],
    alterations: [mutation('KRAS', 'p.G12D')],
  }
  fc.assert(
    fc.property(tree, fc.subarray(['birthDate', 'markers', 'assays'] as const), (match, hidden) => {
      const part = { ...whole }
      for (const key of hidden) delete part[key]
      const [less, more] = [verdict([match], part), verdict([match], whole)]
      assert.ok(less === 'unknown' || less === more, `${less} became ${more}`)
      assert.notEqual(more, 'unknown')
    }),
    { numRuns: 300 },
  )
})

test('feasibility counts what each criterion costs', () => {
  const program = programOf([
    armOf([
      {
        and: [
          { clinical: { age_numerical: '>=18' } },
          { genomic: { hugo_symbol: '!TP53', variant_category: 'Mutation' } },
        ],
      },
    ]),
  ])
  const person = (id: string, rest: Partial<Candidate>): Candidate => ({
    id,
    alterations: [],
    assays: [panel(['TP53'])],
    markers: {},
    treatmentsComplete: false,
    birthDate: '1980-01-01',
    ...rest,
  })
  const [found] = feasibility(program, [
    person('a', {}),
    person('b', { birthDate: '2015-01-01' }),
    person('c', { alterations: [mutation('TP53', 'p.R175H')] }),
    person('d', { assays: [] }),
  ])
  assert.deepEqual(found!.counts, { met: 1, unknown: 1, notMet: 2 })
  assert.deepEqual(found!.eligible, ['a'])
  assert.deepEqual(
    found!.criteria.map(({ criterion, met, unknown, notMet }) => [criterion, met, unknown, notMet]),
    [
      ['age >= 18 years', 3, 0, 1],
      ['not: TP53, mutations', 2, 1, 1],
    ],
  )
  assert.deepEqual(
    found!.criteria.map(({ costs, wouldSettle }) => [costs, wouldSettle]),
    [
      [1, 0],
      [1, 1],
    ],
  )
})
