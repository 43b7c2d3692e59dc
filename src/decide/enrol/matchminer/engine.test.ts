import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../../../test/support/shared-data.ts'
import {
  builtInFacts,
  peerResults,
  RUN,
  RUN_DATE,
  resultKey,
  runPeople,
  runTrials,
} from '../../../../test/trials/matchminer-run.ts'
import { diagnosisGroups } from '../../../knowledge/tumor/diagnosis-groups.ts'
import type { MatchMinerPatient, MatchMinerRecord } from '../../../record/candidate.ts'
import { readCtml } from '../ctml/document.ts'
import { type EngineOptions, MatchMinerEngine } from './engine.ts'

const options: EngineOptions = {
  groups: diagnosisGroups(builtInFacts()),
  today: RUN_DATE,
  onClosed: false,
  onDeceased: false,
}

/** Whether one arm with these criteria matches one person. */
function matches(
  match: unknown,
  clinical: MatchMinerRecord,
  genomic: MatchMinerRecord[] = [],
  treatments: MatchMinerRecord[] = [],
): boolean {
  const arm = { arm_suspended: 'N', arm_internal_id: 1, arm_code: 'A', match }
  const trial = readCtml(
    { protocol_no: '1-1', status: 'Open to Accrual ', treatment_list: { step: [{ arm: [arm] }] } },
    't',
  )
  const engine = new MatchMinerEngine([trial], options)
  assert.deepEqual(engine.refused, [])
  const patient: MatchMinerPatient = { clinical: { VITAL_STATUS: 'alive', ...clinical }, genomic, treatments }
  let found = false
  engine.match(patient, () => {
    found = true
  })
  return found
}

const mutation = (gene: string, change: string): MatchMinerRecord => ({
  TRUE_HUGO_SYMBOL: gene,
  TRUE_PROTEIN_CHANGE: change,
  VARIANT_CATEGORY: 'MUTATION',
})

test('every result of the peer’s run, and none beside them', { skip: needs(RUN) }, () => {
  const engine = new MatchMinerEngine(runTrials(), { ...options, onClosed: true, onDeceased: true })
  const found = new Set<string>()
  for (const { id, matchMiner } of runPeople()) {
    engine.match(matchMiner!, (protocol, matches) => {
      for (const one of matches) found.add(resultKey(protocol, id, one))
    })
  }
  assert.deepEqual([...found].sort(), [...peerResults()].sort())
  assert.ok(found.size > 5_000)
})

test('an age counts months and turns around on the birth date', () => {
  const age = (text: string, born: number) =>
    matches([{ clinical: { age_numerical: text } }], { BIRTH_DATE_INT: born })
  assert.equal(age('>=18', 20020101), true)
  assert.equal(age('>=18', 20020102), false)
  assert.equal(age('>18', 20020101), false)
  assert.equal(age('<18', 20020102), true)
  assert.equal(age('>=0.083', 20191201), true)
  assert.equal(age('>=0.5', 20190702), false)
  assert.equal(matches([{ clinical: { age_numerical: '>=18' } }], {}), false)
})

test('a wildcard is one other amino acid: no stop, frameshift or deletion', () => {
  const leaf = [{ genomic: { hugo_symbol: 'BRAF', wildcard_protein_change: 'V600' } }]
  assert.equal(matches(leaf, {}, [mutation('BRAF', 'p.V600E')]), true)
  for (const other of ['p.V600*', 'p.V600fs', 'p.V600_K601del', 'p.V60E'])
    assert.equal(matches(leaf, {}, [mutation('BRAF', other)]), false, other)
})

test('"!" turns a whole genomic leaf around, and the wild type meets it', () => {
  const leaf = [{ genomic: { hugo_symbol: 'NRAS', protein_change: '!p.G12D' } }]
  assert.equal(matches(leaf, {}, [mutation('NRAS', 'p.G12D')]), false)
  assert.equal(matches(leaf, {}, [mutation('NRAS', 'p.Q61K')]), true)
  assert.equal(matches(leaf, {}, []), true)
})

test('fusions: the comment before December 2018, the two genes in either order after', () => {
  const leaf = [
    {
      genomic: {
        hugo_symbol: 'ALK',
        variant_category: 'Structural Variation',
        fusion_partner_hugo_symbol: 'EML4',
      },
    },
  ]
  const comment: MatchMinerRecord = { STRUCTURAL_VARIANT_COMMENT: 'a fusion of EML4-ALK is seen' }
  const genes: MatchMinerRecord = { LEFT_PARTNER_GENE: 'EML4', RIGHT_PARTNER_GENE: 'ALK' }
  const [before, after] = [{ REPORT_DATE: '2018-11-30' }, { REPORT_DATE: '2018-12-01' }]
  assert.deepEqual([matches(leaf, before, [comment]), matches(leaf, after, [comment])], [true, false])
  assert.deepEqual([matches(leaf, before, [genes]), matches(leaf, after, [genes])], [false, true])
  const intergenic = [
    {
      genomic: {
        hugo_symbol: 'ALK',
        variant_category: 'Structural Variation',
        fusion_partner_hugo_symbol: 'intergenic',
      },
    },
  ]
  assert.equal(matches(intergenic, after, [{ LEFT_PARTNER_GENE: 'ALK' }]), true)
  assert.equal(matches(intergenic, after, [genes]), false)
})

test('a text "False" never equals false, receptors are ignored, and criteria that ask nothing match nobody', () => {
  const wild = [{ genomic: { hugo_symbol: 'WT1', wildtype: 'False' } }]
  assert.equal(matches(wild, {}, [{ ...mutation('WT1', 'p.R1C'), WILDTYPE: false }]), false)
  assert.equal(
    matches([{ clinical: { her2_status: 'Positive', gender: 'Female' } }], { GENDER: 'Female' }),
    true,
  )
  assert.equal(matches([{ clinical: { her2_status: 'Positive' } }], { GENDER: 'Female' }), false)
  assert.equal(matches([], { GENDER: 'Female' }), false)
})

test('prior treatments are records of their own', () => {
  const leaf = [{ prior_treatments: { drug: '!cisplatin' } }, { clinical: { gender: 'Male' } }]
  assert.equal(matches(leaf, { GENDER: 'Male' }, [], [{ DRUG: 'cisplatin' }]), false)
  assert.equal(matches(leaf, { GENDER: 'Male' }, [], [{ DRUG: 'imatinib' }]), true)
})

test('an "or" inside the first of two "or" lists weakens the second, as in the peer', () => {
  const is = (gene: string) => ({ genomic: { hugo_symbol: gene } })
  const match = [{ and: [{ or: [{ and: [is('A'), { or: [is('B')] }] }] }, { or: [is('C')] }] }]
  assert.equal(
    matches(match, {}, [mutation('A', 'p.A1C'), mutation('C', 'p.A1C')]),
    true,
    'B is not asked for',
  )
})

test('the dead, and those without a vital status, are matched only when asked for', () => {
  const male = [{ clinical: { gender: 'Male' } }]
  assert.equal(matches(male, { GENDER: 'Male' }), true)
  for (const VITAL_STATUS of ['deceased', undefined])
    assert.equal(matches(male, { GENDER: 'Male', VITAL_STATUS }), false)
})

test('what the engine would stop at is refused by name', () => {
  const arm = { match: [{ clinical: { age_numerical: '18+' } }] }
  const trial = readCtml(
    { protocol_no: '1', status: 'open to accrual', treatment_list: { step: [{ arm: [arm] }] } },
    't',
  )
  assert.deepEqual(
    new MatchMinerEngine([trial], options).refused.map(({ fault }) => fault.code),
    ['CTML_PEER_STOPS'],
  )
})
