import type { Content } from '../../intake/upload.ts'
import type { CheckReport } from '../../intake/vcf/conform/check-vcf.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { progressLine } from '../command-line/progress.ts'
import { checkText, faultText } from './check-text.ts'
import type { VcfVerb } from './verb.ts'

const USAGE = '(FILE... [--strict] [--places N] | --rules) [--json]'

/** `garrod vcf check`: every file is checked, also after one that cannot be read. */
export const checkFiles: VcfVerb = {
  name: 'check',
  usage: USAGE,
  summary: `every rule of VCF 4.1 to 4.5 that a file ("-": standard input) breaks: code, line, column, field, section of the
      specification, what to do. Without --strict a file is refused only where reading on would guess a genotype, a
      position or a person; other breaks are warnings. Exit 0: good, 1: warnings, 2: refused; the worst of all files.`,
  options: {
    strict: { type: 'boolean', help: 'refuse a file for every break of the specification' },
    places: { type: 'string', value: 'N', help: 'how many places of each rule are shown (5)' },
    rules: { type: 'boolean', help: 'list the rules, with how each weighs, and read no file' },
    json: { type: 'boolean', help: 'print NDJSON: one object per file' },
  },
  examples: [
    ['garrod vcf check sample.vcf.gz', 'can this file be read without guessing?'],
    ['garrod vcf check --strict --json *.vcf', 'does a pipeline write what the specification says?'],
  ],
  run: checkEach,
}

async function checkEach(input: Arguments, io: Io): Promise<ExitCode> {
  if (input.flag('rules')) {
    const { printRules } = await import('./rule-list.ts')
    await printRules(input.flag('json'), io)
    return 0
  }
  const files = input.positionals.slice(1)
  if (files.length === 0)
    throw new Fault('USAGE_FILE', 'garrod vcf check', 'no file was given', `Usage: garrod vcf check ${USAGE}`)
  const strict = input.flag('strict')
  const json = input.flag('json')
  const places = input.whole('places') ?? 5
  let worst: ExitCode = 0
  for (const file of files) {
    const name = file === '-' ? 'standard input' : file
    const content: Content = file === '-' ? { stream: process.stdin } : { path: file }
    const progress = progressLine(io, name)
    // Loaded here: the other verbs of the command start without it.
    const { checkVcf } = await import('../../intake/vcf/conform/check-vcf.ts')
    const answer = await checkVcf(name, content, { strict, places, progress: progress.bytes }).catch(
      (error: unknown) => {
        if (error instanceof Fault) return error
        throw error
      },
    )
    progress.end()
    worst = Math.max(worst, exitOf(answer)) as ExitCode
    if (answer instanceof Fault)
      await io.out(
        json
          ? `${JSON.stringify({ file: name, verdict: 'refused', fault: answer })}\n`
          : faultText(name, answer),
      )
    else
      await io.out(json ? `${JSON.stringify({ file: name, strict, ...answer })}\n` : checkText(name, answer))
  }
  return worst
}

function exitOf(answer: CheckReport | Fault): ExitCode {
  if (answer instanceof Fault || answer.verdict === 'refused') return 2
  return answer.verdict === 'warnings' ? 1 : 0
}
