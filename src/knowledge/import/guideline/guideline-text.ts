import { createHash } from 'node:crypto'

/** First 16 hex digits of the SHA-256 of a publisher's text: enough to see that it changed, too little to read it. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** The text with every run of white space as one blank: releases differ in line breaks, not in words. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

const CONSIDERATIONS = 'Other Considerations'

/** The recommendation itself, without the "Other Considerations" that some releases append. */
export function mainText(text: string): string {
  const at = text.indexOf(CONSIDERATIONS)
  return at < 0 ? text : text.slice(0, at)
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ge: '≥',
  le: '≤',
  ndash: '–',
  mdash: '—',
  reg: '®',
  rsquo: '’',
  lsquo: '‘',
  mu: 'μ',
}

/** Text of an HTML fragment as ClinPGx publishes it: block elements end a line, tags go, entities are read. */
export function htmlText(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(p|li|h\d|tr|td|th|ul|ol|div)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
      if (/^#x/i.test(name)) return String.fromCodePoint(Number.parseInt(name.slice(2), 16))
      if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)))
      return ENTITIES[name] ?? whole
    })
    .replace(/\n\s*\n/g, '\n')
    .trim()
}
