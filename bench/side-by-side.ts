// Runs commands of ours and of peers in turn, so that a busy machine slows all alike, and compares what they print.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, rmSync } from 'node:fs'

export interface Contender {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

export interface Measured {
  readonly name: string
  /** Wall seconds: the median and all rounds. */
  readonly seconds: number
  readonly rounds: readonly number[]
  /** Processor seconds of all threads in the median, and the largest resident memory (MiB), where GNU time is installed. */
  readonly processor: number | undefined
  readonly memory: number | undefined
}

const GNU_TIME = spawnSync('/usr/bin/time', ['-f', '%M', 'true']).status === 0

/** Each command of a group once a round, stdout to nowhere. Throws when one fails. */
export function timed(contenders: readonly Contender[], rounds: number): readonly Measured[] {
  const walls = contenders.map((): number[] => [])
  const processor = contenders.map((): number[] => [])
  const memory = contenders.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    for (const [i, one] of contenders.entries()) {
      const nowhere = openSync('/dev/null', 'w')
      const started = performance.now()
      const ran = GNU_TIME
        ? spawnSync('/usr/bin/time', ['-f', '%M %U %S', one.command, ...one.args], {
            stdio: ['ignore', nowhere, 'pipe'],
          })
        : spawnSync(one.command, one.args, { stdio: ['ignore', nowhere, 'pipe'] })
      walls[i]!.push((performance.now() - started) / 1000)
      closeSync(nowhere)
      succeeded(one, ran)
      if (!GNU_TIME) continue
      const [kibibytes, user, system] = String(ran.stderr).trim().split('\n').at(-1)!.split(' ').map(Number)
      memory[i] = Math.max(memory[i]!, kibibytes! / 1024)
      processor[i]!.push(user! + system!)
    }
  }
  return contenders.map(({ name }, i) => {
    return {
      name,
      seconds: median(walls[i]!),
      rounds: walls[i]!,
      processor: GNU_TIME ? median(processor[i]!) : undefined,
      memory: GNU_TIME ? memory[i] : undefined,
    }
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

/** SHA-256 of what a command prints, by way of a file. */
export async function printed(one: Contender, file: string): Promise<string> {
  const fd = openSync(file, 'w')
  const ran = spawnSync(one.command, one.args, { stdio: ['ignore', fd, 'pipe'] })
  closeSync(fd)
  succeeded(one, ran)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  rmSync(file)
  return hash.digest('hex')
}

/** Exit 1 is an answer with gaps. */
function succeeded(one: Contender, { status, stderr, error }: SpawnSyncReturns<Buffer>): void {
  if (error !== undefined) throw error
  if (status !== 0 && status !== 1) throw new Error(`${one.name} ended with ${status}: ${stderr}`)
}

/** "  ours   1.30 s  (1.28 1.30 1.41)  CPU 2.31 s  210 MiB" for each, and the ratio of each peer to the first. */
export function report(title: string, measured: readonly Measured[]): string {
  const width = Math.max(...measured.map(({ name }) => name.length))
  const first = measured[0]!
  const lines = measured.map(({ name, seconds, rounds, processor, memory }, i) => {
    const all = rounds.map((one) => one.toFixed(2)).join(' ')
    const ratio = i === 0 ? '' : `  ${(seconds / first.seconds).toFixed(2)} times the first`
    const space = processor === undefined ? '' : `  CPU ${processor.toFixed(2)} s  ${memory!.toFixed(0)} MiB`
    return `  ${name.padEnd(width)}  ${seconds.toFixed(3).padStart(7)} s  (${all})${space}${ratio}`
  })
  return `${title}\n${lines.join('\n')}\n`
}
