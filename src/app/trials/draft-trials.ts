import { type DraftLeaf, draftLeaves } from '../../decide/enrol/criterion.ts'
import { criterionWords } from '../../decide/enrol/criterion-words.ts'
import { sign } from '../../decide/enrol/draft/signature.ts'
import { plainCriterion } from '../../decide/enrol/own-trial.ts'
import type { Side } from '../../decide/enrol/registry/side-heading.ts'
import type { Trial } from '../../decide/enrol/trial.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { clinicalVocabulary, readTrials } from './trial-files.ts'

/** Prints the drafts of trials for a person to sign, or with --sign the signatures; 1 when a trial could not be read. */
export async function draftTrials(
  files: readonly string[],
  facts: Facts,
  input: Arguments,
  io: Io,
): Promise<ExitCode> {
  const wanted = input.texts('draft')
  const by = input.text('sign')
  if (by !== undefined && wanted.length === 0) {
    throw new Fault(
      'USAGE_DRAFT',
      '--sign',
      'no draft is named',
      'Name each draft that you have read with --draft ID; there is no way to sign all of them at once.',
    )
  }
  const side = sideOf(input.text('side'))
  let exit: ExitCode = 0
  const seen = new Set<string>()
  for (const one of await readTrials(files, clinicalVocabulary(facts))) {
    if ('fault' in one) {
      io.err(`left out: ${one.fault.message}\n`)
      exit = 1
      continue
    }
    const drafts = one.trial.clauses
      .flatMap(({ criterion }) => draftLeaves(criterion))
      .filter(({ id }) => wanted.length === 0 || wanted.includes(id))
    for (const { id } of drafts) seen.add(id)
    if (by !== undefined) {
      if (drafts.length > 0)
        await io.out(`${JSON.stringify(sign(one.trial, drafts, by, today(input), side), undefined, 2)}\n`)
    } else await io.out(input.flag('json') ? draftJson(one.trial, drafts) : draftText(one.trial, drafts))
  }
  const missing = wanted.filter((id) => !seen.has(id))
  if (missing.length === 0) return exit
  throw new Fault(
    'DRAFT_NOT_THERE',
    '--draft',
    `no draft is "${missing[0]}"`,
    'Check the id with "garrod trials draft".',
  )
}

function sideOf(written: string | undefined): Side | undefined {
  if (written === undefined || written === 'inclusion' || written === 'exclusion') return written
  throw new Fault('USAGE_SIDE', '--side', `"${written}" is no side`, 'Write inclusion or exclusion.')
}

function today(input: Arguments): string {
  return input.text('as-of') ?? new Date().toISOString().slice(0, 10)
}

function draftJson({ protocol, nctId }: Trial, drafts: readonly DraftLeaf[]): string {
  const shown = drafts.map(({ id, side, text, reads, rest }) => ({
    id,
    side,
    text,
    reads: reads === null ? null : plainCriterion(reads),
    words: reads === null ? null : criterionWords(reads),
    rest,
  }))
  return `${JSON.stringify({ protocol, nctId, drafts: shown })}\n`
}

function draftText({ protocol, title }: Trial, drafts: readonly DraftLeaf[]): string {
  const lines = drafts.flatMap(({ id, side, text, reads, rest }) => [
    `  ${id}  ${side}: ${text}`,
    `                read as  ${reads === null ? 'nothing' : criterionWords(reads)}`,
    ...(reads === null || rest.length === 0 ? [] : [`                left     ${rest.join(' … ')}`]),
  ])
  return `${[`${protocol}${title === undefined ? '' : `  ${title}`}`, ...lines].join('\n')}\n`
}
