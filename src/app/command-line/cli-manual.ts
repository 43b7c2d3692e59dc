import { helpOf } from '../command.ts'
import { COMMANDS } from '../commands.ts'

/** docs/cli.md: the help of every command, as the commands print it. */
export async function cliManual(): Promise<string> {
  const parts = [
    '# Command line',
    '',
    'Printed by the commands themselves: `node_modules/.bin/node scripts/write-docs.ts`.',
    '',
  ]
  for (const entry of COMMANDS) {
    const command = await entry.load()
    parts.push(`## garrod ${command.name}`, '', '```', helpOf(command).trimEnd(), '```', '')
  }
  return parts.join('\n')
}
