import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { faultsByCode, faultsPage, roomOf } from '../../scripts/faults/faults-page.ts'
import { MEANINGS } from '../../scripts/faults/meanings.ts'
import { statusOf } from '../../src/app/http/fault-reply.ts'
import { fhirStatusOf } from '../../src/fhir/rest/outcome.ts'
import { pagesOfText, root } from './pages.ts'

const faults = faultsByCode(root)
/** Made at the addresses of an account and of emergency access alone, which are no FHIR. */
const PAGE_ONLY = new Set(['ACCOUNT_PAGE_ONLY', 'PASSWORD_WRONG', 'SECOND_FACTOR_NEEDED', 'BREAK_GLASS_OWN'])
const source = (file: string) => readFileSync(join(root, file), 'utf8')

test('docs/faults.md has every fault that the sources make (node scripts/write-docs.ts)', () => {
  assert.equal(source('docs/faults.md'), faultsPage(root))
})

test('a code that is made in several rooms means one thing, which is written down; so is one whose words are not in the source', () => {
  const needed = [...faults]
    .filter(
      ([, places]) => new Set(places.map(roomOf)).size > 1 || places.every(({ what }) => what.length === 0),
    )
    .map(([code]) => code)
  assert.deepEqual(
    needed.filter((code) => MEANINGS[code] === undefined),
    [],
    'is this code the same fault in each room? Then give its meaning in scripts/faults/meanings.ts; else another code',
  )
  for (const code of Object.keys(MEANINGS)) assert.ok(faults.has(code), `nothing makes ${code} any more`)
})

test('what stops every request has the same status over FHIR as elsewhere: a client must know whether to try again', () => {
  for (const code of faults.keys()) {
    const status = statusOf(code)
    if (status >= 500 || [401, 403, 413, 421, 429].includes(status))
      assert.ok(
        PAGE_ONLY.has(code) || fhirStatusOf(code) === status,
        `${code}: ${status}, over FHIR ${fhirStatusOf(code)}`,
      )
  }
})

test('a status is given to codes that are made, and to no others', () => {
  for (const file of ['src/app/http/fault-reply.ts', 'src/fhir/rest/outcome.ts'])
    for (const [, code] of source(file).matchAll(/^ {2}([A-Z][A-Z_0-9]+): (?:\d|\[)/gm))
      assert.ok(faults.has(code!), `${file} has a status for ${code}, which nothing makes`)
})

test('a code that programs look for is one that is made', () => {
  for (const file of globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'], { cwd: root }))
    for (const [, code] of source(file).matchAll(/(?:error|fault)\??\.code [!=]== '([A-Z]+_[A-Z_0-9]+)'/g))
      assert.ok(faults.has(code!) || file.endsWith('.test.ts'), `${file} looks for ${code}`)
})

test('a code that the documentation names is one that is made', () => {
  const findings = new Set(
    globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
      [...source(file).matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map(([, code]) => code!),
    ),
  )
  for (const { page, text } of pagesOfText())
    for (const [, word] of text.matchAll(
      /\b([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*_(?:UNKNOWN|MISSING|MALFORMED|REFUSED|DENIED|TWICE|CHANGED))\b/g,
    ))
      assert.ok(faults.has(word!) || findings.has(word!), `${page} names ${word}`)
})
