// The import ladder of docs/decisions/0001: a floor imports only what its line names, rooms are sealed, no circles.
// Fails too when the tool saw fewer modules than there are source files (a parser mismatch reads as "no violations").
import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import { LADDER } from './import-ladder.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const forbidden = Object.entries(LADDER).map(([floor, may]) => ({
  name: `${floor}-imports-only-${may.length > 0 ? may.join('+').replaceAll('/', '-') : 'itself'}`,
  severity: 'error',
  from: { path: `^src/${floor}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${floor}/`,
      ...may.map((one) => (one.includes('/') ? `^src/${one}(\\.ts$|/)` : `^src/${one}/`)),
    ].join('|'),
  },
}))
forbidden.push(
  {
    name: 'rooms-are-sealed',
    severity: 'error',
    from: { path: '^src/interpret/([^/]+)/' },
    to: { path: '^src/interpret/[^/]+/', pathNot: '^src/interpret/($1|finding)/' },
  },
  {
    name: 'rooms-have-one-door',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/interpret/[^/]+/' },
    to: { path: '^src/interpret/([^/]+)/', pathNot: '^src/interpret/(finding/|([^/]+)/\\2\\.ts$)' },
  },
  { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'nobody-imports-the-face',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^src/index\\.ts$' },
  },
  {
    name: 'only-app-imports-app',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(app/|index\\.ts)' },
    to: { path: '^src/app/' },
  },
)

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  )
}

const files = sources('src')
const { output } = await cruise(
  ['src'],
  {
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
  undefined,
  { tsConfig: undefined },
)
const seen = output.modules.filter((module) => module.source.startsWith('src/')).length
for (const violation of output.summary.violations) {
  process.stdout.write(`${violation.rule.name}: ${violation.from} -> ${violation.to}\n`)
}
if (seen < files.length) {
  process.stdout.write(
    `saw ${seen} modules but src/ has ${files.length} files: the check did not see everything (${relative(root, root)})\n`,
  )
}
process.exit(output.summary.violations.length > 0 || seen < files.length ? 1 : 0)
