import { type CodeWords, wordsOf } from './code-words.ts'
import { listed } from './list.ts'

/** Several monitored things after "monitor": plain ones first, then those watched "for" something. */
export function monitored(words: CodeWords, codes: readonly string[]): string {
  const phrases = codes.map((code) => wordsOf(words, 'monitor', code))
  const plain = phrases.filter((one) => !one.startsWith('for '))
  const watched = phrases.filter((one) => one.startsWith('for ')).map((one) => one.slice(4))
  const tail = watched.length > 0 ? `for ${listed(watched, 'and')}` : ''
  if (plain.length === 0) return tail
  return tail === '' ? several(plain) : `${several(plain)}, and ${tail}`
}

/** The same after "by": what is watched "for" stands without that word. */
export function guide(words: CodeWords, codes: readonly string[]): string {
  return several(codes.map((code) => wordsOf(words, 'monitor', code).replace(/^for /, '')))
}

function several(phrases: readonly string[]): string {
  const nested = phrases.length > 1 && phrases.some((one) => one.includes(','))
  return nested ? phrases.join('; ') : listed(phrases, 'and')
}
