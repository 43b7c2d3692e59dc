import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Approval } from '../../knowledge/tumor/approvals.ts'
import { lineFit } from './line-fit.ts'

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
