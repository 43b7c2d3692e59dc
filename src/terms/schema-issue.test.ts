import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import { notJson } from './not-json.ts'
import { issueWords } from './schema-issue.ts'

const Form = z.strictObject({
  name: z.string().min(1),
  count: z.int().min(0).max(9),
  share: z.number().gt(0),
  kind: z.enum(['one', 'two']),
  list: z.array(z.string()).max(2),
  day: z.iso.date(),
  either: z.union([z.string(), z.number()]),
  bases: z.string().regex(/^[ACGT]+$/, 'bases are A, C, G or T'),
  sure: z.boolean(),
})
const GOOD = {
  name: 'a',
  count: 1,
  share: 0.5,
  kind: 'one',
  list: [],
  day: '2026-11-22',
  either: 1,
  bases: 'A',
  sure: true,
}

for (const [change, words] of [
  [{ name: '' }, 'it must not be empty'],
  [{ name: 3 }, 'it must be a text, not a number'],
  [{ name: undefined }, 'it is missing: it must be a text'],
  [{ count: -1 }, 'it must be at least 0'],
  [{ count: 10 }, 'it must be at most 9'],
  [{ count: 1.5 }, 'it must be a whole number'],
  [{ share: 0 }, 'it must be more than 0'],
  [{ kind: 'three' }, 'it must be "one" or "two"'],
  [{ list: ['a', 'b', 'c'] }, 'it must have at most 2 entries'],
  [{ list: 'a' }, 'it must be a list, not a text'],
  [{ day: 'yesterday' }, 'it must be a date as YYYY-MM-DD'],
  [{ either: [] }, 'it has none of the forms that are possible here'],
  [{ bases: 'X' }, 'bases are A, C, G or T'],
  [{ sure: 'yes' }, 'it must be true or false, not a text'],
  [{ naem: 'a' }, 'there is no field "naem"'],
] as const)
  test(`${JSON.stringify(change)}: ${words}`, () => {
    const { error } = Form.safeParse({ ...GOOD, ...change })
    assert.equal(issueWords(error!.issues[0], 'nothing'), words)
  })

for (const [text, words] of [
  ['', 'it is empty'],
  ['{"a": ', 'it is not JSON: it ends before it is complete'],
  ['{\n  "a": 1,\n  b: 2\n}', 'it is not JSON from line 3, column 3 on'],
  ['secret', 'it is not JSON'],
] as const)
  test(`${JSON.stringify(text)}: ${words}`, () => {
    try {
      JSON.parse(text)
      assert.fail()
    } catch (error) {
      assert.equal(notJson(error, text), words)
    }
  })
