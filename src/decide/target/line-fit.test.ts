import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Approval } from '../../knowledge/tumor/approvals.ts'
import { lineFit } from './line-fit.ts'
import type { TargetSituation } from './option.ts'

const approved = (line: string) => ({ setting: 'metastatic', line }) as Approval

test('of a line that is known, of none, and of one at least', () => {
  for (const [line, linesGiven, linesAtLeast, fits] of [
    ['1', 0, undefined, 'yes'],
    ['1', 1, undefined, 'no'],
    ['2+', 1, undefined, 'yes'],
    ['2+', 0, undefined, 'no'],
    ['2+', undefined, undefined, 'unknown'],
    ['2+', undefined, 1, 'yes'],
    ['3+', undefined, 1, 'unknown'],
    ['1', undefined, 1, 'no'],
    ['2', undefined, 1, 'unknown'],
    ['2', undefined, 2, 'no'],
  ] as const)
    assert.equal(
      lineFit(approved(line), {
        stage: 'advanced',
        ...(linesGiven === undefined ? {} : { linesGiven }),
        ...(linesAtLeast === undefined ? {} : { linesAtLeast }),
      }).fits,
      fits,
      `${line}, ${linesGiven}, at least ${linesAtLeast}`,
    )
})

const fits = (setting: Approval['setting'], line: Approval['line'], situation: TargetSituation) =>
  lineFit({ setting, line } as Approval, situation).fits

test('maintenance follows the line that it is named by', () => {
  for (const [line, linesGiven, is] of [
    ['1', 0, 'no'],
    ['1', 1, 'yes'],
    ['1', 2, 'no'],
    ['2+', 1, 'no'],
    ['2+', 2, 'yes'],
    ['2+', 3, 'yes'],
  ] as const)
    assert.equal(fits('maintenance', line, { linesGiven }), is, `${line} after ${linesGiven}`)
  assert.equal(fits('maintenance', '1', {}), 'unknown')
  assert.equal(fits('maintenance', '1', { linesAtLeast: 1 }), 'unknown')
  assert.equal(fits('maintenance', '1', { linesAtLeast: 2 }), 'no')
  assert.equal(fits('maintenance', '2+', { linesAtLeast: 2 }), 'yes')
})

test('a label for early disease is not for advanced disease, and without the stage it is unknown', () => {
  assert.equal(fits('adjuvant', '', { stage: 'advanced' }), 'no')
  assert.equal(fits('adjuvant', '', { stage: 'early' }), 'yes')
  assert.equal(fits('advanced', '', { stage: 'early' }), 'no')
  assert.equal(fits('advanced', '', {}), 'unknown')
  assert.equal(fits('', '', {}), 'yes')
})
