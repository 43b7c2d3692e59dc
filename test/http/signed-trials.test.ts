import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadTrials } from '../../src/app/trials/load-trials.ts'
import { clinicalVocabulary } from '../../src/app/trials/trial-files.ts'
import type { PersonTrialsReply } from '../../src/app/trials/trial-routes.ts'
import { type DraftLeaf, draftLeaves } from '../../src/decide/enrol/criterion.ts'
import { readSignatures, sign } from '../../src/decide/enrol/draft/signature.ts'
import { readTrial } from '../../src/decide/enrol/read-trial.ts'
import { call, type TestServer, testServer } from '../support/http-server.ts'
import { ecogOf, keepAll, womanOf } from '../support/trial-person.ts'

let server: TestServer
before(async () => {
  server = await testServer()
})
after(() => server.close())

const STUDY = {
  protocolSection: {
    identificationModule: { nctId: 'NCT00000901', briefTitle: 'A study' },
    statusModule: { overallStatus: 'RECRUITING' },
    eligibilityModule: {
      sex: 'ALL',
      minimumAge: '18 Years',
      eligibilityCriteria: 'Inclusion Criteria:\n\n* ECOG 0-1',
    },
  },
}

test('drafts that a person signed reach the server, and a signature whose text is gone is told', async () => {
  const { store, facts, tenant, now } = server.services
  const vocabulary = clinicalVocabulary(facts)
  const trial = readTrial(STUDY, 'study', vocabulary)
  const drafts = trial.clauses.flatMap(({ criterion }) => draftLeaves(criterion)) as readonly DraftLeaf[]
  const signed = sign(trial, drafts, 'A. Reader', '2026-01-01')
  const signatures = readSignatures(JSON.parse(JSON.stringify(signed)), 'signed', vocabulary)
  const act = { by: 'test', at: now().toISOString() }
  const load = (list: typeof signatures, study: object = STUDY) =>
    loadTrials({ store, facts }, tenant, [['study', study]], act, list)
  const verdict = async () => {
    const { body } = await call(`${server.url}/api/patients/s1/trials?all=true`)
    return (body as unknown as PersonTrialsReply).trials[0]!.verdict
  }
  await keepAll(server.url, [womanOf('s1'), ecogOf('s1', 1)])
  await load([])
  assert.equal(await verdict(), 'unknown', 'a draft is unknown for everybody')
  assert.deepEqual((await load(signatures)).lapsed, [])
  assert.equal(await verdict(), 'met')
  const changed = JSON.parse(JSON.stringify(STUDY).replace('ECOG 0-1', 'ECOG 0')) as object
  assert.deepEqual(
    (await load(signatures, changed)).lapsed.map(({ text }) => text),
    ['ECOG 0-1'],
  )
  assert.equal(await verdict(), 'unknown')
})
