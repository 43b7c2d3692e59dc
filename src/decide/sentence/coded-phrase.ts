import { type CodeKind, type CodeWords, wordsOf } from './code-words.ts'
import { listed } from './list.ts'

/**
 * English of one entry of a coded list. "a|b" is "a, or b"; "plasma-concentration:a+b" and "lower-concentration:a+b" name
 * what is measured; "titration-steps:100,200,400/100,200,300 mg/day" carries its numbers.
 * Everything else is looked up. Throws CODE_WITHOUT_WORDS.
 */
export function phrase(words: CodeWords, kind: CodeKind, code: string): string {
  if (code.includes('|')) {
    return code
      .split('|')
      .map((one) => phrase(words, kind, one))
      .join(', or ')
  }
  const colon = code.indexOf(':')
  if (colon < 0) return wordsOf(words, kind, code)
  const value = code.slice(colon + 1)
  switch (code.slice(0, colon)) {
    case 'plasma-concentration':
      return concentration('plasma concentration', value)
    case 'lower-concentration':
      return `for a lower ${concentration('plasma concentration', value)}`
    case 'titration-steps':
      return `titrate through ${steps(value)}`
    default:
      return wordsOf(words, kind, code)
  }
}

function concentration(noun: string, analytes: string): string {
  const names = analytes.split('+')
  return `${noun}${names.length > 1 ? 's' : ''} of ${listed(names, 'and')}`
}

/** "100,200,400/100,200,300 mg/day" -> "100, 200 and 400 mg/day instead of 100, 200 and 300 mg/day". */
function steps(value: string): string {
  const space = value.indexOf(' ')
  const unit = value.slice(space)
  return value
    .slice(0, space)
    .split('/')
    .map((one) => `${listed(one.split(','), 'and')}${unit}`)
    .join(' instead of ')
}

/** Several monitored things after "monitor": plain ones first, then those watched "for" something. */
export function monitored(words: CodeWords, codes: readonly string[]): string {
  const phrases = codes.map((code) => phrase(words, 'monitor', code))
  const plain = phrases.filter((one) => !one.startsWith('for '))
  const watched = phrases.filter((one) => one.startsWith('for ')).map((one) => one.slice(4))
  const tail = watched.length > 0 ? `for ${listed(watched, 'and')}` : ''
  if (plain.length === 0) return tail
  return tail === '' ? several(plain) : `${several(plain)}, and ${tail}`
}

/** The same after "by": what is watched "for" stands without that word. */
export function guide(words: CodeWords, codes: readonly string[]): string {
  return several(codes.map((code) => phrase(words, 'monitor', code).replace(/^for /, '')))
}

function several(phrases: readonly string[]): string {
  const nested = phrases.length > 1 && phrases.some((one) => one.includes(','))
  return nested ? phrases.join('; ') : listed(phrases, 'and')
}
