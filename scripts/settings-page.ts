import { SETTINGS } from '../src/app/settings.ts'

/** docs/settings.md: every variable of the environment that a site may set. */
export function settingsPage(): string {
  const rows = SETTINGS.map(({ name, what, usual }) => `| \`${name}\` | ${what} | ${usual} |`)
  return `# Settings

Written from the program: \`node_modules/.bin/node scripts/write-docs.ts\`.

What holds for every command of an installation is set by variables of the environment; what one run needs is an option ([cli.md](cli.md)).
All machines of one store need the same ones. An empty variable counts as not set; a variable that begins with \`GARROD_\` and is none of
these is told of on stderr at every start.

| variable | what it is | when it is not set |
|---|---|---|
${rows.join('\n')}
`
}
