import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../../test/trials/matchminer-run.ts'
import { diagnosisGroups } from '../../../knowledge/tumor/diagnosis-groups.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import { Fault } from '../../../terms/fault.ts'
import { draftLeaves } from '../criterion.ts'
import { readTrial } from '../read-trial.ts'
import { itemReader } from './read-item.ts'
import { readSignatures, sign, withSignatures } from './signature.ts'

const facts = builtInFacts()
const vocabulary = { tree: oncoTree(facts), groups: diagnosisGroups(facts), readItem: itemReader(facts) }
const trialOf = (criteria: string) =>
  readTrial(
    {
      protocolSection: {
        identificationModule: { nctId: 'NCT00000001' },
        eligibilityModule: { sex: 'ALL', eligibilityCriteria: criteria },
      },
    },
    't',
    vocabulary,
  )
const draftsOf = (trial: ReturnType<typeof trialOf>) =>
  trial.clauses.flatMap((one) => draftLeaves(one.criterion))
const text = 'Inclusion Criteria:\n* ECOG 0-1\n* A good mood'

test('a signed draft becomes its criterion, the others stay drafts', () => {
  const trial = trialOf(text)
  const [ecog, mood] = draftsOf(trial)
  const written = sign(trial, [ecog!], 'A. Reader', '2026-11-22')
  const signatures = readSignatures(JSON.parse(JSON.stringify(written)), 's', vocabulary)
  const { trial: signed, lapsed } = withSignatures(trial, signatures)
  assert.deepEqual(lapsed, [])
  assert.deepEqual(signed.clauses[0]!.criterion, {
    kind: 'all',
    of: [{ kind: 'performance', comparison: '<=', ecog: 1 }, mood],
  })
})

test('a signature ends when the text changes, and holds for its trial alone', () => {
  const trial = trialOf(text)
  const written = sign(trial, draftsOf(trial).slice(0, 1), 'A. Reader', '2026-11-22')
  const signatures = readSignatures(written, 's', vocabulary)
  const changed = trialOf(text.replace('0-1', '0-2'))
  const { trial: still, lapsed } = withSignatures(changed, signatures)
  assert.equal(draftsOf(still).length, 2)
  assert.deepEqual(
    lapsed.map(({ text: one }) => one),
    ['ECOG 0-1'],
  )
  const other = { ...trial, nctId: 'NCT00000002' }
  assert.equal(draftsOf(withSignatures(other, signatures).trial).length, 2)
})

test('what was not read cannot be signed; malformed signatures are refused with the field', () => {
  const trial = trialOf(text)
  const code = (run: () => unknown) => {
    try {
      run()
    } catch (error) {
      if (error instanceof Fault) return `${error.code} ${error.where}`
      throw error
    }
    return 'none'
  }
  const mood = draftsOf(trial).slice(1)
  assert.equal(
    code(() => sign(trial, mood, 'A', '2026-11-22')),
    `DRAFT_NOT_READ ${mood[0]!.id}`,
  )
  assert.equal(
    code(() => readSignatures({ nctId: 'NCT1' }, 's', vocabulary)),
    'SIGNATURES_MALFORMED s.signatures',
  )
  const bad = { id: '0123456789ab', text: 'x', by: 'A', on: '2026-11-22', criterion: { kind: 'mood' } }
  assert.match(
    code(() => readSignatures({ nctId: 'N', signatures: [bad] }, 's', vocabulary)),
    /^TRIAL_MALFORMED s\.signatures\.0\.criterion/,
  )
})

test('a draft whose side nobody states is signed with a side only', () => {
  const trial = trialOf('HIV infection\n\nECOG 0-1')
  const [hiv] = draftsOf(trial)
  assert.equal(hiv!.side, 'unstated')
  assert.throws(() => sign(trial, [hiv!], 'A', '2026-11-22'), /DRAFT_SIDE_UNSTATED|must or must not/)
  const criterion = (side: 'inclusion' | 'exclusion') =>
    (sign(trial, [hiv!], 'A', '2026-11-22', side).signatures[0] as { criterion: unknown }).criterion
  assert.deepEqual(criterion('exclusion'), { kind: 'not', of: criterion('inclusion') })
})
