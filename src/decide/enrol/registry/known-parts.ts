import type { CheckFinding } from '../ctml/check.ts'
import { isEntry } from '../ctml/document.ts'

/** What may stand in one place of a study. */
type Part =
  | { readonly fields: Readonly<Record<string, Part | undefined>> }
  | { readonly values: readonly string[]; readonly severity: CheckFinding['severity'] }

const anything = undefined
const fields = (names: string, inside: Readonly<Record<string, Part>> = {}): Part => ({
  fields: { ...Object.fromEntries(names.split(' ').map((name) => [name, anything])), ...inside },
})
const values = (names: string, severity: CheckFinding['severity'] = 'note'): Part => ({
  values: names.split(' '),
  severity,
})

/** Words of the registry for how a study or a site stands. */
const STATUS =
  'ACTIVE_NOT_RECRUITING COMPLETED ENROLLING_BY_INVITATION NOT_YET_RECRUITING RECRUITING SUSPENDED TERMINATED WITHDRAWN AVAILABLE NO_LONGER_AVAILABLE TEMPORARILY_NOT_AVAILABLE APPROVED_FOR_MARKETING WITHHELD UNKNOWN'

/**
 * The form of a study in version 2 of ClinicalTrials.gov's API (its "Study Data Structure"), as far as it bears on who
 * may take part; what stands inside other modules is not looked at.
 */
const STUDY = fields('resultsSection annotationSection documentSection hasResults derivedSection', {
  protocolSection: fields(
    'sponsorCollaboratorsModule oversightModule descriptionModule outcomesModule referencesModule ipdSharingStatementModule',
    {
      identificationModule: fields(
        'nctId nctIdAliases orgStudyIdInfo secondaryIdInfos briefTitle officialTitle acronym organization',
      ),
      statusModule: fields(
        'statusVerifiedDate lastKnownStatus delayedPosting whyStopped expandedAccessInfo startDateStruct primaryCompletionDateStruct completionDateStruct studyFirstSubmitDate studyFirstSubmitQcDate studyFirstPostDateStruct resultsWaived resultsFirstSubmitDate resultsFirstSubmitQcDate resultsFirstPostDateStruct dispFirstSubmitDate dispFirstSubmitQcDate dispFirstPostDateStruct lastUpdateSubmitDate lastUpdatePostDateStruct',
        { overallStatus: values(STATUS, 'error') },
      ),
      conditionsModule: fields('conditions keywords'),
      designModule: fields(
        'nPtrsToThisExpAccNctId expandedAccessTypes patientRegistry targetDuration designInfo bioSpec enrollmentInfo',
        {
          studyType: values('EXPANDED_ACCESS INTERVENTIONAL OBSERVATIONAL'),
          phases: values('NA EARLY_PHASE1 PHASE1 PHASE2 PHASE3 PHASE4'),
        },
      ),
      armsInterventionsModule: fields('', {
        armGroups: fields('label description interventionNames', {
          type: values(
            'EXPERIMENTAL ACTIVE_COMPARATOR PLACEBO_COMPARATOR SHAM_COMPARATOR NO_INTERVENTION OTHER',
          ),
        }),
        interventions: fields('name description armGroupLabels otherNames', {
          type: values(
            'BEHAVIORAL BIOLOGICAL COMBINATION_PRODUCT DEVICE DIAGNOSTIC_TEST DIETARY_SUPPLEMENT DRUG GENETIC PROCEDURE RADIATION OTHER',
          ),
        }),
      }),
      eligibilityModule: fields(
        'eligibilityCriteria healthyVolunteers genderBased genderDescription minimumAge maximumAge studyPopulation samplingMethod',
        { sex: values('FEMALE MALE ALL', 'error'), stdAges: values('CHILD ADULT OLDER_ADULT') },
      ),
      contactsLocationsModule: fields('centralContacts overallOfficials', {
        locations: fields('facility city state zip country countryCode contacts', {
          status: values(STATUS),
          geoPoint: fields('lat lon'),
        }),
      }),
    },
  ),
})

/** At most this many findings of one study are told. */
const MOST_FINDINGS = 100

/** Fields and values that the registry's form does not have: what a reader of that form would pass over in silence. */
export function unknownParts(document: unknown, where: string): readonly CheckFinding[] {
  const found = new Map<string, CheckFinding>()
  look(document, STUDY, where)
  return [...found.values()].slice(0, MOST_FINDINGS)

  function look(value: unknown, part: Part, at: string): void {
    if (found.size >= MOST_FINDINGS) return
    if (Array.isArray(value)) {
      for (const [i, one] of value.entries()) look(one, part, `${at}.${i}`)
    } else if ('values' in part) {
      if (typeof value === 'string' && !part.values.includes(value)) {
        tell({
          severity: part.severity,
          code: 'STUDY_VALUE_UNKNOWN',
          where: at,
          what: `"${value.slice(0, 60)}" is no value of this field`,
          mend: `The registry writes ${part.values.join(', ')}.`,
        })
      }
    } else if (isEntry(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (!Object.hasOwn(part.fields, name)) {
          tell({
            severity: 'note',
            code: 'STUDY_FIELD_UNKNOWN',
            where: `${at}.${name}`.slice(0, 300),
            what: 'the field is not part of the registry’s form that is read here',
            mend: 'What it says is not used: check its name, or what the registry added.',
          })
        } else {
          const next = part.fields[name]
          if (next !== undefined) look(inner, next, `${at}.${name}`)
        }
      }
    }
  }

  /** Once for each kind of place: 300 sites with one new field are one finding. */
  function tell(finding: CheckFinding): void {
    const key = `${finding.where.slice(where.length).replaceAll(/\.\d+/g, '.*')} ${finding.what}`
    if (!found.has(key)) found.set(key, finding)
  }
}
