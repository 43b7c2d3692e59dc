/** One word of a line as the tagger sees it. */
export interface Word {
  /** Index of its first character, from 0. */
  readonly start: number
  /** Index behind its last character. */
  readonly end: number
  /** Lower case, numbers as NUMBER. */
  readonly form: string
}

/** What stands for every number: the annotated lines are written so. */
export const NUMBER = '@NUMBER'

const INSIDE = String.raw`[^\s()[\]{}/;:,.<>≤≥=%"“”?!#$&|•·'’]+`

/**
 * A number or word, with dots inside, commas and colons between digits; "'s"; or one other character. Characters that
 * never stand inside a word of the annotated lines end it, so that text cut into words before is cut in the same places.
 */
const TOKEN = new RegExp(
  [
    NUMBER,
    '[<>]=|=[<>]',
    String.raw`['’](?:s|t|re|ve|ll)\b`,
    // "0-1", "18–65": a range of numbers.
    String.raw`\d+(?:\.\d+)?(?=[-–]\d)`,
    String.raw`(?<=\d)[-–](?=\d)`,
    // A letter with a dot, and "e.g.", keep the dot.
    String.raw`${INSIDE}(?:(?:\.|(?<=\d)[,:](?=\d))${INSIDE})*(?:(?<=\b[a-z](?:\.[a-z])*)\.(?=[\s,;)]|$))?`,
    String.raw`\S`,
  ].join('|'),
  'giu',
)
const SPELLED: ReadonlyMap<string, string> = new Map([
  ['>=', '≥'],
  ['=>', '≥'],
  ['<=', '≤'],
  ['=<', '≤'],
  ['–', '-'],
])
const WHOLE_NUMBER = /^[+-]?\d+(?:[.,]\d+)*$/

/** Cuts a line into words. */
export function wordsOf(line: string): readonly Word[] {
  const words: Word[] = []
  for (const { 0: text, index } of line.matchAll(TOKEN)) {
    const form =
      text === NUMBER || WHOLE_NUMBER.test(text) ? NUMBER : (SPELLED.get(text) ?? text.toLowerCase())
    words.push({ start: index, end: index + text.length, form })
  }
  return words
}
