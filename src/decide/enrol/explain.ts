import type { SettlingTests } from '../../knowledge/trials/settling-test.ts'
import type { Leaf } from './criterion.ts'
import { criterionWords } from './criterion-words.ts'
import { notShownWords } from './not-shown.ts'
import type { Program } from './program.ts'
import { MET, VERDICT_WORDS, type Verdict, type VerdictWord } from './ruling.ts'
import { groundWords, leafWords } from './words.ts'

/** One criterion that bore on a verdict. */
export interface Reason {
  readonly criterion: string
  readonly verdict: VerdictWord
  readonly because: string
  /** It asks for a biomarker, and holds because that was found. */
  readonly found?: true
  /** Of an unknown: what is missing, and the least test that would settle it. */
  readonly missing?: { readonly datum: string; readonly settledBy?: string; readonly specimen?: string }
}

/** What became of one clause for one person. */
export interface ClauseAnswer {
  readonly path: string
  readonly level: string
  readonly code: string
  readonly suspended: boolean
  readonly verdict: VerdictWord
  readonly reasons: readonly Reason[]
  /** The least test among those that would settle something here; there only while the answer is unknown. */
  readonly next?: string
}

/** What is missing of the trial's own text, whoever reads the record. */
const OF_THE_TRIAL: ReadonlySet<string> = new Set(['criterion', 'draft'])

/** Leaves that hold by what a tumour has. */
const BIOMARKERS: ReadonlySet<Leaf['kind']> = new Set(['alteration', 'marker', 'burden'])

/** What a draft would say if it were signed. */
function draftWords(leaf: Leaf): string {
  return leaf.kind === 'draft' && leaf.reads !== null ? `; it was read as: ${criterionWords(leaf.reads)}` : ''
}

/** How a verdict is told. */
interface Telling {
  readonly tests: SettlingTests
  /** The reader does not see all of the record: what is missing may be in the other part. */
  readonly partlyShown: boolean
}

/** Puts what a program decided into words, for the person it holds. */
export function explain(
  program: Program,
  clause: number,
  verdict: Verdict,
  leaves: Iterable<number>,
  { tests, partlyShown }: Telling,
): ClauseAnswer {
  const { path, level, code, suspended } = program.clauses[clause]!
  let next: { test: string; effort: number } | undefined
  const reasons = [...new Set(leaves)].map((number): Reason => {
    const leaf = number < 0 ? ~number : number
    const { verdict: ruled, ground } = program.rulingOf(leaf)
    const words = leafWords(program.leaves[leaf]!)
    const base = {
      criterion: number < 0 ? `not: ${words}` : words,
      verdict: VERDICT_WORDS[number < 0 ? 2 - ruled : ruled]!,
      ...(number >= 0 && ruled === MET && BIOMARKERS.has(program.leaves[leaf]!.kind)
        ? { found: true as const }
        : {}),
      because:
        (ground.kind === 'missing' && partlyShown && !OF_THE_TRIAL.has(ground.datum)
          ? notShownWords(ground.what)
          : groundWords(ground)) + draftWords(program.leaves[leaf]!),
    }
    if (ground.kind !== 'missing') return base
    const test = tests.get(ground.datum)
    if (test !== undefined && (next === undefined || test.effort < next.effort)) next = test
    return {
      ...base,
      missing: {
        datum: ground.datum,
        ...(test === undefined ? {} : { settledBy: test.test }),
        ...(test === undefined || test.specimen === '' ? {} : { specimen: test.specimen }),
      },
    }
  })
  return {
    path,
    level,
    code,
    suspended,
    verdict: VERDICT_WORDS[verdict],
    reasons,
    ...(verdict === 1 && next !== undefined ? { next: next.test } : {}),
  }
}
