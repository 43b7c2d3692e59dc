import type { Description } from '../../variant/describe/describe.ts'
import { gapSentence } from '../../variant/describe/gap-sentence.ts'
import type { SequenceNames } from '../../variant/describe/genome-names.ts'
import type { TranscriptNames } from '../../variant/describe/transcript-names.ts'
import type { Named, NameGap } from '../../variant/sequence-change.ts'

/** One description as lines for a reader: unknown is printed, with why. */
export function nameText({ asked, written, genome, transcripts, because }: Description): string {
  const lines = [asked, ...(written === asked ? [] : [row('written', written)])]
  for (const one of genome) lines.push(...genomeLines(one))
  for (const one of transcripts) lines.push(...transcriptLines(one))
  for (const gap of because) {
    const why = gapSentence(gap)
    if (gap.kind === 'version-taken') lines.push(row('version', why))
    else if (gap.kind === 'other-gene') lines.push(row('gene', why))
    else if (genome.length === 0 && !lines.some((line) => line.includes(why))) lines.push(row('unknown', why))
  }
  return `${lines.join('\n')}\n`
}

function genomeLines({ hgvs, asWritten, spdi, vrs, vcf, assembly }: SequenceNames): string[] {
  const record = vcf.known
    ? ({
        known: true,
        value: `${vcf.value.chrom} ${vcf.value.pos} ${vcf.value.ref} ${vcf.value.alt}`,
      } as const)
    : vcf
  const build = assembly === undefined ? '' : `  ${assembly}`
  const others = [['SPDI', spdi] as const, ['VRS', vrs] as const, ['VCF', record] as const]
  const lines = [row('HGVS', `${orAsWritten(hgvs, asWritten)}${build}`)]
  for (const [name, one] of others) if (one.known) lines.push(row(name, one.value))
  // One reason is usually that of all.
  const missing = new Map<string, string[]>()
  for (const [name, one] of others) {
    if (one.known) continue
    const why = reason(one.because)
    missing.set(why, [...(missing.get(why) ?? []), name])
  }
  for (const [why, names] of missing) lines.push(row('unknown', `${names.join(', ')}: ${why}`))
  return lines
}

function transcriptLines({ gene, tags, hgvs, asWritten, protein }: TranscriptNames): string[] {
  const about = [gene, ...tags].filter((one) => one !== undefined).join(', ')
  const coding = protein.known || protein.because.some(({ kind }) => kind !== 'not-coding')
  return [
    row('transcript', `${orAsWritten(hgvs, asWritten)}${about === '' ? '' : `  ${about}`}`),
    ...(coding
      ? [row('protein', protein.known ? protein.value : `unknown: ${reason(protein.because)}`)]
      : []),
  ]
}

function orAsWritten(answer: Named<string>, asWritten: string): string {
  return answer.known ? answer.value : `${asWritten}  unnormalised, because ${reason(answer.because)}`
}

function reason(because: readonly NameGap[]): string {
  return because.map(gapSentence).join('; ')
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(11)} ${text}`
}
