const made: unique symbol = Symbol('html')

/** HTML that this program wrote. Anything else that enters a page is text, and is escaped. */
export interface Html {
  readonly [made]: string
}

type Part = Html | string | number | undefined | readonly Part[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Tagged template: every value is escaped unless it is itself made by this tag; undefined is nothing, a list is joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? ''
  parts.forEach((part, i) => {
    text += textOf(part) + (strings[i + 1] ?? '')
  })
  return { [made]: text }
}

/** Text of this program's own writing (style sheets, drawings), taken as it is. Never pass what came from outside. */
export function ownHtml(text: string): Html {
  return { [made]: text }
}

export function htmlText(value: Html): string {
  return value[made]
}

function textOf(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (c) => ENTITIES[c]!)
  if (typeof part === 'number') return String(part)
  if (isList(part)) return part.map(textOf).join('')
  return part[made]
}

// Array.isArray does not narrow a readonly array out of a union.
const isList = (part: Html | readonly Part[]): part is readonly Part[] => Array.isArray(part)
