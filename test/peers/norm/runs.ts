import { readFileSync } from 'node:fs'
import { garrod } from '../../support/command-line.ts'
import { sharedData } from '../../support/shared-data.ts'

export const NORM_RUNS = 'vcf/bcftools/norm/commands.tsv'

/** One run of bcftools norm in its own test suite, and what Garrod makes of the same. */
interface NormRun {
  readonly input: string
  readonly args: string
  readonly records: number
  /** Records, and header lines other than bcftools' own, that are not the same byte for byte. */
  readonly different: readonly string[]
  readonly err: string
}

export async function compareRuns(): Promise<NormRun[]> {
  const [, ...rows] = readFileSync(sharedData(NORM_RUNS)!, 'utf8').trim().split('\n')
  const runs: NormRun[] = []
  for (const row of rows) {
    const [input, reference, args, expected] = row.split('\t') as [string, string, string, string]
    const file = (name: string): string => sharedData(`vcf/bcftools/norm/${name}`)!
    const options = args === '' ? [] : args.split(' ')
    const fasta = reference === '' ? [] : ['--fasta-ref', file(reference)]
    const ran = await garrod('vcf', 'norm', '--no-version', ...options, ...fasta, file(input))
    const theirs = linesOf(readFileSync(file(expected), 'utf8'))
    const ours = linesOf(ran.out)
    const different = theirs.flatMap((line, i) => (line === ours[i] ? [] : [`${line} ≠ ${ours[i] ?? ''}`]))
    if (ours.length > theirs.length) different.push(...ours.slice(theirs.length))
    const records = theirs.filter((line) => !line.startsWith('#')).length
    runs.push({
      input,
      args: `${args} ${reference === '' ? '' : '-f'}`.trim(),
      records,
      different,
      err: ran.err,
    })
  }
  return runs
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('##bcftools'))
}
