import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util'
import { Fault } from '../terms/fault.ts'
import { optionFault } from './option-fault.ts'

/** 0 answered, 1 answered with gaps, 2 the input could not be used. */
export type ExitCode = 0 | 1 | 2

/** One option of a command, as parseArgs takes it plus what --help prints. */
export interface Option extends ParseArgsOptionDescriptor {
  readonly help: string
  /** Placeholder of the value: FILE, NAME. */
  readonly value?: string
  /** Values that begin with a dash and are no option: they may follow after a space. */
  readonly dashed?: RegExp
}

/** One command of the CLI. `docs/cli.md` and `--help` are both printed from it. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** After "garrod <name>": "FILE [options]". */
  readonly usage: string
  readonly details?: string
  readonly options: Readonly<Record<string, Option>>
  readonly examples: readonly (readonly [command: string, what: string])[]
  readonly run: (input: Arguments, io: Io) => Promise<ExitCode>
}

/** Where a command writes: answers to out, progress and faults to err. */
export interface Io {
  out(text: string | Uint8Array): void | Promise<void>
  err(text: string): void
  /** True when stderr is a terminal, so that a progress line may be rewritten. */
  readonly interactive: boolean
}

/** Parsed arguments with typed access; a repeated option is a list. */
export class Arguments {
  readonly positionals: readonly string[]
  readonly #values: Readonly<Record<string, unknown>>
  readonly #options: Command['options'] | undefined

  /** `options` are those that the command has; left out, any name may be asked for. */
  constructor(
    positionals: readonly string[],
    values: Readonly<Record<string, unknown>>,
    options?: Command['options'],
  ) {
    this.positionals = positionals
    this.#values = values
    this.#options = options
  }

  text(name: string): string | undefined {
    return this.#value(name) as string | undefined
  }

  texts(name: string): readonly string[] {
    return (this.#value(name) as string[] | undefined) ?? []
  }

  /** Names of the options that were given. */
  given(): readonly string[] {
    return Object.keys(this.#values)
  }

  flag(name: string): boolean {
    return this.#value(name) === true
  }

  /** Whether the command has this option: what several commands share asks before it reads one that some have. */
  takes(name: string): boolean {
    return this.#options === undefined || name in this.#options
  }

  /** An option that is read but that nobody can give would be obeyed never, and silently: a bug. */
  #value(name: string): unknown {
    if (!this.takes(name)) throw new Error(`--${name} is read, but it is no option of this command`)
    return this.#values[name]
  }

  /** A whole number option. Throws USAGE_NUMBER. */
  whole(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!/^\d{1,9}$/.test(text)) {
      throw new Fault('USAGE_NUMBER', `--${name}`, `"${text}" is not a whole number`, 'Give digits only.')
    }
    return Number(text)
  }
}

/**
 * Parses what follows the command's name. Throws USAGE_OPTION on an option the command does not have, and USAGE_TWICE where two
 * values are given for one: which of them was meant is not guessed.
 */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const options: Record<string, ParseArgsOptionDescriptor> = {}
  for (const [name, { help: _help, value: _value, dashed: _dashed, ...descriptor }] of Object.entries(
    command.options,
  ))
    options[name] = descriptor
  try {
    const { values, positionals, tokens } = parseArgs({
      args: withDashedValues(argv, command.options),
      options,
      allowPositionals: true,
      strict: true,
      tokens: true,
    })
    const seen = new Map<string, string>()
    for (const token of tokens) {
      if (token.kind !== 'option' || token.value === undefined || options[token.name]?.multiple) continue
      const before = seen.get(token.name)
      if (before !== undefined && before !== token.value) throw twice(command.name, token.name)
      seen.set(token.name, token.value)
    }
    return new Arguments(positionals, values, command.options)
  } catch (error) {
    throw optionFault(error, command.name, Object.keys(options))
  }
}

/** "-m -any" as one word, "-m=-any", where that is a value that the option takes. */
function withDashedValues(argv: readonly string[], options: Command['options']): string[] {
  const args: string[] = []
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  for (let i = 0; i < argv.length; i++) {
    const one = argv[i]!
    const taken =
      i + 1 < end &&
      Object.entries(options).some(
        ([name, { short, dashed }]) =>
          (one === `--${name}` || one === `-${short}`) && dashed?.test(argv[i + 1]!) === true,
      )
    if (taken) args.push(one.startsWith('--') ? `${one}=${argv[++i]}` : `${one}${argv[++i]}`)
    else args.push(one)
  }
  return args
}

function twice(command: string, name: string): Fault {
  return new Fault(
    'USAGE_TWICE',
    `garrod ${command}`,
    `--${name} is given twice, with two values`,
    'Give it once.',
  )
}

/** The text of "garrod <name> --help". */
export function helpOf(command: Command): string {
  const lines = [
    `garrod ${command.name} — ${command.summary}`,
    '',
    'Usage',
    `  garrod ${command.name} ${command.usage}`.trimEnd(),
  ]
  if (command.details) lines.push('', ...command.details.trim().split('\n'))
  const rows = Object.entries(command.options).map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : ''
    return [
      `${short}--${name}${option.value ? ` ${option.value}` : ''}${option.multiple ? ' (repeatable)' : ''}`,
      option.help,
    ] as const
  })
  if (rows.length > 0) {
    const width = Math.min(30, Math.max(...rows.map(([left]) => left.length)))
    lines.push('', 'Options')
    for (const [left, right] of rows)
      lines.push(
        left.length > width
          ? `  ${left}\n  ${' '.repeat(width)}  ${right}`
          : `  ${left.padEnd(width)}  ${right}`,
      )
  }
  if (command.examples.length > 0) {
    lines.push('', 'Examples')
    for (const [example, what] of command.examples) lines.push(`  ${example}`, `      ${what}`)
  }
  lines.push(
    '',
    'Exit codes: 0 answered, 1 answered with gaps, 2 the input could not be used, 70 a defect of the program.',
  )
  return `${lines.join('\n')}\n`
}
