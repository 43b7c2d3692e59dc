import { Fault } from '../terms/fault.ts'
import { fileFault } from '../terms/file-fault.ts'
import { type Command, type ExitCode, helpOf, type Io, parseArguments } from './command.ts'
import { COMMANDS } from './commands.ts'
import { nearest } from './option-fault.ts'
import { unknownSettings } from './settings.ts'
import { VERSION } from './version.ts'

const HELP = `garrod — molecular results in; cited, patient-specific decisions out

Usage
  garrod <command> [options]

Commands
${COMMANDS.map((command) => `  ${command.name.padEnd(10)} ${command.summary}`).join('\n')}

  garrod <command> --help   what the command does, its options and examples
  garrod --version          ${VERSION}

Variables of the environment that a site sets: docs/settings.md

Answers go to stdout, progress and faults to stderr.
Exit codes: 0 answered, 1 answered with gaps, 2 the input could not be used, 70 a defect of the program.
Decision support for professionals. Not a medical device.
`

/** Runs one command line. Faults are printed, never thrown; a bug is thrown. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    await io.out(HELP)
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    await io.out(`garrod ${VERSION}\n`)
    return 0
  }
  const entry = COMMANDS.find((command) => command.name === name)
  let command: Command | undefined
  try {
    if (entry === undefined) {
      const near = nearest(name, [...COMMANDS.map((command) => command.name), 'help'])
      throw new Fault(
        'USAGE_COMMAND',
        'garrod',
        `there is no command "${name}"`,
        `${near === undefined ? '' : `Did you mean ${near}? `}Commands: ${COMMANDS.map((command) => command.name).join(', ')}.`,
      )
    }
    command = await entry.load()
    if (rest.includes('--help') || rest.includes('-h')) {
      await io.out(helpOf(command))
      return 0
    }
    const input = parseArguments(command, rest)
    for (const line of unknownSettings(process.env)) io.err(`${line}\n`)
    return await command.run(input, io)
  } catch (thrown) {
    const { path } = (thrown ?? {}) as NodeJS.ErrnoException
    const error = withVerb(path === undefined ? thrown : fileFault(thrown, path), command, rest[0])
    if (!(error instanceof Fault)) throw error
    io.err(faultText(error))
    return 2
  }
}

/** "garrod tumor oncogenicty" takes the misspelt verb for a file: the fault then says what was probably meant. */
function withVerb(error: unknown, command: Command | undefined, first: string | undefined): unknown {
  if (!(error instanceof Fault) || command === undefined || first === undefined || first.startsWith('-'))
    return error
  if (error.code !== 'FILE_NOT_FOUND' && !error.code.startsWith('USAGE_')) return error
  const verbs = [...command.usage.matchAll(/(?:^|\| )([a-z][a-z-]+)/g)].map(([, verb]) => verb!)
  const near = verbs.includes(first) ? undefined : nearest(first, verbs)
  if (near === undefined) return error
  return new Fault(
    error.code,
    error.where,
    error.what,
    `Did you mean "garrod ${command.name} ${near}"? ${error.mend}`,
  )
}

/** A fault as the terminal shows it: what, where, how to mend it, the code for programs. */
function faultText(fault: Fault): string {
  return `garrod: ${fault.what.replace(/\s*\n\s*/g, ' ')}\n  where  ${fault.where}\n  mend   ${fault.mend}\n  code   ${fault.code}\n`
}
