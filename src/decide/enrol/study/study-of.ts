import { createHash } from 'node:crypto'
import type { Resource } from '../../../record/resource.ts'
import type { Criterion } from '../criterion.ts'
import { conjuncts, criterionWords } from '../criterion-words.ts'
import { plainClause } from '../own-trial.ts'
import { phaseWords } from '../phase.ts'
import type { TypedClause } from '../program.ts'
import type { TrialSite } from '../site.ts'
import type { Trial } from '../trial.ts'
import {
  CRITERIA_TYPE,
  CTML_TYPE,
  NCT_SYSTEM,
  PHASE_SYSTEM,
  PROTOCOL_SYSTEM,
  phaseCode,
  STATUS_EXTENSION,
  siteStatus,
  studyStatus,
} from './study-words.ts'

/** One id for each protocol number: a trial that is loaded again takes the place of the earlier one. */
export function studyId(protocol: string): string {
  return /^[A-Za-z0-9.-]{1,50}$/.test(protocol)
    ? `trial-${protocol}`
    : `trial-${createHash('sha256').update(protocol).digest('hex').slice(0, 40)}`
}

/**
 * A trial as a ResearchStudy (R4). The criteria lie in a contained Library in the eligibility language, from which
 * they are read again, and in words in contained Groups for those who read FHIR alone. Sites are contained Locations.
 */
export function studyOf(trial: Trial): Resource {
  const { protocol, nctId, title, status, phases, drugs, sites, clauses } = trial
  const phase = phaseCode(phases)
  const tumours = [...new Set(clauses.flatMap(({ criterion }) => diagnosesOf(criterion)))].sort()
  const arms = clauses.filter(({ level }) => level === 'arm')
  return {
    resourceType: 'ResearchStudy',
    id: studyId(protocol),
    contained: [
      criteriaLibrary(trial),
      ...clauses.map((clause, i) => criteriaGroup(clause, `criteria-${i}`)),
      ...sites.map((site, i) => siteLocation(site, `site-${i}`)),
    ],
    ...statusExtension(status, studyStatus(status)),
    identifier: [
      { system: PROTOCOL_SYSTEM, value: protocol },
      ...(nctId === undefined ? [] : [{ system: NCT_SYSTEM, value: nctId }]),
    ],
    ...(title === undefined ? {} : { title }),
    status: studyStatus(status),
    ...(phases.length === 0
      ? {}
      : {
          phase: {
            ...(phase === undefined ? {} : { coding: [{ system: PHASE_SYSTEM, code: phase }] }),
            text: phaseWords(phases),
          },
        }),
    ...(drugs.length === 0 ? {} : { focus: drugs.map((text) => ({ text })) }),
    ...(tumours.length === 0 ? {} : { condition: tumours.map((text) => ({ text })) }),
    relatedArtifact: [
      { type: 'composed-of', label: 'Criteria in the eligibility language', resource: '#eligibility' },
    ],
    ...(clauses.length === 0 ? {} : { enrollment: clauses.map((_, i) => ({ reference: `#criteria-${i}` })) }),
    ...(sites.length === 0
      ? {}
      : { site: sites.map(({ name }, i) => ({ reference: `#site-${i}`, display: name })) }),
    ...(arms.length === 0
      ? {}
      : { arm: arms.map(({ code, path }) => ({ name: code === '' ? path : code })) }),
  }
}

function statusExtension(status: string | undefined, fhir: string): object {
  return status === undefined || status === fhir
    ? {}
    : { extension: [{ url: STATUS_EXTENSION, valueString: status }] }
}

function criteriaLibrary({ clauses, ctml, protocol }: Trial): object {
  const attached = (contentType: string, value: unknown) => ({
    contentType,
    data: Buffer.from(JSON.stringify(value)).toString('base64'),
  })
  return {
    resourceType: 'Library',
    id: 'eligibility',
    status: 'active',
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'logic-library' }],
    },
    content: [
      attached(CRITERIA_TYPE, { protocol, clauses: clauses.map(plainClause) }),
      ...(ctml === undefined ? [] : [attached(CTML_TYPE, ctml.document)]),
    ],
  }
}

function criteriaGroup({ path, code, criterion }: TypedClause, id: string): object {
  return {
    resourceType: 'Group',
    id,
    type: 'person',
    actual: false,
    name: code === '' ? path : `${path} (${code})`,
    characteristic: conjuncts(criterion).map(({ part, exclude }) => ({
      code: { text: 'criterion' },
      valueCodeableConcept: { text: criterionWords(part) },
      exclude,
    })),
  }
}

function siteLocation(
  { name, status, city, state, postalCode, country, position }: TrialSite,
  id: string,
): object {
  const fhir = siteStatus(status)
  const address = Object.fromEntries(
    Object.entries({ city, state, postalCode, country }).filter(([, one]) => one !== undefined),
  )
  return {
    resourceType: 'Location',
    id,
    ...statusExtension(status, fhir ?? ''),
    ...(fhir === undefined ? {} : { status: fhir }),
    name,
    ...(Object.keys(address).length === 0 ? {} : { address }),
    ...(position === undefined ? {} : { position }),
  }
}

/** Tumour types that criteria ask for; not those that they exclude. */
function diagnosesOf(criterion: Criterion): readonly string[] {
  if (criterion.kind === 'all' || criterion.kind === 'any') return criterion.of.flatMap(diagnosesOf)
  return criterion.kind === 'diagnosis' ? [criterion.name] : []
}
