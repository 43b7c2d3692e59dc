import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PARSERS } from './parsers.ts'
import { runFuzz } from './run-fuzz.ts'

/** GARROD_FUZZ_SECONDS: time for each reader; GARROD_FUZZ_FROM: number of the first input, to repeat one. */
const seconds = Number(process.env['GARROD_FUZZ_SECONDS'] ?? 2)
const first = Number(process.env['GARROD_FUZZ_FROM'] ?? 1)

for (const parser of PARSERS)
  test(`${parser.name}: damaged files end in an answer or a coded fault`, async (t) => {
    const { inputs, slowest, defects } = await runFuzz(parser.name, first, seconds)
    t.diagnostic(`${inputs} inputs, the slowest took ${slowest.toFixed(0)} ms`)
    assert.ok(inputs > 0)
    assert.deepEqual(defects, [])
  })
