import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { DataUse } from '../../src/safeguard/consent/data-use.ts'
import { matchDataUse } from '../../src/safeguard/consent/match-data-use.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const CASES = 'trust/consent/duos/cases-v4.json'

interface Case {
  readonly id: string
  readonly dataset: DataUse
  readonly purpose: DataUse
  readonly ancestorsOfPurposeDisease?: readonly string[]
  readonly expected: string
}

test('decisions of the DUOS matching, version 4', { skip: needs(CASES) }, (t) => {
  const { cases } = JSON.parse(readFileSync(sharedData(CASES)!, 'utf8')) as { cases: Case[] }
  for (const { id, dataset, purpose, ancestorsOfPurposeDisease = [], expected } of cases) {
    const answer = matchDataUse(dataset, purpose, () => ancestorsOfPurposeDisease)
    assert.equal(answer.decision, expected, `${id}: ${answer.because.join('; ')}`)
    assert.ok(answer.because.length > 0, id)
  }
  t.diagnostic(`${cases.length} of ${cases.length} decisions agree`)
})
