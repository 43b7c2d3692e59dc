import { main } from '../../src/app/main.ts'

/** What a command line printed, and its exit code. */
export interface Ran {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** Runs one command line in this process, as the terminal would. */
export async function garrod(...argv: string[]): Promise<Ran> {
  let out = ''
  let err = ''
  const exit = await main(argv, {
    interactive: false,
    out: (text) => {
      out += typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
    },
    err: (text) => {
      err += text
    },
  })
  return { exit, out, err }
}

/** Environment variables of one command line; undefined removes one. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The same with an environment of its own: test files share this process, and its variables with it. */
export async function garrodWith(environment: Environment, ...argv: string[]): Promise<Ran> {
  const before = new Map(Object.keys(environment).map((name) => [name, process.env[name]]))
  set(environment)
  try {
    return await garrod(...argv)
  } finally {
    set(Object.fromEntries(before))
  }
}

function set(environment: Environment): void {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
