import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { needs, sharedData } from '../../../../test/support/shared-data.ts'
import { builtInFacts, RUN, runTrials } from '../../../../test/trials/matchminer-run.ts'
import { diagnosisGroups } from '../../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import { checkCtml } from './check.ts'
import { readCtml } from './document.ts'
import { typedClauses, writeCtml } from './typed.ts'

const facts = builtInFacts()
const vocabulary = { tree: oncoTree(facts), groups: diagnosisGroups(facts) }
const arm = (match: unknown, rest: object = {}) =>
  readCtml(
    {
      protocol_no: '18-001',
      status: 'open to accrual',
      treatment_list: { step: [{ arm: [{ match }] }] },
      ...rest,
    },
    't',
  )
const errors = (match: unknown, rest: object = {}) =>
  checkCtml(arm(match, rest), vocabulary)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)

const REAL = 'oncology/ctml/real_trials_22.json'

test('a document is written again as it was read', { skip: needs(RUN) || needs(REAL) }, () => {
  const real = JSON.parse(readFileSync(sharedData(REAL)!, 'utf8')) as Record<string, unknown>[]
  const documents = [...runTrials().map(({ document }) => document), ...real]
  for (const document of documents) {
    const trial = readCtml({ ...document, protocol_no: document['protocol_no'] ?? '1' }, 't')
    assert.deepEqual(writeCtml(trial, typedClauses(trial, vocabulary)), trial.document)
  }
})

test('objects of several keys, labels with numbers and unknown fields survive the round trip', () => {
  const match = [
    { genomic: { hugo_symbol: '!X', zygosity: 1 }, clinical: { gender: 'Male' } },
    { or_1: [{ and_2: [] }, { clinical: {} }] },
  ]
  const trial = arm(match)
  assert.deepEqual(writeCtml(trial, typedClauses(trial, vocabulary)), trial.document)
})

test('what nobody could match is named, with what to write instead', () => {
  const [finding] = checkCtml(
    arm([{ clinical: { oncotree_primary_diagnosis: 'All Solid Tumors' } }]),
    vocabulary,
  )
  assert.equal(finding?.code, 'CTML_DIAGNOSIS_UNKNOWN')
  assert.match(finding!.mend, /_SOLID_/)
  const [typo] = checkCtml(
    arm([{ clinical: { oncotree_primary_diagnosis: 'Lung Adenocarcinom' } }]),
    vocabulary,
  )
  assert.match(typo!.mend, /"Lung Adenocarcinoma"/)
  for (const [match, code] of [
    [[{ genomic: { hugo_symbol: 'TP53', true_variant_classification: 'x' } }], 'CTML_FIELD_UNKNOWN'],
    [[{ genomic: { hugo_symbol: 'ATM', variant_classification: 'Frameshift' } }], 'CTML_VALUE_UNKNOWN'],
    [[{ genomic: { hugo_symbol: 'WT1', wildtype: 'False' } }], 'CTML_VALUE_UNKNOWN'],
    [[{ genomic: { variant_category: 'Mutation' } }], 'CTML_GENE_MISSING'],
    [[{ clinical: { age_numerical: '18+' } }], 'CTML_VALUE_UNKNOWN'],
    [[{ clinical: { age_numerical: '>= 18' } }], 'CTML_BOUND_SPACE'],
    [[{ clinical: { her2_status: false } }], 'CTML_VALUE_UNKNOWN'],
    [[{ genomics: { hugo_symbol: 'TP53' } }], 'CTML_KIND_UNKNOWN'],
    [[], 'CTML_EMPTY_MATCH'],
  ] as const)
    assert.deepEqual(errors(match), [code], JSON.stringify(match))
  assert.deepEqual(errors([{ clinical: { gender: 'Male' } }], { protocol_no: 'NCT01' }), [
    'CTML_PROTOCOL_NUMBER',
  ])
  assert.deepEqual(errors([{ clinical: { gender: 'Male', oncotree_primary_diagnosis: '!_SOLID_' } }]), [])
})

test('a step without arms is open here, and said to be closed for the peer', () => {
  const match = [{ clinical: { gender: 'Male' } }]
  const trial = readCtml(
    { protocol_no: '1', status: 'open to accrual', treatment_list: { step: [{ match }] } },
    't',
  )
  assert.deepEqual(
    trial.clauses.map(({ suspended, armless }) => [suspended, armless]),
    [[false, true]],
  )
  assert.deepEqual(
    checkCtml(trial, vocabulary).map(({ code }) => code),
    ['CTML_STEP_WITHOUT_ARMS'],
  )
  const closed = { ...trial.document, treatment_list: { step: [{ match, arm: [{ arm_suspended: ' y ' }] }] } }
  assert.equal(readCtml(closed, 't').clauses[0]!.suspended, true)
})

test('endless and oversized documents end in a coded fault', () => {
  const loop: Record<string, unknown> = {}
  loop['and'] = [loop]
  assert.throws(() => arm([loop]), { code: 'CTML_CYCLIC' })
  const many = Array.from({ length: 50_000 }, () => ({ clinical: { gender: 'Male' } }))
  assert.throws(() => arm([{ or: many }]), { code: 'CTML_TOO_LARGE' })
  let deep: object = { clinical: { gender: 'Male' } }
  for (let i = 0; i < 5_000; i++) deep = { and: [deep] }
  assert.throws(() => arm([deep]), { code: 'CTML_TOO_DEEP' })
  assert.throws(() => readCtml({ treatment_list: {} }, 't'), { code: 'CTML_PROTOCOL_MISSING' })
  assert.throws(() => arm('none'), { code: 'CTML_MALFORMED' })
})
