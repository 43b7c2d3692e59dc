import { Hl7Fault } from '../hl7-fault.ts'

/** MSH-1 and MSH-2. A delimiter that MSH-2 leaves out does not exist in the message. */
export interface Delimiters {
  readonly field: string
  readonly component: string
  readonly repetition: string | undefined
  readonly escapeCharacter: string | undefined
  readonly subcomponent: string | undefined
}

/**
 * Reads the delimiters from the first segment (MSH, FHS or BHS): the character after its name, and field 2.
 * Throws HL7_DELIMITERS when one is a letter, digit or space, or stands for two things: everything after would be
 * misread.
 */
export function readDelimiters(segment: string): Delimiters {
  const name = segment.slice(0, 3)
  const field = segment.charAt(3)
  const rest = segment.slice(4)
  const end = rest.indexOf(field)
  const encoding = end < 0 ? rest : rest.slice(0, end)
  // A fifth one is the truncation character of 2.7: it marks text that was cut, and is left in the text.
  const [component, repetition, escapeCharacter, subcomponent] = encoding
  const given = [field, ...encoding]
  const refuse = (what: string) =>
    new Hl7Fault(
      'HL7_DELIMITERS',
      '102',
      { segment: name, occurrence: 1, field: field === '' ? 1 : 2 },
      what,
      `Begin the message with ${name}|^~\\&|, or with other punctuation in the same order.`,
    )
  if (field === '' || component === undefined) throw refuse('the delimiters are missing')
  if (encoding.length > 5) throw refuse('more than five encoding characters are given')
  if (given.some((one) => /[A-Za-z0-9\s]/.test(one))) throw refuse('a delimiter is a letter, digit or space')
  if (new Set(given).size !== given.length) throw refuse('one character stands for two delimiters')
  return { field, component, repetition, escapeCharacter, subcomponent }
}
