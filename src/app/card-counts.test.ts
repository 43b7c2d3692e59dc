import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Facts } from '../knowledge/facts.ts'
import { guidelines } from '../knowledge/guideline/guidelines.ts'
import type { RuleCount } from '../store/cards/card-store.ts'
import { cardCounts } from './card-counts.ts'
import { readConfig } from './config.ts'

const facts = Facts.find(readConfig({}).factFolders)
const count = (rule: string): RuleCount => ({
  rule,
  pack: 'cpic@2025-11',
  service: 'garrod-order-sign',
  shown: 1,
  muted: 0,
  belowThreshold: 0,
  duplicate: 0,
  accepted: 0,
  overridden: 0,
  reasons: {},
})

test('a rule is told by its drug and the results it is for; one that is no rule of a guideline keeps its name alone', () => {
  const rules = guidelines(facts).forDrug('codeine')
  const ruleFor = (score: string) =>
    rules.find(({ rule: { when } }) => when[0]!.basis === 'activityScore' && when[0]!.in.includes(score))!
      .rule.id
  const [poor, intermediate, other] = cardCounts(
    [count(ruleFor('0.0')), count(ruleFor('0.5')), count('condition-codeine-asthma')],
    facts,
  )
  assert.equal(poor!.about, 'codeine: CYP2D6 activity score 0.0')
  assert.equal(intermediate!.about, 'codeine: CYP2D6 activity score 0.25 to 1.0')
  assert.equal(other!.about, undefined)
})
