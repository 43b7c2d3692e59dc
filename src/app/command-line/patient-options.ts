import type { Sex } from '../../record/patient-record.ts'
import type { Identifier } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments } from '../command.ts'

const SEXES: readonly Sex[] = ['female', 'male', 'other', 'unknown']

/** --sex, or undefined when it was not given. Throws USAGE_SEX. */
export function sexOption(input: Arguments): Sex | undefined {
  const text = input.text('sex')
  if (text === undefined) return undefined
  const sex = SEXES.find((one) => one === text.toLowerCase())
  if (sex === undefined) {
    throw new Fault('USAGE_SEX', '--sex', `"${text}" is not one of the choices`, `Use ${SEXES.join(', ')}.`)
  }
  return sex
}

/**
 * --birth-date as YYYY-MM-DD, or a part of it that is known: YYYY-MM or YYYY. Throws USAGE_BIRTH_DATE on a day that
 * the calendar does not have.
 */
export function birthDateOption(input: Arguments): string | undefined {
  const text = input.text('birth-date')
  if (text === undefined) return undefined
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text)
  const [, year = '', month = '01', day = '01'] = parts ?? []
  const whole = `${year}-${month}-${day}`
  const date = new Date(`${whole}T00:00:00Z`)
  if (parts === null || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== whole) {
    throw new Fault(
      'USAGE_BIRTH_DATE',
      '--birth-date',
      `"${text}" is not a date`,
      'Write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known.',
    )
  }
  return text
}

/** --identifier SYSTEM|VALUE, repeated; undefined when none was given. Throws USAGE_IDENTIFIER. */
export function identifierOptions(input: Arguments): readonly Identifier[] | undefined {
  const texts = input.texts('identifier')
  if (texts.length === 0) return undefined
  return texts.map((text) => {
    const bar = text.lastIndexOf('|')
    const system = text.slice(0, Math.max(0, bar)).trim()
    const value = text.slice(bar + 1).trim()
    if (system === '' || value === '') {
      throw new Fault(
        'USAGE_IDENTIFIER',
        '--identifier',
        'an identifier needs the authority that gave it and the value, with a bar between them',
        "Write it as 'https://hospital.example/mrn|12345', in quotes: the shell reads a bare bar as a pipe.",
      )
    }
    return { system, value }
  })
}

/** --name without what would break a line of the terminal; an empty one is none. */
export function nameOption(input: Arguments): string | undefined {
  const text = input
    .text('name')
    ?.replace(/\p{Control}/gu, ' ')
    .trim()
  return text === '' ? undefined : text
}
