import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { readAnswer } from './policy-set.ts'

const PERMIT = 'permit (principal, action, resource);'
const FORBID = 'forbid (principal, action, resource) when { context.court == false };'

/** Cedar without a schema, as it is by default. */
function ask(context: cedar.Context): cedar.AuthorizationAnswer {
  return cedar.isAuthorized({
    principal: { type: 'Caller', id: '1' },
    action: { type: 'Action', id: 'read' },
    resource: { type: 'Kind', id: 'Observation' },
    context,
    policies: { staticPolicies: { all: PERMIT, court: FORBID } },
    entities: [],
  })
}

test('Cedar says "allow" when a forbid could not be evaluated; here that is a refusal', () => {
  const answer = ask({})
  assert.equal(answer.type === 'success' && answer.response.decision, 'allow')
  assert.deepEqual(readAnswer(answer), { allow: false, policies: ['court'] })
})

test('without errors the answer is what Cedar says', () => {
  assert.deepEqual(readAnswer(ask({ court: true })), { allow: true, policies: ['all'] })
  assert.deepEqual(readAnswer(ask({ court: false })), { allow: false, policies: ['court'] })
})

test('a request that Cedar does not understand is refused', () => {
  assert.equal(readAnswer({ type: 'failure', errors: [], warnings: [] }).allow, false)
})
