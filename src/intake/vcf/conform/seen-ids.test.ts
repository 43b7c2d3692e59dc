import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SeenIds } from './seen-ids.ts'

test('an identifier is told with the line it was first met on, as a map of all would', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 3000 }), (ids) => {
      const seen = new SeenIds()
      const all = new Map<string, number>()
      for (const [i, id] of ids.entries()) {
        assert.equal(seen.add(id, i + 1), all.get(id))
        if (!all.has(id)) all.set(id, i + 1)
      }
    }),
    { numRuns: 50 },
  )
})

test('no two of 200,000 identifiers are taken for one, and each is found again', () => {
  const seen = new SeenIds()
  for (let i = 1; i <= 200_000; i++) assert.equal(seen.add(`rs${i}`, i), undefined)
  for (let i = 1; i <= 200_000; i += 997) assert.equal(seen.add(`rs${i}`, 300_000), i)
})
