/** Delimiters of every message that Garrod writes. */
const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '&': '\\T\\',
  '~': '\\R\\',
  '\r\n': '\\.br\\',
  '\n': '\\.br\\',
  '\r': '\\.br\\',
}

/** A field: text, components, or repetitions of components; subcomponents are not written. */
export type FieldText = string | undefined | readonly (string | undefined)[]

/** Text with delimiters and line breaks escaped, so that it cannot end a field, a segment or a frame. */
export function escaped(text: string | undefined): string {
  if (text === undefined) return ''
  return text
    .replace(/\r\n|[\\|^&~\r\n]/g, (found) => SPECIAL[found]!)
    .replace(/\p{Cc}/gu, (found) => `\\X${found.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}\\`)
}

/** "PID|1||…" without its end. Empty fields and components at the end are left out. */
export function segmentText(name: string, ...fields: readonly FieldText[]): string {
  const texts = fields.map((field) =>
    field === undefined || typeof field === 'string' ? escaped(field) : trimmed(field.map(escaped), '^'),
  )
  return `${name}|${trimmed(texts, '|')}`
}

function trimmed(parts: readonly string[], delimiter: string): string {
  let length = parts.length
  while (length > 0 && parts[length - 1] === '') length--
  return parts.slice(0, length).join(delimiter)
}

/** An instant as DTM with seconds and offset: "20261122093000+0000". */
export function dateTimeText(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`
}
