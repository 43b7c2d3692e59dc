// Lists runs of lines that stand word for word in two places. A copy is where two fixes drift apart.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const RUN = 10 // lines; shorter runs are mostly shape, not logic

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    // A released migration is never edited, and tables look alike.
    if (['node_modules', 'dist', 'migrations'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.(ts|tsx|mjs|css)$/.test(entry.name) ? [path] : []
  })
}

const seen = new Map()
const found = []
for (const file of ['src', 'web', 'scripts', 'bench', 'test'].flatMap((folder) =>
  sources(join(root, folder)),
)) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((text, index) => ({ text: text.trim(), number: index + 1 }))
    .filter(({ text }) => text.length > 2 && !/^(import|\/\/|\*|\/\*)/.test(text))
  let skipTo = 0
  for (let i = 0; i + RUN <= lines.length; i++) {
    const key = lines
      .slice(i, i + RUN)
      .map((line) => line.text)
      .join('\n')
    const place = `${relative(root, file)}:${lines[i].number}`
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, place)
    else if (i >= skipTo) {
      found.push(`${place} repeats ${earlier}`)
      skipTo = i + RUN
    }
  }
}
for (const line of found) process.stdout.write(`${line}\n`)
process.exit(found.length > 0 ? 1 : 0)
