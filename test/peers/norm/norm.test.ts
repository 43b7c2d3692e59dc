import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../support/shared-data.ts'
import { compareRuns, NORM_RUNS } from './runs.ts'

test('bcftools norm: every published run gives the same bytes', { skip: needs(NORM_RUNS) }, async () => {
  const runs = await compareRuns()
  assert.ok(runs.length >= 25)
  for (const { input, args, different, err } of runs)
    assert.deepEqual(different, [], `${input} ${args} ${err}`)
})
