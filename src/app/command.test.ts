import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Command, parseArguments } from './command.ts'

const command: Command = {
  name: 'some',
  summary: '',
  usage: '',
  options: {
    given: { type: 'string', help: '' },
    other: { type: 'boolean', help: '' },
    lines: { type: 'string', short: 'l', dashed: /^-(?:any)?$/, help: '' },
  },
  examples: [],
  run: () => Promise.resolve(0),
}

test('an option that the command has is read, given or not', () => {
  const input = parseArguments(command, ['--given', 'x'])
  assert.equal(input.text('given'), 'x')
  assert.equal(input.flag('other'), false)
  assert.equal(input.takes('given'), true)
})

test('an option that nobody could give is a bug when it is read, not an option left out', () => {
  const input = parseArguments(command, [])
  assert.equal(input.takes('patient'), false)
  for (const read of [
    () => input.text('patient'),
    () => input.texts('patient'),
    () => input.flag('patient'),
    () => input.whole('patient'),
  ])
    assert.throws(read, /no option of this command/)
})

test('a value that begins with a dash follows its option where the option knows it', () => {
  const lines = (...argv: string[]) => parseArguments(command, argv).text('lines')
  assert.equal(lines('-l', '-any'), '-any')
  assert.equal(lines('--lines', '-any', '--other'), '-any')
  assert.equal(lines('-l', '-'), '-')
  assert.equal(lines('-l-any'), '-any')
  assert.throws(() => lines('-l', '--other'), { code: 'USAGE_OPTION' })
  assert.throws(() => lines('-l', '-some'), { code: 'USAGE_OPTION' })
  assert.deepEqual(parseArguments(command, ['--', '-l', '-any']).positionals, ['-l', '-any'])
})
