import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { uncompressed } from '../../intake/compression.ts'
import { type FastaFile, openFasta } from '../../intake/fasta/fasta.ts'
import { normaliseVcf } from '../../intake/vcf/normalise/normalise-vcf.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import type { DuplicateRule } from '../../variant/normalise/duplicates.ts'
import {
  type NormaliseCounts,
  type NormaliseRules,
  type Noticed,
  type ReferenceRule,
  wordsOf,
} from '../../variant/normalise/normaliser.ts'
import type { JoinWhat } from '../../variant/normalise/record-group.ts'
import { placeOf, type VariantRecord } from '../../variant/normalise/variant-record.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { VERSION } from '../version.ts'
import { toOutput } from './output.ts'
import { NORM_USAGE } from './usage.ts'

/** Notices of one kind that are printed; the rest are counted. */
const SHOWN = 10

/** `garrod vcf norm`. Exit 1: something could not be normalised. */
export async function normalise(input: Arguments, io: Io): Promise<ExitCode> {
  const path = onePath(input)
  if (input.flag('json') && input.text('out') === undefined)
    throw usage('--json prints the summary on stdout, so the VCF needs --out FILE')
  const fasta = input.text('fasta-ref')
  const sequence = fasta === undefined ? undefined : openFasta(fasta)
  const rules = rulesOf(input, sequence)
  const notices = new Notices(io, basename(path))
  let counts: NormaliseCounts | undefined
  try {
    await toOutput(input, io, async (write) => {
      const name = basename(path)
      const text = uncompressed(createReadStream(path, { highWaterMark: 1 << 20 }), name)
      const headerLines = headerLinesOf(input, fasta)
      const numbers = input.flag('keep-numbers') ? 'as-written' : 'single-precision'
      const made = normaliseVcf({ name, text, rules, numbers, headerLines, notice: notices.take })
      for (;;) {
        const next = await made.next()
        if (next.done) {
          counts = next.value
          return
        }
        await write(next.value)
      }
    })
  } catch (error) {
    throw fileFault(error, path)
  } finally {
    sequence?.close()
  }
  notices.finish()
  return report(counts!, sequence, input, io)
}

function onePath(input: Arguments): string {
  const [, path, ...more] = input.positionals
  if (path === undefined || more.length > 0)
    throw usage(path === undefined ? 'no file is given' : 'more than one file is given')
  return path
}

function rulesOf(input: Arguments, sequence: FastaFile | undefined): Omit<NormaliseRules, 'declared'> {
  const check = referenceRule(input)
  const lines = /^([-+])(snps|indels|both|any)?$/.exec(input.text('multiallelics') ?? '')
  if (input.text('multiallelics') !== undefined && lines === null)
    throw usage(`"${input.text('multiallelics')}" is not -, + or one of them with snps, indels, both or any`)
  const what = (lines?.[2] ?? 'both') as JoinWhat
  const overlap = oneOf(input, 'atom-overlaps', { '*': 'star', '.': 'missing' } as const)
  const rules: Omit<NormaliseRules, 'declared'> = {
    misfit: input.flag('force') ? 'drop' : 'refuse',
    sequence,
    reference: check ?? ('refuse' satisfies ReferenceRule),
    align: !input.flag('do-not-normalize'),
    atomise: input.flag('atomize') ? { overlap: overlap ?? 'star' } : undefined,
    split:
      lines?.[1] === '-' ? { what, keepSum: new Set((input.text('keep-sum') ?? '').split(',')) } : undefined,
    join: lines?.[1] === '+' ? { what, passWins: input.flag('strict-filter') } : undefined,
    duplicates: input.flag('remove-duplicates')
      ? 'exact'
      : oneOf<DuplicateRule>(input, 'rm-dup', {
          snps: 'snps',
          indels: 'indels',
          both: 'both',
          any: 'any',
          all: 'any',
          exact: 'exact',
          none: 'exact',
        }),
    originTag: input.text('old-rec-tag'),
    window: input.whole('site-win') ?? 1000,
  }
  if (input.flag('remove-duplicates') && input.text('rm-dup') !== undefined)
    throw usage('--remove-duplicates is --rm-dup exact: give one of the two')
  if (sequence === undefined && (check !== undefined || input.flag('do-not-normalize')))
    throw usage('--check-ref and --do-not-normalize need --fasta-ref')
  const asked = [rules.sequence, rules.atomise, rules.split, rules.join, rules.duplicates]
  if (asked.every((one) => one === undefined))
    throw usage('nothing to do: give --fasta-ref, --multiallelics, --atomize or --rm-dup')
  return rules
}

/** Letters may be joined, as "ws": what is done is said either way, so that the last of e, w, x, s that is there tells. */
function referenceRule(input: Arguments): ReferenceRule | undefined {
  const text = input.text('check-ref')
  if (text === undefined) return undefined
  const rules = { e: 'refuse', w: 'keep', x: 'leave-out', s: 'set' } as const
  if (!/^[ewxs]+$/.test(text)) throw usage(`--check-ref is one of e, w, x, s, not "${text}"`)
  const letter = (['s', 'x', 'w', 'e'] as const).find((one) => text.includes(one))
  return rules[letter!]
}

function oneOf<T>(input: Arguments, name: string, values: Readonly<Record<string, T>>): T | undefined {
  const text = input.text(name)
  if (text === undefined) return undefined
  const value = Object.hasOwn(values, text) ? values[text] : undefined
  if (value === undefined) throw usage(`--${name} is one of ${Object.keys(values).join(', ')}, not "${text}"`)
  return value
}

function headerLinesOf(input: Arguments, fasta: string | undefined): string[] {
  const tag = input.text('old-rec-tag')
  const lines: string[] = []
  if (tag !== undefined)
    lines.push(
      `##INFO=<ID=${tag},Number=1,Type=String,Description="Original variant. Format: CHR|POS|REF|ALT|USED_ALT_IDX">`,
    )
  if (!input.flag('no-version'))
    lines.push(
      `##garrod_norm=<Version="${VERSION}",Reference="${fasta === undefined ? '.' : basename(fasta)}">`,
    )
  return lines
}

/** The first notices of each kind as they come, and how many more there were. */
class Notices {
  readonly #io: Io
  readonly #file: string
  readonly #counts = new Map<string, number>()

  constructor(io: Io, file: string) {
    this.#io = io
    this.#file = file
  }

  readonly take = (notice: Noticed, record: VariantRecord): void => {
    const { code, what } = noticeWords(notice, record)
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count <= SHOWN) this.#io.err(`${code}  ${this.#file}, ${placeOf(record)}: ${what}\n`)
  }

  finish(): void {
    for (const [code, count] of this.#counts)
      if (count > SHOWN) this.#io.err(`${code}  ${count - SHOWN} more\n`)
  }
}

function noticeWords(notice: Noticed, record: VariantRecord): { code: string; what: string } {
  if (notice.kind === 'swapped')
    return { code: 'REF_SWAPPED', what: 'an ALT is what the FASTA has: REF and ALT changed places' }
  if (notice.kind === 'unjoined')
    return {
      code: 'NOT_JOINED',
      what: 'the records of this position cannot be joined: REF or a breakend differs',
    }
  return wordsOf(notice, record)
}

async function report(
  counts: NormaliseCounts,
  sequence: FastaFile | undefined,
  input: Arguments,
  io: Io,
): Promise<0 | 1> {
  const because =
    sequence === undefined ? 'unnormalised, because no reference sequence was given (--fasta-ref)' : undefined
  if (input.flag('json'))
    await io.out(`${JSON.stringify({ ...counts, unaligned: because ?? null }, null, 2)}\n`)
  const done = Object.entries(counts).filter(([, count]) => count > 0)
  io.err(`${done.map(([what, count]) => `${WORDS[what as keyof NormaliseCounts]} ${count}`).join(', ')}\n`)
  if (because !== undefined) io.err(`${because}\n`)
  const gaps = counts.unnormalised + counts.leftOut + counts.overfull + counts.unjoined
  return gaps > 0 ? 1 : 0
}

const WORDS: Readonly<Record<keyof NormaliseCounts, string>> = {
  records: 'records',
  split: 'split',
  realigned: 'realigned',
  joined: 'joined into others',
  atomised: 'atomised',
  duplicates: 'duplicates dropped',
  leftOut: 'left out',
  referenceSet: 'REF set',
  referenceSwapped: 'REF and ALT swapped',
  unnormalised: 'kept unnormalised',
  symbolic: 'symbolic, kept',
  overfull: 'genotypes with more alleles than copies',
  unjoined: 'not joined',
}

function usage(what: string): Fault {
  return new Fault('USAGE_VCF_NORM', 'garrod vcf norm', what, `Usage: garrod vcf norm ${NORM_USAGE}`)
}
