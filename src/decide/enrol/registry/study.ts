import * as z from 'zod'
import { Fault } from '../../../terms/fault.ts'
import { issueWords } from '../../../terms/schema-issue.ts'
import type { CheckFinding } from '../ctml/check.ts'
import { isEntry } from '../ctml/document.ts'
import type { TrialSite } from '../site.ts'
import { type AgeLimit, readAgeLimit } from './age-limit.ts'
import { unknownParts } from './known-parts.ts'

/** A study as ClinicalTrials.gov version 2 sends it: the fields that bear on who may take part. */
export interface RegistryStudy {
  readonly nctId: string
  readonly title: string | undefined
  readonly officialTitle: string | undefined
  /** The registry's word: RECRUITING, COMPLETED … */
  readonly status: string | undefined
  readonly studyType: string | undefined
  readonly phases: readonly string[]
  readonly conditions: readonly string[]
  readonly keywords: readonly string[]
  /** MeSH headings of the conditions, and of the interventions. */
  readonly conditionTerms: readonly string[]
  readonly interventionTerms: readonly string[]
  readonly arms: readonly { readonly label: string; readonly kind: string | undefined }[]
  readonly interventions: readonly {
    readonly name: string
    readonly kind: string | undefined
    readonly otherNames: readonly string[]
  }[]
  readonly sex: 'female' | 'male' | 'all' | undefined
  readonly minimumAge: AgeLimit | undefined
  readonly maximumAge: AgeLimit | undefined
  readonly healthyVolunteers: boolean | undefined
  readonly sites: readonly TrialSite[]
  /** The free text of the criteria; empty where there is none. */
  readonly eligibility: string
  /** Fields and values that are not of the form, or could not be read. */
  readonly findings: readonly CheckFinding[]
}

const text = z.string().optional()
const texts = z.array(z.string()).default([])

const Location = z.looseObject({
  facility: text,
  city: text,
  state: text,
  zip: text,
  country: text,
  status: text,
  geoPoint: z.looseObject({ lat: z.number(), lon: z.number() }).optional(),
})

const Sent = z.looseObject({
  protocolSection: z.looseObject({
    identificationModule: z.looseObject({ nctId: z.string(), briefTitle: text, officialTitle: text }),
    statusModule: z.looseObject({ overallStatus: text }).default({}),
    designModule: z.looseObject({ studyType: text, phases: texts }).default({ phases: [] }),
    conditionsModule: z
      .looseObject({ conditions: texts, keywords: texts })
      .default({ conditions: [], keywords: [] }),
    armsInterventionsModule: z
      .looseObject({
        armGroups: z.array(z.looseObject({ label: z.string(), type: text })).default([]),
        interventions: z
          .array(z.looseObject({ name: z.string(), type: text, otherNames: texts }))
          .default([]),
      })
      .default({ armGroups: [], interventions: [] }),
    eligibilityModule: z
      .looseObject({
        eligibilityCriteria: text,
        sex: text,
        minimumAge: text,
        maximumAge: text,
        healthyVolunteers: z.boolean().optional(),
      })
      .default({}),
    contactsLocationsModule: z
      .looseObject({
        locations: z.array(Location).default([]),
      })
      .default({ locations: [] }),
  }),
  derivedSection: z
    .looseObject({ conditionBrowseModule: Browse(), interventionBrowseModule: Browse() })
    .default({ conditionBrowseModule: { meshes: [] }, interventionBrowseModule: { meshes: [] } }),
})

function Browse() {
  return z
    .looseObject({ meshes: z.array(z.looseObject({ term: z.string() })).default([]) })
    .default({ meshes: [] })
}

const SEXES: Readonly<Record<string, RegistryStudy['sex']>> = { FEMALE: 'female', MALE: 'male', ALL: 'all' }

/** Whether a document has the outer form of a study of the registry. */
export function isRegistryStudy(document: unknown): boolean {
  return isEntry(document) && 'protocolSection' in document
}

/** A page of the registry's API, {"studies": [...]}, as its studies; any other document as itself. */
export function studiesOfPage(document: unknown): readonly unknown[] {
  return isEntry(document) && Array.isArray(document['studies']) && !('protocol' in document)
    ? document['studies']
    : [document]
}

/** Exports of the registry write null for what its own API leaves out. */
function withoutNulls(document: unknown, depth = 0): unknown {
  if (typeof document !== 'object' || document === null || depth > 16) return document
  if (Array.isArray(document))
    return document.filter((one) => one !== null).map((one) => withoutNulls(one, depth + 1))
  return Object.fromEntries(
    Object.entries(document).flatMap(([key, value]) =>
      value === null ? [] : [[key, withoutNulls(value, depth + 1)]],
    ),
  )
}

/** Longer criteria are not read, in characters; the registry itself stops at 20,000. */
const LONGEST_TEXT = 200_000

/**
 * Reads one study. What the registry's form does not have is a finding, not a refusal. Throws STUDY_MALFORMED with the
 * field, STUDY_NUMBER_MALFORMED, STUDY_TEXT_TOO_LONG.
 */
export function readRegistryStudy(document: unknown, where: string): RegistryStudy {
  const parsed = Sent.safeParse(withoutNulls(document))
  if (!parsed.success) {
    const [first] = parsed.error.issues
    throw new Fault(
      'STUDY_MALFORMED',
      [where, ...(first?.path ?? []).map(String)].join('.'),
      issueWords(first, 'it is no study'),
      'Give studies as version 2 of the API of ClinicalTrials.gov sends them.',
    )
  }
  const { protocolSection: protocol, derivedSection: derived } = parsed.data
  const { nctId, briefTitle, officialTitle } = protocol.identificationModule
  if (!/^NCT\d{8}$/.test(nctId)) {
    throw new Fault(
      'STUDY_NUMBER_MALFORMED',
      `${where}.protocolSection.identificationModule.nctId`,
      `"${nctId.slice(0, 40)}" is no number of the registry`,
      'It is NCT and eight digits.',
    )
  }
  const eligibility = protocol.eligibilityModule
  const criteria = eligibility.eligibilityCriteria ?? ''
  if (criteria.length > LONGEST_TEXT) {
    throw new Fault(
      'STUDY_TEXT_TOO_LONG',
      `${where}.protocolSection.eligibilityModule.eligibilityCriteria`,
      `the criteria have more than ${LONGEST_TEXT} characters`,
      'The registry takes 20,000: check that the field holds the criteria of one study.',
    )
  }
  const findings: CheckFinding[] = [...unknownParts(document, where)]
  const limit = (name: 'minimumAge' | 'maximumAge'): AgeLimit | undefined => {
    const sent = eligibility[name]
    if (sent === undefined || /^\s*n\/?a\s*$/i.test(sent)) return undefined
    const read = readAgeLimit(sent)
    if (read !== undefined) return read
    findings.push({
      severity: 'error',
      code: 'STUDY_AGE_UNREADABLE',
      where: `${where}.protocolSection.eligibilityModule.${name}`,
      what: `"${sent.slice(0, 40)}" is no age`,
      mend: 'Write a number and a unit: 18 Years, 6 Months, 2 Weeks.',
    })
    return { unreadable: sent }
  }
  return {
    nctId,
    title: briefTitle,
    officialTitle,
    status: protocol.statusModule.overallStatus,
    studyType: protocol.designModule.studyType,
    phases: protocol.designModule.phases,
    conditions: protocol.conditionsModule.conditions,
    keywords: protocol.conditionsModule.keywords,
    conditionTerms: derived.conditionBrowseModule.meshes.map(({ term }) => term),
    interventionTerms: derived.interventionBrowseModule.meshes.map(({ term }) => term),
    arms: protocol.armsInterventionsModule.armGroups.map(({ label, type }) => ({ label, kind: type })),
    interventions: protocol.armsInterventionsModule.interventions.map(({ name, type, otherNames }) => ({
      name,
      kind: type,
      otherNames,
    })),
    sex: SEXES[eligibility.sex ?? ''],
    minimumAge: limit('minimumAge'),
    maximumAge: limit('maximumAge'),
    healthyVolunteers: eligibility.healthyVolunteers,
    sites: protocol.contactsLocationsModule.locations.map(siteOf),
    eligibility: criteria,
    findings,
  }
}

function siteOf({
  facility,
  city,
  state,
  zip,
  country,
  status,
  geoPoint,
}: z.infer<typeof Location>): TrialSite {
  const position =
    geoPoint === undefined || Math.abs(geoPoint.lat) > 90 || Math.abs(geoPoint.lon) > 180
      ? undefined
      : { latitude: geoPoint.lat, longitude: geoPoint.lon }
  const said = { status, city, state, postalCode: zip, country, position }
  return {
    name: facility ?? ([city, country].filter((one) => one !== undefined).join(', ') || 'unnamed'),
    ...Object.fromEntries(Object.entries(said).filter(([, one]) => one !== undefined)),
  }
}
