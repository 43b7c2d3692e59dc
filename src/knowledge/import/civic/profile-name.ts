import type { Translation } from './variant-name.ts'

/**
 * The category of a molecular profile of 2022 and later: variants with AND, OR, NOT and parentheses. `one` translates a
 * single "FEATURE NAME"; one variant that cannot be translated leaves the whole profile untranslated, with its reason.
 */
export function translateProfile(
  name: string,
  one: (feature: string, variant: string) => Translation,
): Translation {
  const tokens =
    name.match(/\b(?:AND|OR|NOT)\b|\((?!c\.)|(?:\((?:c\.)[^)]*\)|(?!\b(?:AND|OR|NOT)\b)[^()])+|\)/g) ?? []
  const out: string[] = []
  for (const token of tokens.map((text) => text.trim()).filter((text) => text !== '')) {
    if (/^(?:AND|OR|NOT|\(|\))$/.test(token)) {
      out.push(token)
      continue
    }
    const at = token.indexOf(' ')
    const found =
      at < 0 ? { reason: 'the name is not understood' } : one(token.slice(0, at), token.slice(at + 1))
    if ('reason' in found) return found
    out.push(
      / (?:OR|AND) /.test(found.category) && tokens.length > 1 ? `(${found.category})` : found.category,
    )
  }
  return { category: out.join(' ').replaceAll('( ', '(').replaceAll(' )', ')') }
}
