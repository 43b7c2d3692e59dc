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
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { exit, out, err }
}
