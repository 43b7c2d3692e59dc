import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { describe } from '../../variant/describe/describe.ts'
import { gapSentence } from '../../variant/describe/gap-sentence.ts'
import { sameVariant } from '../../variant/equivalence/same-variant.ts'
import type { NameSources } from '../../variant/projection/sources.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { openNameSources } from '../name/name-sources.ts'
import { nameText } from '../name/name-text.ts'
import { readLines } from '../name/read-lines.ts'

export const name: Command = {
  name: 'name',
  summary: 'what a variant is called: HGVS, SPDI, VRS and VCF, checked and converted into each other',
  usage: 'EXPRESSION... | - | --same EXPRESSION EXPRESSION [options]',
  details: `An EXPRESSION is HGVS (g., m., c., n., r., p.), SPDI, a position with alleles ("chr12-102917130-T-C") or a VRS 2 object as JSON. It is checked against
its grammar and, where the sequence is given, against its reference. "-" reads one expression a line from standard input.

Without a sequence a substitution of a chromosome is named all the same; an insertion or deletion is unknown until its
neighbourhood is given. The genome and the transcripts are your own files:
  --sequence     FASTA, plain or bgzip, with chromosomes, transcripts, or slices named "NC_000007.13:100-200"
  --transcripts  cdot JSON or GFF3 (Ensembl, GENCODE, RefSeq), plain or gzip`,
  options: {
    sequence: {
      type: 'string',
      short: 's',
      value: 'FASTA',
      multiple: true,
      help: 'sequences to read bases from',
    },
    transcripts: {
      type: 'string',
      short: 't',
      value: 'FILE',
      multiple: true,
      help: 'transcripts with their alignments',
    },
    transcript: {
      type: 'string',
      value: 'ID',
      multiple: true,
      help: 'name the variant on this transcript, too or only',
    },
    assembly: { type: 'string', value: 'BUILD', help: 'GRCh37 or GRCh38: only alignments to this build' },
    same: {
      type: 'boolean',
      help: 'say whether two expressions mean the same variant: same, different or unknown',
    },
    json: { type: 'boolean', help: 'print JSON, one object per expression' },
  },
  examples: [
    ['garrod name "NC_000012.12:g.102917130T>C"', 'SPDI, VRS identifier and VCF record of a substitution'],
    [
      'garrod name NM_000314.4:c.512dupA -s GRCh37.fa -t cdot.json.gz',
      'normalised, on the genome, and its protein',
    ],
    [
      'garrod name --same NM_000314.4:c.512dupA NM_000314.4:c.512_513insA -s GRCh37.fa -t cdot.json.gz',
      'one variant or two',
    ],
    ['garrod name - --json < names.txt', 'one JSON object a line'],
  ],
  async run(input, io) {
    const assembly = assemblyOf(input)
    const asked = await expressionsOf(input)
    const files = { sequences: input.texts('sequence'), transcripts: input.texts('transcripts'), assembly }
    const more = input.texts('transcript').map((id) => `${id}:c.1=`)
    const sources = await openNameSources(files, [...asked, ...more], io.err)
    try {
      return input.flag('same')
        ? await compareTwo(asked, sources, input, io)
        : await nameAll(asked, sources, input, io)
    } finally {
      sources.close()
    }
  },
}

function assemblyOf(input: Arguments): Assembly | undefined {
  const text = input.text('assembly')
  if (text === undefined || text === 'GRCh37' || text === 'GRCh38') return text
  throw new Fault('USAGE_OPTION', '--assembly', `there is no build "${text}"`, 'Give GRCh37 or GRCh38.')
}

async function expressionsOf(input: Arguments): Promise<readonly string[]> {
  if (input.positionals.length === 0) {
    throw new Fault('USAGE_ARGUMENT', 'garrod name', 'no expression is given', 'See "garrod name --help".')
  }
  if (input.positionals.length !== 1 || input.positionals[0] !== '-') return input.positionals
  const lines = await readLines()
  if (lines.length === 0)
    throw new Fault('EMPTY_FILE', 'standard input', 'there is no expression', 'Send one a line.')
  return lines
}

async function compareTwo(
  asked: readonly string[],
  sources: NameSources,
  input: Arguments,
  io: Io,
): Promise<ExitCode> {
  const [one, other, ...more] = asked
  if (one === undefined || other === undefined || more.length > 0) {
    throw new Fault(
      'USAGE_ARGUMENT',
      'garrod name --same',
      'two expressions are compared',
      'Give exactly two.',
    )
  }
  const same = sameVariant(one, other, sources)
  const verdict = same.known ? (same.value ? 'same' : 'different') : 'unknown'
  const because = same.known ? [] : same.because
  const why = because.length === 0 ? '' : `: ${because.map(gapSentence).join('; ')}`
  await io.out(
    input.flag('json') ? `${JSON.stringify({ one, other, verdict, because })}\n` : `${verdict}${why}\n`,
  )
  return same.known ? 0 : 1
}

/** One fault does not keep the others from being answered. */
async function nameAll(
  asked: readonly string[],
  sources: NameSources,
  input: Arguments,
  io: Io,
): Promise<ExitCode> {
  let exit: ExitCode = 0
  const json = input.flag('json')
  for (const text of asked) {
    try {
      const one = describe(text, sources, { transcripts: input.texts('transcript') })
      if (one.because.length > 0 && exit === 0) exit = 1
      await io.out(json ? `${JSON.stringify(one)}\n` : nameText(one))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      if (asked.length === 1 && !json) throw error
      exit = 2
      const { code, where, what, mend } = error
      await io.out(
        json
          ? `${JSON.stringify({ asked: text, fault: error })}\n`
          : `${text}\n  refused     ${code}: ${what} (${where}). ${mend}\n`,
      )
    }
  }
  return exit
}
