import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { readEdit } from './edit.ts'

const REFUSED: readonly (readonly [string, string])[] = [
  ['NM_001385641.1:c.804C>T', 'VARIANT_MALFORMED'],
  ['rs113488022', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.101_102insN?', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.102_101del', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.101_103insG', 'VARIANT_MALFORMED'],
  ['NC_000001.11:g.101_102A>T', 'VARIANT_MALFORMED'],
  ['', 'VARIANT_MALFORMED'],
]
for (const [text, code] of REFUSED)
  test(`"${text}": ${code}`, () =>
    assert.throws(
      () => readEdit(text),
      (error) => error instanceof Fault && error.code === code,
    ))
