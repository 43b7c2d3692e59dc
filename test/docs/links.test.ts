import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { pagesOfText, root } from './pages.ts'

const pages = pagesOfText()

/** How Markdown viewers name a heading in an address. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .trim()
    .replaceAll(' ', '-')

for (const { page, text } of pages) {
  test(`${page}: every link leads somewhere`, () => {
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link!)) continue
      const [path, anchor] = link!.split('#')
      const target = path === '' ? join(root, page) : join(root, dirname(page), path!)
      assert.ok(existsSync(target), link)
      if (anchor === undefined || !target.endsWith('.md')) continue
      const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, one]) =>
        anchorOf(one!),
      )
      assert.ok(headings.includes(anchor), `${link}: there is no such heading`)
    }
  })

  test(`${page}: every file and folder of the checkout that it names is there`, () => {
    const named = /(?<![\w/.-])(?:src|test|scripts|bench|docs|facts|web|examples)\/[\w.*/-]*[\w*/]/g
    for (const [path] of text.matchAll(named)) {
      const found = path.includes('*')
        ? globSync(path, { cwd: root }).length > 0
        : ['', '.ts'].some((ending) => existsSync(join(root, path + ending))) ||
          // "docs/decisions/0042" is said of a decision by its number.
          globSync(`${path}-*.md`, { cwd: root }).length > 0
      assert.ok(found, path)
    }
  })
}

test('every page is found from the README by following links', () => {
  const reached = new Set(['README.md'])
  for (const page of reached)
    for (const [, link] of readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
      const target = join(dirname(page), link!)
      if (!/^[a-z]+:/.test(link!) && target.endsWith('.md')) reached.add(target)
    }
  assert.deepEqual(
    pages.map(({ page }) => page).filter((page) => !reached.has(page) && !page.startsWith('docs/decisions/')),
    [],
  )
})
