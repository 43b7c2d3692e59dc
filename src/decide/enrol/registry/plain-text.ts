const ENTITIES: Readonly<Record<string, string>> = {
  ...{ lt: '<', gt: '>', le: '≤', ge: '≥', amp: '&', quot: '"', apos: "'", nbsp: ' ' },
  ...{ micro: 'µ', mu: 'µ', times: '×', deg: '°', plusmn: '±', ndash: '–', mdash: '—', bull: '•' },
}
const POWERS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * Text of the registry as it is meant: its API writes Markdown, in which "\\>= 18" is ">= 18", and sponsors paste HTML.
 * "10⁹" becomes "10^9", white space is collapsed.
 */
export function plainText(text: string): string {
  return text
    .replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole
      const point = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
      return point >= 32 && point < 0xd800 ? String.fromCodePoint(point) : whole
    })
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/≧/g, '≥')
    .replace(/≦/g, '≤')
    .replace(
      /(?<=10\s?)[⁰¹²³⁴-⁹]{1,2}/g,
      (power) => `^${[...power].map((one) => POWERS.indexOf(one)).join('')}`,
    )
    .replace(/\s+/g, ' ')
}
