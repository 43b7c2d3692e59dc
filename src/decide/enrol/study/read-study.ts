import type { Resource } from '../../../record/resource.ts'
import { Fault } from '../../../terms/fault.ts'
import { accrualOf } from '../accrual.ts'
import type { ClinicalVocabulary } from '../ctml/clinical-leaf.ts'
import { readCtml } from '../ctml/document.ts'
import { typedClauses } from '../ctml/typed.ts'
import { readOwnTrial } from '../own-trial.ts'
import { readPhases } from '../phase.ts'
import type { TypedClause } from '../program.ts'
import type { TrialSite } from '../site.ts'
import type { Trial } from '../trial.ts'
import { isTumour } from './condition.ts'
import { codings, items, object, word } from './element.ts'
import { foreignCriterion } from './foreign-criteria.ts'
import {
  CRITERIA_TYPE,
  CTML_TYPE,
  NCT_SYSTEM,
  PROTOCOL_SYSTEM,
  STATUS_EXTENSION,
  siteStatus,
  studyStatus,
} from './study-words.ts'

/** Finds what a study refers to outside of itself: "Group/g1". Undefined where it is not kept here. */
type Resolve = (reference: string) => Resource | undefined

export function isStudy(document: unknown): document is Resource {
  return (document as { resourceType?: unknown } | null)?.resourceType === 'ResearchStudy'
}

/**
 * Reads a ResearchStudy (R4). One that Garrod wrote holds its criteria; of another the conditions and the Groups of its
 * enrollment are read, and what cannot be read is an unreadable leaf. Status, phase and sites are those of the resource,
 * also where the criteria are ours: somebody may have closed it since. Throws TRIAL_MALFORMED, and what criteria throw.
 */
export function readStudy(
  study: Resource,
  where: string,
  vocabulary: ClinicalVocabulary,
  resolve: Resolve = () => undefined,
): Trial {
  const contained = new Map(items(study['contained']).map((one) => [`#${word(one['id'])}`, one]))
  const find = (reference: string): Resource | undefined =>
    (contained.get(reference) as Resource | undefined) ??
    (reference.startsWith('#') ? undefined : resolve(reference))
  const identifier = (system: string) =>
    items(study['identifier'])
      .filter(
        (one) =>
          word(one['system'])
            ?.replace(/\/$/, '')
            .replace(/^https?:\/\/(www\.)?/, '') === system.replace('http://', ''),
      )
      .flatMap((one) => word(one['value']) ?? [])[0]
  const nctId =
    identifier(NCT_SYSTEM) ??
    items(study['identifier']).flatMap((one) => /^NCT\d{8}$/.exec(word(one['value']) ?? '')?.[0] ?? [])[0]
  const protocol = identifier(PROTOCOL_SYSTEM) ?? nctId ?? word(study.id)
  if (protocol === undefined)
    throw new Fault(
      'TRIAL_MALFORMED',
      `${where}.identifier`,
      'the study has no identifier',
      'Give it one: results name it.',
    )
  const { clauses, ctml } = criteriaOf(study, protocol, where, vocabulary, find)
  return {
    protocol,
    status: statusOf(study, studyStatus),
    nctId,
    title: word(study['title']),
    phases: readPhases(
      codings(study['phase'])
        .map(({ code, display }) => code ?? display ?? '')
        .join(' '),
    ),
    drugs: items(study['focus'])
      .filter((one) => !isTumour(one, vocabulary))
      .flatMap(
        (one) =>
          codings(one)
            .map(({ display, code }) => display ?? code ?? '')
            .at(-1) ?? [],
      ),
    sites: items(study['site']).flatMap((one) => siteOf(one, find)),
    clauses,
    ctml,
  }
}

/** The source's word while it means what the element says; else the element was changed, and counts. */
function statusOf(
  of: Record<string, unknown>,
  fhirOf: (status: string) => string | undefined,
): string | undefined {
  const fhir = word(of['status'])
  const own = items(of['extension']).find((one) => one['url'] === STATUS_EXTENSION)
  const said = word(own?.['valueString'])
  if (said !== undefined && fhirOf(said) === fhir) return said
  return fhir === 'in-review' && accrualOf(said) === undefined && of['resourceType'] === 'ResearchStudy'
    ? undefined
    : fhir
}

function criteriaOf(
  study: Resource,
  protocol: string,
  where: string,
  vocabulary: ClinicalVocabulary,
  find: Resolve,
): Pick<Trial, 'clauses' | 'ctml'> {
  const libraries = items(study['relatedArtifact']).flatMap((one) => find(word(one['resource']) ?? '') ?? [])
  const contents = libraries.flatMap((one) => items(one['content']))
  const attached = (type: string): unknown => {
    const data = word(contents.find((one) => one['contentType'] === type)?.['data'])
    return data === undefined ? undefined : parsed(data, `${where}.contained`)
  }
  const document = attached(CTML_TYPE)
  const ctml = document === undefined ? undefined : readCtml(document, where)
  const own = attached(CRITERIA_TYPE)
  if (own !== undefined) {
    // CTML keeps how each criterion was written; the peer's words are read from it.
    const { clauses } = readOwnTrial({ ...object(own), protocol }, where, vocabulary)
    return {
      ctml,
      clauses: ctml === undefined ? clauses : withWritten(clauses, typedClauses(ctml, vocabulary)),
    }
  }
  if (ctml !== undefined) return { ctml, clauses: typedClauses(ctml, vocabulary) }
  const clause: TypedClause = {
    protocol,
    path: 'trial',
    level: 'trial',
    code: '',
    suspended: false,
    criterion: foreignCriterion(study, vocabulary, find),
  }
  return { ctml: undefined, clauses: [clause] }
}

/** Criteria as CTML wrote them, with what is kept of places and suspension. */
function withWritten(kept: readonly TypedClause[], written: readonly TypedClause[]): readonly TypedClause[] {
  const byPath = new Map(written.map((one) => [one.path, one.criterion]))
  return kept.map((one) => ({ ...one, criterion: byPath.get(one.path) ?? one.criterion }))
}

function parsed(base64: string, where: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))
  } catch {
    throw new Fault(
      'TRIAL_MALFORMED',
      where,
      'the criteria are no JSON',
      'Attach them as JSON in UTF-8, base64.',
    )
  }
}

function siteOf(reference: Record<string, unknown>, find: Resolve): readonly TrialSite[] {
  const location = find(word(reference['reference']) ?? '')
  const name = word(location?.['name']) ?? word(reference['display'])
  if (name === undefined) return []
  if (location === undefined) return [{ name }]
  const address = object(location['address']) ?? {}
  const position = object(location['position'])
  const [latitude, longitude] = [position?.['latitude'], position?.['longitude']]
  const status = statusOf(location, siteStatus)
  const placed = typeof latitude === 'number' && typeof longitude === 'number' && Math.abs(latitude) <= 90
  return [
    {
      name,
      ...(status === undefined ? {} : { status }),
      ...Object.fromEntries(
        ['city', 'state', 'postalCode', 'country'].flatMap((key) => {
          const said = word(address[key])
          return said === undefined ? [] : [[key, said]]
        }),
      ),
      ...(placed ? { position: { latitude, longitude } } : {}),
    },
  ]
}
