import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Command, helpOf, parseArguments } from '../../src/app/command.ts'
import { COMMANDS } from '../../src/app/commands.ts'
import { pagesOfText } from './pages.ts'

const commands = new Map<string, Command>()
for (const { name, load } of COMMANDS) commands.set(name, await load())

/** Words of a line of a shell: quotes are taken off; a comment, a pipe or a redirection ends it, and so does what is left out. */
function words(line: string): string[] {
  const found: string[] = []
  for (const [, double, single, plain] of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
    const word = double ?? single ?? plain!
    if (plain !== undefined && /^(#|\||>|<|&|;)/.test(word)) break
    found.push(word)
  }
  return found
}

/** Lines "garrod …" of a page: those of its blocks, joined where a backslash breaks them, and those in the text between backticks. */
function linesOf(text: string): string[] {
  const blocks = text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)
  const inBlocks = [...blocks].flatMap(([, block]) => block!.replaceAll(/\\\n\s*/g, ' ').split('\n'))
  const inText = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(([, span]) =>
    span!.replaceAll('\n', ' '),
  )
  return [...inBlocks, ...inText].flatMap((line) => {
    const call = /^(?:\$ )?(?:[A-Z_]+=\S* )*(?:bin\/)?garrod ([a-z].*)$/.exec(line.trim())?.[1]
    return call === undefined ? [] : [call]
  })
}

for (const { page, text } of pagesOfText()) {
  for (const line of linesOf(text)) {
    test(`${page}: garrod ${line}`, () => {
      const [name, ...rest] = words(line)
      const command = commands.get(name!)
      assert.ok(command !== undefined, `there is no command ${name}`)
      const [verb] = parseArguments(
        command,
        rest.filter((word) => word !== '--help'),
      ).positionals
      // A first word in small letters is a verb, or a file that the example names: then it has a dot or a slash.
      if (verb !== undefined && /^[a-z][a-z-]*$/.test(verb))
        assert.match(
          helpOf(command),
          new RegExp(`\\b${verb}\\b`),
          `the help of ${name} does not know "${verb}"`,
        )
    })
  }
}

test('docs/cli.md has a part for every command', () => {
  const manual = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8')
  for (const name of commands.keys()) assert.ok(manual.includes(`garrod ${name} — `), name)
})
