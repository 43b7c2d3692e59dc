import type { ClinicalContext, Measurement, PatientRecord, Sex } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Option } from '../command.ts'

/** Options that tell what advice may depend on. What is left out is unknown and never assumed. */
export const CIRCUMSTANCE_OPTIONS = {
  sex: { type: 'string', value: 'SEX', help: 'female or male; checked against the X chromosome' },
  age: { type: 'string', value: 'YEARS', help: 'age in years, for doses and for advice that differs by age' },
  weight: { type: 'string', value: 'KG', help: 'body weight in kilograms' },
  height: { type: 'string', value: 'CM', help: 'height in centimetres' },
  ancestry: {
    type: 'string',
    value: 'GROUP',
    help: 'white, black, asian or other, asked for by warfarin equations only',
  },
  smoker: { type: 'string', value: 'YES|NO', help: 'asked for by one warfarin equation only' },
  'target-inr': { type: 'string', value: 'INR', help: 'target INR, asked for by one warfarin equation only' },
  indication: {
    type: 'string',
    multiple: true,
    value: 'CODE',
    help: 'what the drug is for, e.g. acs-pci for clopidogrel',
  },
  'as-of': {
    type: 'string',
    value: 'DATE',
    help: 'the day ages are counted to, YYYY-MM-DD; today when left out',
  },
} satisfies Readonly<Record<string, Option>>

/** What the options say of the person, as the record holds it. Throws USAGE_* on values out of range. */
export function circumstances(input: Arguments): {
  asOf: string
  person: Pick<PatientRecord, 'sex' | 'birthDate' | 'measurements' | 'context'>
} {
  const asOf = input.text('as-of') ?? new Date().toISOString().slice(0, 10)
  if (!isDay(asOf)) {
    throw new Fault('USAGE_DATE', '--as-of', `"${asOf}" is not a date`, 'Write it as YYYY-MM-DD.')
  }
  const measurements: Measurement[] = []
  const measure = (name: string, kind: Measurement['kind'], unit: Measurement['unit']) => {
    const value = positive(input, name, `Give a number in ${unit === 'a' ? 'years' : unit}.`)
    if (value !== undefined) plausible(name, value)
    if (value !== undefined) measurements.push({ kind, value, unit })
  }
  measure('age', 'age', 'a')
  measure('weight', 'weight', 'kg')
  measure('height', 'height', 'cm')
  const targetInr = positive(input, 'target-inr', 'Give the INR aimed at, such as 2.5.')
  const sex = choice<Sex>(input, 'sex', ['female', 'male'])
  const race = choice<NonNullable<ClinicalContext['race']>>(input, 'ancestry', [
    'white',
    'black',
    'asian',
    'other',
  ])
  const smoker = choice<'yes' | 'no'>(input, 'smoker', ['yes', 'no'])
  const indications = input.texts('indication')
  return {
    asOf,
    person: {
      sex: sex ?? 'unknown',
      birthDate: undefined,
      measurements,
      context: {
        ...(indications.length > 0 ? { indications } : {}),
        ...(race === undefined ? {} : { race }),
        ...(smoker === undefined ? {} : { smoker: smoker === 'yes' }),
        ...(targetInr === undefined ? {} : { targetInr }),
      },
    },
  }
}

/** What nobody has been: a slip of the unit or of a digit, from which a dose would follow. Least and most. */
const BOUNDS: Readonly<Record<string, readonly [least: number, most: number, unit: string]>> = {
  age: [0, 130, 'years'],
  weight: [0.2, 700, 'kg'],
  height: [15, 280, 'cm'],
}

function plausible(name: string, value: number): void {
  const [least, most, unit] = BOUNDS[name]!
  if (value >= least && value <= most) return
  throw new Fault(
    'USAGE_NUMBER',
    `--${name}`,
    `nobody has ${name === 'age' ? 'an age' : `a ${name}`} of ${value} ${unit}`,
    `Give a number of ${unit} from ${least} to ${most}.`,
  )
}

function positive(input: Arguments, name: string, mend: string): number | undefined {
  const text = input.text(name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new Fault('USAGE_NUMBER', `--${name}`, `"${text}" is not a positive number`, mend)
  }
  return value
}

/** Whether the calendar has this day: 2025-02-30 would otherwise be read as the second of March. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}

function choice<T extends string>(input: Arguments, name: string, choices: readonly T[]): T | undefined {
  const text = input.text(name)?.toLowerCase()
  if (text === undefined) return undefined
  const found = choices.find((one) => one === text)
  if (found === undefined)
    throw new Fault(
      'USAGE_CHOICE',
      `--${name}`,
      `"${text}" is not one of the choices`,
      `Use ${choices.join(', ')}.`,
    )
  return found
}
