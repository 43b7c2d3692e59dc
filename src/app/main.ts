import { Fault } from '../terms/fault.ts'
import { type ExitCode, helpOf, type Io, parseArguments } from './command.ts'
import { COMMANDS } from './commands.ts'
import { VERSION } from './version.ts'

const HELP = `garrod — molecular results in; cited, patient-specific decisions out

Usage
  garrod <command> [options]

Commands
${COMMANDS.map((command) => `  ${command.name.padEnd(10)} ${command.summary}`).join('\n')}

  garrod <command> --help   what the command does, its options and examples
  garrod --version          ${VERSION}

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
  try {
    if (entry === undefined) {
      throw new Fault(
        'USAGE_COMMAND',
        'garrod',
        `there is no command "${name}"`,
        `Commands: ${COMMANDS.map((command) => command.name).join(', ')}.`,
      )
    }
    const command = await entry.load()
    if (rest.includes('--help') || rest.includes('-h')) {
      await io.out(helpOf(command))
      return 0
    }
    return await command.run(parseArguments(command, rest), io)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    io.err(faultText(error))
    return 2
  }
}

/** A fault as the terminal shows it: what, where, how to mend it, the code for programs. */
function faultText(fault: Fault): string {
  return `garrod: ${fault.what}\n  where  ${fault.where}\n  mend   ${fault.mend}\n  code   ${fault.code}\n`
}
