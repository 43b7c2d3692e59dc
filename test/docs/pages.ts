import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every page that a reader is given, by its path from the root of the checkout. */
export function pagesOfText(): readonly { readonly page: string; readonly text: string }[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith('.md'))
    .map((one) => relative(root, join(one.parentPath, one.name)))
    .sort()
  return ['README.md', 'CONTRIBUTING.md', ...inDocs].map((page) => ({
    page,
    text: readFileSync(join(root, page), 'utf8'),
  }))
}
