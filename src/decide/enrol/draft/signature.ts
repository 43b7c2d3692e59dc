import * as z from 'zod'
import { Fault } from '../../../terms/fault.ts'
import { issueWords } from '../../../terms/schema-issue.ts'
import type { Criterion, DraftLeaf } from '../criterion.ts'
import type { ClinicalVocabulary } from '../ctml/clinical-leaf.ts'
import { plainCriterion, readCriterion } from '../own-trial.ts'
import type { Side } from '../registry/side-heading.ts'
import type { Trial } from '../trial.ts'

/** That a person stands for what a criterion of free text means. */
export interface Signature {
  readonly nctId: string
  /** The draft's id: it holds for this side and this text alone. */
  readonly id: string
  readonly text: string
  readonly criterion: Criterion
  readonly by: string
  /** YYYY-MM-DD. */
  readonly on: string
}

const word = z.string().min(1).max(100_000)
const Sent = z.strictObject({
  nctId: word,
  signatures: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[0-9a-f]{12}$/, '12 hexadecimal digits'),
        text: word,
        criterion: z.unknown(),
        by: word,
        on: z.iso.date(),
      }),
    )
    .max(10_000),
})

/** Reads the signatures of one trial. Throws SIGNATURES_MALFORMED, and what a criterion is refused for. */
export function readSignatures(
  document: unknown,
  where: string,
  vocabulary: ClinicalVocabulary,
): readonly Signature[] {
  const parsed = Sent.safeParse(document)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw new Fault(
      'SIGNATURES_MALFORMED',
      [where, ...(first?.path ?? []).map(String)].join('.'),
      issueWords(first, 'these are no signatures'),
      'Give what "garrod trials draft --sign" prints.',
    )
  }
  const { nctId, signatures } = parsed.data
  return signatures.map(({ criterion, ...rest }, i) => ({
    ...rest,
    nctId,
    criterion: readCriterion(criterion, `${where}.signatures.${i}.criterion`, vocabulary),
  }))
}

/**
 * Signs what was read of drafts; `side` is that of texts without headings. Throws DRAFT_NOT_READ for one that nothing was read
 * of, DRAFT_SIDE_UNSTATED for one of which neither the text nor `side` says whether it must or must not be so.
 */
export function sign(
  { nctId }: Trial,
  drafts: readonly DraftLeaf[],
  by: string,
  on: string,
  side?: Side,
): { readonly nctId: string | undefined; readonly signatures: readonly object[] } {
  const signatures = drafts.map(({ id, text, reads, side: told }) => {
    if (reads === null) {
      throw new Fault(
        'DRAFT_NOT_READ',
        id,
        `nothing was read of “${text.slice(0, 80)}”`,
        'Write the criterion by hand in the file of signatures, in the form of docs/trials.md.',
      )
    }
    const meant = told !== 'unstated' || side === 'inclusion' ? reads : excluded(reads, side)
    if (meant === undefined) {
      throw new Fault(
        'DRAFT_SIDE_UNSTATED',
        id,
        `the trial does not say whether “${text.slice(0, 80)}” must or must not be so`,
        side === undefined
          ? 'Say it with --side inclusion or --side exclusion.'
          : 'Several things together are excluded: write the criterion by hand in the file of signatures.',
      )
    }
    return { id, text, criterion: plainCriterion(meant), by, on }
  })
  return { nctId, signatures }
}

/** What was read as asked for, as a reason against; undefined where more than one thing would have to be turned around. */
function excluded(reads: Criterion, side: Side | undefined): Criterion | undefined {
  return side === undefined || reads.kind === 'all' ? undefined : { kind: 'not', of: reads }
}

/** The trial with signed criteria in the place of their drafts, and the signatures whose text is there no more. */
export function withSignatures(
  trial: Trial,
  signatures: readonly Signature[],
): { readonly trial: Trial; readonly lapsed: readonly Signature[] } {
  const own = new Map(signatures.filter(({ nctId }) => nctId === trial.nctId).map((one) => [one.id, one]))
  if (own.size === 0) return { trial, lapsed: [] }
  const used = new Set<string>()
  const signed = (criterion: Criterion): Criterion => {
    if (criterion.kind === 'all' || criterion.kind === 'any')
      return { ...criterion, of: criterion.of.map(signed) }
    if (criterion.kind === 'not') return { ...criterion, of: signed(criterion.of) }
    const signature = criterion.kind === 'draft' ? own.get(criterion.id) : undefined
    if (signature === undefined) return criterion
    used.add(signature.id)
    return signature.criterion
  }
  const clauses = trial.clauses.map((clause) => ({ ...clause, criterion: signed(clause.criterion) }))
  return { trial: { ...trial, clauses }, lapsed: [...own.values()].filter(({ id }) => !used.has(id)) }
}
