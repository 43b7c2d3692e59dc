import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { garrod } from '../../support/command-line.ts'
import { randomFiles } from './random-records.ts'

/** What is asked of both programs, on files of random records. */
const RANDOM_RUNS = [
  '-f',
  '-f -c x',
  '-m-',
  '-m-any -f',
  '-m-snps',
  '-m- -f --old-rec-tag OLD',
  '-a',
  '-a --atom-overlaps .',
  '-a -f --old-rec-tag OLD',
  '-d exact',
  '-d both',
  '-d any',
  '-m+any',
  '-m+both',
  '-m+snps',
  '-m+any -f',
] as const

interface RandomRun {
  readonly args: string
  readonly records: number
  readonly same: number
  /** The first record that is not the same, theirs and ours. */
  readonly example: readonly [theirs: string, ours: string] | undefined
}

export function bcftoolsVersion(): string | undefined {
  const ran = spawnSync('bcftools', ['--version'], { encoding: 'utf8' })
  return ran.status === 0 ? ran.stdout.split('\n')[0] : undefined
}

export async function compareRandom(seeds: readonly number[]): Promise<RandomRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'garrod-norm-'))
  try {
    const runs: RandomRun[] = []
    for (const args of RANDOM_RUNS) {
      let [records, same] = [0, 0]
      let example: RandomRun['example']
      for (const seed of seeds) {
        const fasta = join(folder, `${seed}.fa`)
        const vcf = join(folder, `${seed}.vcf`)
        const files = randomFiles(seed)
        writeFileSync(fasta, files.fasta)
        writeFileSync(vcf, files.vcf)
        const options = args.split(' ').flatMap((one) => (one === '-f' ? ['-f', fasta] : [one]))
        const peer = spawnSync('bcftools', ['norm', '--no-version', ...options, vcf], { encoding: 'utf8' })
        const ours = body((await garrod('vcf', 'norm', '--no-version', ...options, vcf)).out)
        const theirs = body(peer.stdout)
        records += theirs.length
        for (const [i, line] of theirs.entries()) {
          if (line === ours[i]) same += 1
          else example ??= [line, ours[i] ?? '']
        }
      }
      runs.push({ args, records, same, example })
    }
    return runs
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Records of one file that both programs write alike. */
export async function compareFile(
  path: string,
  options: readonly string[],
): Promise<{ readonly records: number; readonly same: number }> {
  const args = ['norm', '--no-version', ...options, path]
  const peer = spawnSync('bcftools', args, { encoding: 'utf8', maxBuffer: 1 << 30 })
  const theirs = body(peer.stdout)
  const ours = body((await garrod('vcf', ...args)).out)
  return { records: theirs.length, same: theirs.filter((line, i) => line === ours[i]).length }
}

function body(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}
