import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wholeLines } from './whole-lines.ts'

async function runs(pieces: readonly string[], longest = 1000): Promise<[string, boolean][]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield Buffer.from(piece)
  }
  const found: [string, boolean][] = []
  for await (const { bytes, endsWithNewline } of wholeLines(chunks(), 'file', longest)) {
    found.push([bytes.toString(), endsWithNewline])
  }
  return found
}

test('a line is never in two runs', async () => {
  assert.deepEqual(await runs(['a\nb', 'c\nd']), [
    ['a\n', true],
    ['bc\n', true],
    ['d', false],
  ])
  assert.deepEqual(await runs(['a', 'b', 'c\n', '\n']), [
    ['abc\n', true],
    ['\n', true],
  ])
  assert.deepEqual(await runs([]), [])
})

test('nothing is lost or added', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.stringMatching(/^[ab\n]{0,6}$/)), async (pieces) => {
      const found = await runs(pieces)
      assert.equal(found.map(([text]) => text).join(''), pieces.join(''))
      for (const [text, ends] of found) assert.equal(text.endsWith('\n'), ends)
    }),
  )
})

test('a line that does not end is given up before more of it is read', async () => {
  let read = 0
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('short\n')
    for (;;) {
      read += 1
      yield Buffer.alloc(100, 65)
    }
  }
  await assert.rejects(
    async () => {
      for await (const _ of wholeLines(endless(), 'file', 1000));
    },
    { code: 'LINE_TOO_LONG', where: 'file, the line that begins at byte 6' },
  )
  assert.equal(read, 11)
})
