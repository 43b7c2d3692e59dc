import { Fault } from '../../terms/fault.ts'

/**
 * Splits at a separator that is not escaped, and leaves the escapes as they are for the next split
 * (FHIR R4, "Search", escaping: \, \| \$ and \\).
 */
export function splitEscaped(text: string, separator: ',' | '|' | '$'): string[] {
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === separator) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, text.slice(from)]
}

/** The text meant: escapes undone. A backslash before anything else stands for itself. */
export function unescaped(text: string): string {
  return text.replace(/\\([\\,|$])/g, '$1')
}

/** The value is not repeated: it may name a person. */
export function valueMalformed(param: string, what: string, mend: string): Fault {
  return new Fault('SEARCH_VALUE_MALFORMED', param, what, mend)
}

export function modifierRefused(param: string, modifier: string, offered: readonly string[]): Fault {
  const known = offered.length === 0 ? 'none' : offered.map((one) => `:${one}`).join(', ')
  return new Fault(
    'SEARCH_MODIFIER_REFUSED',
    `${param}:${modifier}`,
    'this parameter does not take that modifier here',
    `Modifiers it takes: ${known}.`,
  )
}
