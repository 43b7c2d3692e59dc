import type { Io } from './command.ts'
import { main } from './main.ts'

/** stdout and stderr; waits while a pipe is full, and stops quietly when its reader has gone ("| head"). */
function terminal(): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    process.stderr.write(
      `garrod: the answer cannot be written whole (${error.code ?? error.message})\n  where  standard output\n  mend   Make room, or write elsewhere, and run the command again.\n  code   OUTPUT_CUT\n`,
    )
    process.exit(2)
  })
  return {
    interactive: process.stderr.isTTY === true,
    out: (text) => {
      if (process.stdout.write(text)) return undefined
      return new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()))
    },
    err: (text) => void process.stderr.write(text),
  }
}

/** A bug is told apart from every answer: 1 would read as "answered with gaps". EX_SOFTWARE of sysexits.h. */
const BUG = 70

try {
  process.exitCode = await main(process.argv.slice(2), terminal())
} catch (error) {
  process.stderr.write(
    `garrod: this is a defect of the program, not of the input\n${(error as Error).stack ?? error}\n`,
  )
  process.exitCode = BUG
}
