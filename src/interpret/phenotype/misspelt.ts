import { american } from './word-index.ts'

/** Beginnings and endings that turn a word's meaning round or elsewhere, and are few letters apart. */
const CONTRARY: readonly (readonly [RegExp, RegExp])[] = [
  [/hypo|hipo|\bipo/, /hyper|hiper|\biper/],
  [/mi[ck]ro/, /ma[ck]ro/],
  [/endo/, /[ei][xs]o/],
  [/eso/, /exo/],
  [/intra/, /extra|inter/],
  [/extra/, /inter/],
  [/supra/, /infra/],
  [/abdu/, /addu/],
  [/ante/, /anti/],
  [/pro/, /retro/],
  [/uni/, /bi/],
  [/[aäe]mi/, /uri/],
  [/penie?a?$/, /philie?a?$/],
]

/**
 * Whether one folded text may be the other with letters mistaken. A word that stands in some name is no mistake for
 * another: "seizures due to hypercalcemia" is not hypocalcemic seizures, few letters apart though they are. Nor are figures
 * ("4th", "T3"), and nor is a word that nobody has with a beginning or ending that turns the meaning round.
 */
export function mayBeMisspelt(given: string, name: string, isWord: (word: string) => boolean): boolean {
  const names = american(name).split(' ')
  const own: string[] = []
  for (const word of american(given).split(' ')) {
    const at = names.indexOf(word)
    if (at < 0) own.push(word)
    else names.splice(at, 1)
  }
  if (own.join('') === names.join('')) return true
  if (own.some((word) => /\p{N}/u.test(word) || isWord(word))) return false
  if (names.some((word) => /\p{N}/u.test(word))) return false
  const [mine, theirs] = [own.join(' '), names.join(' ')]
  return !CONTRARY.some(
    ([one, other]) => turned(mine, theirs, one, other) || turned(theirs, mine, one, other),
  )
}

/** The first has `one` where the second has `other` in its place. */
function turned(first: string, second: string, one: RegExp, other: RegExp): boolean {
  return one.test(first) && !one.test(second) && other.test(second) && !other.test(first)
}
