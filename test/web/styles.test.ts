import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const folder = join(import.meta.dirname, '..', '..', 'web', 'src', 'styles')
/** They change what the others say, for a narrow window and for paper. */
const ADJUST: ReadonlySet<string> = new Set(['phone.css', 'print.css'])

/** Classes that rules of a style sheet begin with. */
function classesOf(file: string): ReadonlySet<string> {
  const text = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const selectors = [...text.matchAll(/([^{}]+)\{/g)].flatMap(([, one]) => one!.split(','))
  return new Set(selectors.flatMap((one) => /^\s*\.([a-z][\w-]*)/.exec(one)?.[1] ?? []))
}

test('a class is styled in one sheet: two parts of the page never share a name by accident', () => {
  const sheets = new Map<string, string[]>()
  for (const file of readdirSync(folder).filter((one) => one.endsWith('.css') && !ADJUST.has(one)))
    for (const name of classesOf(file)) sheets.set(name, [...(sheets.get(name) ?? []), file])
  assert.ok(sheets.size > 50, 'the sheets were read')
  const shared = [...sheets].filter(([, files]) => files.length > 1)
  assert.deepEqual(shared, [])
})
