import { Fault } from '../../terms/fault.ts'

/**
 * What a code stands for in a sentence, and the grammar its English must fit (codes.tsv holds the English, lower case at
 * the start, without a full stop, American spelling):
 * condition opens a sentence ("if no alternative is possible"); indication follows "for" ("PCI"); population follows
 * "for" ("patients with ACS or PCI"); monitor follows "monitor", things watched for begin with "for" ("plasma
 * concentration", "for side effects"); test follows "determine"; inform is a clause of its own ("ask the patient to report
 * any rash at once"); note is such a clause too, but background that a ten-second reader can do without; class is a noun
 * for several drugs ("SSRIs"); form follows "as" or "by" and includes it ("as tablets"); effect follows "risk of"; brief is
 * a shorter English of a long condition or inform code, for headlines. A row for "family:" with "{}" in its English speaks
 * for every code "family:value".
 */
export type CodeKind =
  | 'condition'
  | 'indication'
  | 'population'
  | 'monitor'
  | 'test'
  | 'inform'
  | 'note'
  | 'class'
  | 'form'
  | 'effect'
  | 'brief'

/** The English of a code, or undefined where the installed list of codes does not know it. */
export type CodeWords = (kind: CodeKind, code: string) => string | undefined

/** Throws CODE_WITHOUT_WORDS: advice with a raw code in it is never printed. */
export function wordsOf(words: CodeWords, kind: CodeKind, code: string): string {
  const english = words(kind, code) ?? fromFamily(words, kind, code)
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

function fromFamily(words: CodeWords, kind: CodeKind, code: string): string | undefined {
  const colon = code.indexOf(':')
  if (colon < 0) return undefined
  const value = code.slice(colon + 1).replace(/(\d)-(?=\d)/g, '$1–')
  return words(kind, code.slice(0, colon + 1))?.replaceAll('{}', value)
}

/** The words of a headline: the brief English of a code where there is one. */
export function briefWords(words: CodeWords): CodeWords {
  return (kind, code) =>
    (kind === 'condition' || kind === 'inform' ? words('brief', code) : undefined) ?? words(kind, code)
}
