import type { Resource } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'
import type { Asked } from './asked.ts'
import { codings, list, text } from './component.ts'

/** A test of a person: a genomic study, or a report that stands for one. */
export interface Study {
  readonly identifiers: readonly string[]
  /** As written. */
  readonly date: string | undefined
  readonly specimens: readonly string[]
  readonly builds: readonly unknown[]
  readonly changeTypes: readonly Record<string, unknown>[]
  readonly studied: readonly string[]
  readonly uncallable: readonly string[]
  /** "Observation/…" that it gave; undefined when it names none. */
  readonly results: ReadonlySet<string> | undefined
}

const EXTENSION = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/'
const profiles = (resource: Resource) => resource.meta?.profile ?? []

/** Genomic studies with their analyses (Genomics Reporting IG STU3, genomic-study), and reports that name no study. */
export function studiesOf(resources: readonly Resource[]): readonly Study[] {
  const analyses = new Map(
    resources
      .filter((one) => profiles(one).includes(`${EXTENSION}genomic-study-analysis`))
      .map((one) => [`Procedure/${one.id}`, one]),
  )
  const specimens = new Map(
    resources.filter((one) => one.resourceType === 'Specimen').map((one) => [`Specimen/${one.id}`, one]),
  )
  const reports = resources.filter((one) => one.resourceType === 'DiagnosticReport')
  const studies = resources.filter((one) => profiles(one).includes(`${EXTENSION}genomic-study`))
  const reported = (study: Resource) =>
    reports.filter((one) =>
      extensions(one, 'genomic-study-reference').some(
        (its) => referenceOf(its['valueReference']) === `Procedure/${study.id}`,
      ),
    )
  const asStudies = studies.map((study) => {
    const parts = extensions(study, 'genomic-study-analysis-ext').flatMap(
      (one) => analyses.get(referenceOf(one['valueReference']) ?? '') ?? [],
    )
    return studyOf([study, ...parts], reported(study), specimens)
  })
  const named = new Set(studies.flatMap(reported))
  return [
    ...asStudies,
    ...reports.filter((one) => !named.has(one)).map((one) => studyOf([one], [one], specimens)),
  ]
}

function studyOf(
  parts: readonly Resource[],
  reports: readonly Resource[],
  specimens: ReadonlyMap<string, Resource>,
): Study {
  const all = (name: string) => parts.flatMap((one) => extensions(one, `genomic-study-analysis-${name}`))
  const regions = all('regions').flatMap((one) => list(one['extension']))
  const region = (kind: string) =>
    regions.filter((one) => one['url'] === kind).flatMap((one) => regionText(one))
  const taken = [
    ...all('specimen').map((one) => one['valueReference']),
    ...parts.flatMap((one) => list(one['specimen'])),
  ]
  const results = reports.flatMap((one) => list(one['result'])).flatMap((one) => text(one['reference']) ?? [])
  return {
    identifiers: parts.flatMap((one) => list(one['identifier'])).flatMap((one) => text(one['value']) ?? []),
    date: parts.map(dateOf).find((one) => one !== undefined),
    specimens: [...new Set(taken.flatMap((one) => specimenNames(one, specimens)))],
    builds: all('genome-build').map((one) => one['valueCodeableConcept']),
    changeTypes: all('change-type').flatMap((one) =>
      list((one['valueCodeableConcept'] as { coding?: unknown })?.coding),
    ),
    studied: region('studied'),
    uncallable: [...region('uncallable'), ...region('uncalled')],
    results: reports.length === 0 ? undefined : new Set(results),
  }
}

function extensions(resource: Resource, name: string): readonly Record<string, unknown>[] {
  return list(resource['extension']).filter((one) => one['url'] === `${EXTENSION}${name}`)
}

function referenceOf(value: unknown): string | undefined {
  return text((value as { reference?: unknown } | undefined)?.reference)
}

function dateOf(resource: Resource): string | undefined {
  const period = resource['performedPeriod'] ?? resource['effectivePeriod']
  return (
    text(resource['performedDateTime']) ??
    text(resource['effectiveDateTime']) ??
    text((period as { start?: unknown } | undefined)?.start) ??
    text(resource['issued'])
  )
}

/** Specimen id, identifiers and display: whichever a client knows it by. */
function specimenNames(reference: unknown, specimens: ReadonlyMap<string, Resource>): readonly string[] {
  const at = referenceOf(reference)
  const one = at === undefined ? undefined : specimens.get(at)
  const display = text((reference as { display?: unknown } | undefined)?.display)
  const identifier = text((reference as { identifier?: { value?: unknown } } | undefined)?.identifier?.value)
  return [
    ...list(one?.['identifier']).flatMap((its) => text(its['value']) ?? []),
    ...(identifier === undefined ? [] : [identifier]),
    ...(display === undefined ? [] : [display]),
    ...(at === undefined ? [] : [at.replace(/^Specimen\//, '')]),
  ]
}

function regionText(extension: Record<string, unknown>): readonly string[] {
  const said = text(extension['valueString']) ?? referenceOf(extension['valueReference'])
  if (said !== undefined) return [said]
  const concept = extension['valueCodeableConcept']
  const [first] = codings(concept)
  const name = first?.display ?? first?.code ?? text((concept as { text?: unknown } | undefined)?.text)
  return name === undefined ? [] : [name]
}

/** Which tests a call is about; undefined when it sets no condition on them. Throws PARAMETER_MALFORMED. */
export function studyFilter(asked: Asked): ((study: Study) => boolean) | undefined {
  const tests = asked.conditions('testIdentifiers')
  const specimens = asked.conditions('specimenIdentifiers')
  const dates = asked.all('testDateRange').map(datePredicate)
  if (tests.length + specimens.length + dates.length === 0) return undefined
  const bare = (token: string) => token.slice(token.lastIndexOf('|') + 1)
  const names = (conditions: readonly (readonly string[])[], own: readonly string[]) =>
    conditions.every((options) => options.some((one) => own.includes(bare(one))))
  return (study) =>
    names(tests, study.identifiers) &&
    names(specimens, study.specimens) &&
    dates.every((holds) => study.date !== undefined && holds(study.date))
}

/** "ge2010-01-01", or a period "2010-01-01/2012-12-31". Compared by the day, as far as both are written. */
function datePredicate(value: string): (date: string) => boolean {
  const match =
    /^(eq|ne|ge|gt|le|lt|sa|eb)?(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:\/(\d{4}(?:-\d\d(?:-\d\d)?)?))?$/.exec(value)
  if (match === null) {
    throw new Fault(
      'PARAMETER_MALFORMED',
      'testDateRange',
      `"${value}" is not a range of dates`,
      'Write ge2020-01-01, le2020-12-31 or 2020-01-01/2020-12-31.',
    )
  }
  const [, op = 'eq', from = '', to] = match
  const cut = (date: string, like: string) => date.slice(0, like.length)
  if (to !== undefined) return (date) => cut(date, from) >= from && cut(date, to) <= to
  return (date) => {
    const day = cut(date, from)
    if (op === 'ge') return day >= from
    if (op === 'gt' || op === 'sa') return day > from
    if (op === 'le') return day <= from
    if (op === 'lt' || op === 'eb') return day < from
    return op === 'ne' ? day !== from : day === from
  }
}

/**
 * Observations that come from the tests asked for. One that is in a report of another test is left out; one that no
 * report claims is kept when the tests of the person leave no choice.
 */
export function fromStudies(
  observations: readonly Resource[],
  studies: readonly Study[],
  filter: ((study: Study) => boolean) | undefined,
): readonly Resource[] {
  if (filter === undefined) return observations
  const chosen = studies.filter(filter)
  const others = studies.filter((one) => !chosen.includes(one))
  const claims = (list: readonly Study[], ref: string) => list.some((one) => one.results?.has(ref))
  return observations.filter((one) => {
    const ref = `Observation/${one.id}`
    if (claims(chosen, ref)) return true
    if (claims(others, ref)) return false
    return studies.length === 0 || chosen.some((its) => its.results === undefined)
  })
}
