import { readFileSync } from 'node:fs'
import type { Position } from '../../decide/enrol/site.ts'
import type { WhereAsked } from '../../decide/enrol/where.ts'
import type { Home } from '../../record/candidate.ts'
import { Fault } from '../../terms/fault.ts'

/** Places of postal codes, as the site gives them; Garrod has none of its own. */
export class PostalCodes {
  readonly #places: ReadonlyMap<string, Position>

  constructor(places: ReadonlyMap<string, Position>) {
    this.#places = places
  }

  /** Of the country if one is given, else of any; a ZIP+4 is looked up without its last four. */
  find(code: string, country?: string): Position | undefined {
    const short = /^(\d{5})-\d{4}$/.exec(code.trim())?.[1]
    const codes = short === undefined ? [code] : [code, short]
    return codes
      .flatMap((one) => [keyOf(one, country ?? ''), keyOf(one, '')])
      .flatMap((key) => this.#places.get(key) ?? [])[0]
  }
}

const keyOf = (code: string, country: string) =>
  `${country.trim().toUpperCase()} ${code.replace(/\s+/g, '').toUpperCase()}`

/** Reads a table with the columns postal_code, latitude and longitude (degrees), and country where codes repeat. Throws POSTAL_CODES. */
export function readPostalCodes(path: string): PostalCodes {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw malformed(path, 'the file cannot be read')
  }
  const [head = '', ...lines] = text.split(/\r?\n/)
  const columns = head.split('\t').map((one) => one.trim().toLowerCase())
  const [code, latitude, longitude] = ['postal_code', 'latitude', 'longitude'].map((one) =>
    columns.indexOf(one),
  )
  if (code === -1 || latitude === -1 || longitude === -1)
    throw malformed(`${path}, line 1`, 'a column is missing')
  const country = columns.indexOf('country')
  const places = new Map<string, Position>()
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const cells = line.split('\t')
    const position = { latitude: degrees(cells[latitude!]), longitude: degrees(cells[longitude!]) }
    if (
      !(Math.abs(position.latitude) <= 90 && Math.abs(position.longitude) <= 180) ||
      cells[code!]!.trim() === ''
    )
      throw malformed(`${path}, line ${i + 2}`, 'the code is empty, or its place is not on Earth')
    places.set(keyOf(cells[code!]!, country === -1 ? '' : (cells[country] ?? '')), position)
  }
  return new PostalCodes(places)
}

function degrees(cell: string | undefined): number {
  return cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell)
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'POSTAL_CODES',
    where,
    what,
    'Give a table with tabs between the columns postal_code, latitude, longitude, and country if you like.',
  )
}

/** From where a person would come, with what is to be said about how well that is known. */
export function whereAsked(
  home: Home | undefined,
  {
    withinKilometres,
    postalCodes,
  }: { readonly withinKilometres?: number; readonly postalCodes?: PostalCodes | undefined },
): WhereAsked {
  const most = withinKilometres === undefined ? {} : { withinKilometres }
  if (home?.position !== undefined) return { home: home.position, ...most }
  const { postalCode, country } = home ?? {}
  if (postalCode === undefined)
    return { home: undefined, note: 'it is not known where the person lives', ...most }
  const place = postalCodes?.find(postalCode, country)
  if (place !== undefined) return { home: place, note: 'from the middle of the postal code', ...most }
  const why =
    postalCodes === undefined ? 'no table of postal codes is set up' : 'the table of postal codes lacks it'
  return { home: undefined, note: `the place of the postal code is not known: ${why}`, ...most }
}
