import type { VariantAnnotation } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'

/** How tables write that something is not known, in lower case. */
export const NOT_KNOWN: ReadonlySet<string> = new Set(['.', '-', 'na', 'n/a', 'nan', 'unknown'])

const POPULATION = /^gnomad.*(_af|^af|af$)|^(gnomad_)?(popmax|grpmax)(_af)?$|^max_af$/
const SINGLE = /(_(afr|amr|eas|nfe|sas)(_|$)|popmax|grpmax|max_af|faf)/

/** A column of a frequency in reference populations. */
interface PopulationPlace {
  readonly name: string
  readonly place: number
}

/** The columns of a header, its names in lower case, that hold such frequencies. */
export function populationPlaces(header: readonly string[]): readonly PopulationPlace[] {
  return header.flatMap((name, place) => (POPULATION.test(name) ? [{ name, place }] : []))
}

/**
 * An empty cell under gnomAD is how annotators write that there is no record; "." and "NA" say that it is not known.
 * Throws FREQUENCY_INVALID: a frequency in percent would make a rare variant of a common one.
 */
export function populationOf(
  places: readonly PopulationPlace[],
  cells: readonly string[],
): Pick<VariantAnnotation, 'population'> {
  const known = places
    .map(({ name, place }) => ({ name, cell: cells[place] ?? '' }))
    .filter(({ cell }) => !NOT_KNOWN.has(cell.toLowerCase()))
  if (known.length === 0) return {}
  const numbers = known
    .filter(({ cell }) => cell !== '')
    .map(({ name, cell }) => ({ name, value: Number(cell) }))
  const wrong = numbers.find(({ value }) => !(value >= 0 && value <= 1))
  if (wrong !== undefined)
    throw new Fault(
      'FREQUENCY_INVALID',
      `column ${wrong.name}`,
      `${wrong.value} is no frequency`,
      'Frequencies are shares from 0 to 1.',
    )
  return {
    population: {
      frequency: numbers.reduce((most, { value }) => Math.max(most, value), 0),
      absent: numbers.every(({ value }) => value === 0),
      populations: numbers.some(({ name }) => SINGLE.test(name)),
      source: `columns ${known.map(({ name }) => name).join(', ')} of the table`,
    },
  }
}
