import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import { interactionLines } from './interaction-line.ts'

const [first] = exampleCase.plan.interactions
const about = (name: string, rest: string, severity = first!.severity) => ({
  ...first!,
  severity,
  affected: { ...first!.affected, name },
  sentence: `Paroxetine is a strong CYP2D6 inhibitor; ${rest}.`,
})

test('what is said alike of several drugs is said once, with every name', () => {
  const lines = interactionLines(
    ['codeine', 'tramadol', 'tamoxifen'].map((name) =>
      about(name, `little of this enzyme is left for ${name}`),
    ),
  )
  assert.deepEqual(
    lines.map(({ drugs, sentence }) => [drugs, sentence]),
    [
      [
        '3 drugs with paroxetine',
        'Paroxetine is a strong CYP2D6 inhibitor; little of this enzyme is left for codeine, tramadol and tamoxifen.',
      ],
    ],
  )
})

test('another harm or another sentence is another line, in the order of the plan', () => {
  const lines = interactionLines([
    about('codeine', 'advice on codeine goes by that'),
    about('tramadol', 'advice on tramadol goes by that', 'info'),
    about('metoprolol', 'what that means for metoprolol is not known'),
  ])
  assert.deepEqual(
    lines.map(({ drugs }) => drugs),
    ['codeine with paroxetine', 'tramadol with paroxetine', 'metoprolol with paroxetine'],
  )
})
