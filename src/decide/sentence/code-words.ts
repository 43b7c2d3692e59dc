import type { CodeKind, Codes } from '../../knowledge/guideline/codes.ts'
import { Fault } from '../../terms/fault.ts'

/** The English of a code, or undefined where the installed list of codes does not know it. */
export interface CodeWords {
  say(kind: CodeKind, code: string): string | undefined
  /** Whether an inform code is background that a ten-second reader can do without. */
  isNote(code: string): boolean
}

/** Words from the installed list of codes. */
export function codeWords(codes: Codes): CodeWords {
  return {
    say: (kind, code) => codes.word(kind, code)?.english,
    isNote: (code) => codes.word('inform', code)?.kind === 'note',
  }
}

/** Throws CODE_WITHOUT_WORDS: advice with a raw code in it is never printed. */
export function wordsOf(words: CodeWords, kind: CodeKind, code: string): string {
  const english = words.say(kind, code)
  if (english === undefined) {
    throw new Fault(
      'CODE_WITHOUT_WORDS',
      `${kind} ${code}`,
      `the list of codes has no English for the ${kind} "${code}"`,
      'Install the pack "codes" that belongs to these guideline packs.',
    )
  }
  return english
}

const SHORTENED: ReadonlySet<CodeKind> = new Set(['condition', 'drug-group', 'inform', 'population'])

/** The words of a headline: the brief English of a code where there is one. */
export function briefWords(words: CodeWords): CodeWords {
  return {
    say: (kind, code) =>
      (SHORTENED.has(kind) ? words.say('brief', code) : undefined) ?? words.say(kind, code),
    isNote: (code) => words.isNote(code),
  }
}
