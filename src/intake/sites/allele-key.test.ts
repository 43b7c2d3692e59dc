import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Change, keyOf, LONG, WINDOW } from './allele-key.ts'

interface Named {
  readonly position: number
  readonly ref: string
  readonly alt: string
}

/** Key and text of a change, as the lookup compares them; undefined for an ALT that is not bases. */
function nameOf({ position, ref, alt }: Named): string | undefined {
  const bytes = Buffer.from(`${ref}\t${alt}`)
  const change = new Change()
  if (!change.set(bytes, position, 0, ref.length, ref.length + 1, bytes.length)) return undefined
  const text = change.code === LONG ? change.text(bytes) : ''
  return `${Math.floor(change.position / WINDOW)} ${keyOf(change.position, change.code)} ${text}`
}

/** The shortest spelling by the plain rule. */
function shortest({ position, ref, alt }: Named): string {
  let [r, a, p] = [ref.toUpperCase(), alt.toUpperCase(), position]
  while (r.length > 1 && a.length > 1 && r.at(-1) === a.at(-1)) [r, a] = [r.slice(0, -1), a.slice(0, -1)]
  while (r.length > 1 && a.length > 1 && r[0] === a[0]) [r, a, p] = [r.slice(1), a.slice(1), p + 1]
  return `${p} ${r}>${a}`
}

const bases = fc.string({ unit: fc.constantFrom('A', 'C', 'G', 'T'), minLength: 1, maxLength: 7 })
const change = fc.record({ position: fc.integer({ min: 1, max: 40 }), ref: bases, alt: bases })

test('two changes have one name when, and only when, their shortest spellings are the same', () => {
  fc.assert(
    fc.property(change, change, (a, b) => {
      assert.equal(nameOf(a) === nameOf(b), shortest(a) === shortest(b))
    }),
    { numRuns: 5000, seed: 1902 },
  )
})

test('every short change has a code of its own', () => {
  const words = (length: number): string[] =>
    length === 0 ? [''] : words(length - 1).flatMap((word) => [...'ACGT'].map((base) => word + base))
  const names = new Map<string, string>()
  let changes = 0
  for (let r = 1; r <= 4; r++)
    for (let a = 1; r + a <= 5; a++)
      for (const ref of words(r))
        for (const alt of words(a)) {
          const one = { position: 7, ref, alt }
          if (shortest(one) !== `7 ${ref}>${alt}`) continue
          changes += 1
          names.set(nameOf(one)!, `${ref}>${alt}`)
        }
  assert.equal(names.size, changes)
})

test('case does not matter; N is kept as text; what is not bases is no change', () => {
  const at = (ref: string, alt: string) => nameOf({ position: 1_048_576, ref, alt })
  assert.equal(at('a', 'g'), at('A', 'G'))
  assert.notEqual(at('A', 'N'), undefined)
  assert.notEqual(at('A', 'N'), at('A', 'G'))
  for (const alt of ['<DEL>', '*', '.', 'G]17:198982]', '[17:1[A']) assert.equal(at('A', alt), undefined)
})
