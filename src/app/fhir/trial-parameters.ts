import { type Accrual, accrualOf, isClosedWord } from '../../decide/enrol/accrual.ts'
import { type Phase, readPhases } from '../../decide/enrol/phase.ts'
import type { Home } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'

/** What ResearchStudy/$match was asked. */
export interface TrialsAsked {
  /** Somebody whose record is kept here, or what was sent of somebody. */
  readonly person: { readonly subject: PatientId } | { readonly sent: readonly Resource[] }
  /** In place of where the record says the person lives. */
  readonly home: Home | undefined
  readonly withinKilometres: number | undefined
  /** Sentences for whoever asked: how something was understood. */
  readonly notes: readonly string[]
  /** Undefined: any. */
  readonly phases: readonly Phase[] | undefined
  /** Undefined: any. */
  readonly accrual: Accrual | undefined
  readonly count: number
}

const COUNT = 100
const MOST = 1000
const MOST_SENT = 20_000
const KILOMETRES: Readonly<Record<string, number>> = {
  '': 1.609_344,
  mi: 1.609_344,
  '[mi_i]': 1.609_344,
  mile: 1.609_344,
  miles: 1.609_344,
  km: 1,
  m: 0.001,
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['subject', 'position', 'zipCode', 'travelRadius', 'phase', 'recruitmentStatus', 'count', '_count'],
  'trialMatchClinicalData',
])

type Value = Readonly<Record<string, unknown>>

/**
 * Reads the parameters of the CodeX guide (zipCode, travelRadius, phase, recruitmentStatus, trialMatchClinicalData), and
 * subject, position and count beside them: of a Parameters resource, of one within the Bundle of the person as the guide's
 * reference implementation sends it, or of a query. A radius without a unit is in miles, as there, and the
 * answer says so. Throws PARAMETERS_MALFORMED.
 */
export function trialParameters({
  body,
  query,
}: {
  readonly body: unknown
  readonly query: readonly (readonly [string, string])[]
}): TrialsAsked {
  const resource = (body ?? {}) as Resource
  const given: (readonly [string, Value])[] = query.map(([name, value]) => [name, { valueString: value }])
  let bundle: Resource | undefined
  if (resource.resourceType === 'Parameters') given.push(...parametersIn(resource))
  if (resource.resourceType === 'Bundle') bundle = resource
  const at = (name: string) => given.find(([one]) => one === name)?.[1]
  bundle ??= at('trialMatchClinicalData')?.['resource'] as Resource | undefined
  const sent = bundle === undefined ? [] : resourcesIn(bundle)
  for (const one of sent) if (one.resourceType === 'Parameters') given.push(...parametersIn(one))
  const subject = subjectOf(textOf(at('subject')))
  const person = subject === undefined ? sentPerson(sent) : { subject }
  const status = textOf(at('recruitmentStatus'))
  const phase = textOf(at('phase'))
  const { withinKilometres, notes } = radiusOf(at('travelRadius'))
  return {
    person,
    home: homeOf(textOf(at('position')), textOf(at('zipCode'))),
    withinKilometres,
    notes: [...notes, ...unknownNotes(given.map(([name]) => name))],
    phases: phase === undefined || isAny(phase) ? undefined : phasesOf(phase),
    accrual: status === undefined ? 'open' : isAny(status) ? undefined : statusOf(status),
    count: countOf(at('count') ?? at('_count')),
  }
}

function parametersIn(resource: Resource): readonly (readonly [string, Value])[] {
  const list: readonly unknown[] = Array.isArray(resource['parameter']) ? resource['parameter'] : []
  return list.flatMap((one) => {
    const { name } = (one ?? {}) as { name?: unknown }
    return typeof name === 'string' ? [[name, one as Value] as const] : []
  })
}

/** Resources of a bundle, each with an id, their references to one another written as Type/id. */
function resourcesIn(bundle: Resource): readonly Resource[] {
  const entries: readonly unknown[] = Array.isArray(bundle['entry']) ? bundle['entry'] : []
  if (bundle.resourceType !== 'Bundle') throw malformed('trialMatchClinicalData', 'it is no Bundle')
  if (entries.length > MOST_SENT)
    throw malformed('trialMatchClinicalData', `it has more than ${MOST_SENT} entries`)
  const names = new Map<string, string>()
  const resources = entries.flatMap((entry, i): readonly Resource[] => {
    const { fullUrl, resource } = (entry ?? {}) as { fullUrl?: unknown; resource?: Resource }
    if (typeof resource?.resourceType !== 'string') return []
    const id = typeof resource.id === 'string' ? resource.id : `sent-${i}`
    if (typeof fullUrl === 'string') names.set(fullUrl, `${resource.resourceType}/${id}`)
    return [{ ...resource, id }]
  })
  if (names.size === 0) return resources
  return JSON.parse(JSON.stringify(resources), (key, value: unknown) =>
    key === 'reference' && typeof value === 'string' ? (names.get(value) ?? value) : value,
  ) as readonly Resource[]
}

/** Of two people in one bundle it could not be told whose results are whose. */
function sentPerson(sent: readonly Resource[]): { readonly sent: readonly Resource[] } {
  const people = sent.filter(({ resourceType }) => resourceType === 'Patient').length
  if (people === 1) return { sent }
  throw malformed(
    'trialMatchClinicalData',
    people === 0
      ? 'neither a Bundle with a Patient nor a subject is given'
      : 'it holds more than one Patient',
  )
}

function textOf(value: Value | undefined): string | undefined {
  const said = Object.entries(value ?? {}).find(([key]) => key.startsWith('value'))?.[1]
  if (said === undefined) return undefined
  if (typeof said === 'object') {
    const { reference } = said as { reference?: unknown }
    if (typeof reference === 'string') return reference
    throw malformed('parameter', 'a value is not simple')
  }
  return String(said).trim() === '' ? undefined : String(said).trim()
}

function subjectOf(text: string | undefined): PatientId | undefined {
  if (text === undefined) return undefined
  const id = /^(?:.*\/)?Patient\/([A-Za-z0-9][A-Za-z0-9.-]{0,63})$/.exec(text)?.[1]
  if (id === undefined) throw malformed('subject', 'it is not Patient/id')
  return patientId(id)
}

function homeOf(position: string | undefined, zipCode: string | undefined): Home | undefined {
  if (position === undefined) return zipCode === undefined ? undefined : { postalCode: zipCode }
  const [latitude, longitude, ...more] = position
    .split(',')
    .map((one) => (one.trim() === '' ? Number.NaN : Number(one)))
  if (more.length > 0 || !(Math.abs(latitude ?? 91) <= 90) || !(Math.abs(longitude ?? 181) <= 180))
    throw malformed('position', 'it is not "latitude,longitude" in degrees')
  return { position: { latitude: latitude!, longitude: longitude! } }
}

function radiusOf(value: Value | undefined): Pick<TrialsAsked, 'withinKilometres' | 'notes'> {
  const quantity = value?.['valueQuantity'] as { value?: unknown; code?: unknown; unit?: unknown } | undefined
  const text =
    quantity === undefined
      ? textOf(value)
      : `${quantity.value} ${String(quantity.code ?? quantity.unit ?? '')}`
  if (text === undefined || isAny(text)) return { withinKilometres: undefined, notes: [] }
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,6})?)\s*([a-z_[\]]*)$/i.exec(text.trim()) ?? []
  const factor = unit === undefined ? undefined : KILOMETRES[unit.toLowerCase()]
  if (number === undefined || factor === undefined)
    throw malformed('travelRadius', 'it is no distance in mi or km')
  const kilometres = Number(number) * factor
  return {
    withinKilometres: kilometres,
    notes:
      unit === ''
        ? [
            `travelRadius ${number} has no unit: it was read as ${number} miles (${Math.round(kilometres)} km), as the guide means it. Write "${number} km" for kilometres.`,
          ]
        : [],
  }
}

function phasesOf(text: string): readonly Phase[] {
  const phases = readPhases(text)
  if (phases.length === 0) throw malformed('phase', 'it names no phase')
  return phases
}

/** Of a trial any word we do not know closes it; of a question it would answer "none" to a slip of the pen. */
function statusOf(text: string): Accrual {
  const accrual = accrualOf(text)
  if (accrual !== undefined && (accrual !== 'closed' || isClosedWord(text))) return accrual
  throw malformed(
    'recruitmentStatus',
    `"${text.slice(0, 40)}" is no status of a trial: active, approved, completed, closed-to-accrual …, or "all"`,
  )
}

/** Parameters that nobody here knows do not narrow the answer, and whoever sent them must know it. */
function unknownNotes(names: readonly string[]): readonly string[] {
  const unknown = [...new Set(names.filter((one) => !KNOWN.has(one) && !/^_(?!count$)/.test(one)))]
  return unknown
    .slice(0, 20)
    .map((one) => `The parameter "${one.slice(0, 40)}" is not known here, and was not looked at.`)
}

const isAny = (text: string) => /^(any|all)$/i.test(text)

function countOf(value: Value | undefined): number {
  const text = textOf(value)
  if (text === undefined) return COUNT
  if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > MOST)
    throw malformed('count', `it is not a number from 1 to ${MOST}`)
  return Number(text)
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'PARAMETERS_MALFORMED',
    `Parameters.${where}`,
    what,
    'POST Parameters with "subject", or with "trialMatchClinicalData" (a Bundle of one person), and the filters you want; see docs/trials.md.',
  )
}
