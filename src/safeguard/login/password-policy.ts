/** ASVS 5.0, 6.2.1 recommends 15 and 6.2.9 asks for 64 at least: long enough for four words, and any sentence fits. */
export const SHORTEST_PASSWORD = 15
export const LONGEST_PASSWORD = 200

/** Rows of keys and the alphabet: a run along them is no secret. */
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'zxcvbnm']
/** Words that guessers try first, here and in the lists of leaked passwords. */
const WORDS =
  /password|passwort|letmein|welcome|iloveyou|admin|garrod|hospital|clinic|secret|changeme|monkey|dragon/g

/**
 * Why a password is refused, or undefined. Length decides; no mixture of kinds is asked for, and none expires (NIST SP
 * 800-63B, section 3.1.1.2; ASVS 5.0, 6.2.1 to 6.2.12). What guessers try first does not count towards the length.
 */
export function passwordWeakness(password: string, userId: string): string | undefined {
  const letters = [...password.normalize('NFKC')]
  if (letters.length < SHORTEST_PASSWORD)
    return `it has ${letters.length} characters; ${SHORTEST_PASSWORD} are needed, as four words have`
  if (letters.length > LONGEST_PASSWORD) return `it is longer than ${LONGEST_PASSWORD} characters`
  const lower = password.normalize('NFKC').toLowerCase()
  const names = userId.split(/[^a-z]+/).filter((part) => part.length >= 3)
  let rest = lower.replace(WORDS, ' ')
  for (const name of names) rest = rest.replaceAll(name, ' ')
  if (surprises(rest) < SHORTEST_PASSWORD / 2)
    return 'most of it is a repetition, a row of keys, your name, or a word that is tried first'
  return undefined
}

/** Characters that do not follow from the two before them: by repeating, by alternating, or along a row. */
function surprises(text: string): number {
  const letters = [...text.replace(/\s+/g, '')]
  const seen = new Set<string>()
  let count = 0
  for (const [i, letter] of letters.entries()) {
    const last = letters[i - 1] ?? ''
    const triple = letters.slice(Math.max(0, i - 2), i + 1).join('')
    const follows = letter === last || isNeighbour(last, letter) || (triple.length === 3 && seen.has(triple))
    if (triple.length === 3) seen.add(triple)
    if (!follows) count++
  }
  return count
}

function isNeighbour(a: string, b: string): boolean {
  if (a === '') return false
  return ROWS.some((row) => {
    const [i, j] = [row.indexOf(a), row.indexOf(b)]
    return i >= 0 && j >= 0 && Math.abs(i - j) === 1
  })
}
