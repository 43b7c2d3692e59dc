import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Parameters } from '../../src/fhir/genomics/genomics-data.ts'
import type { Resource } from '../../src/record/resource.ts'
import { sharedData } from './shared-data.ts'

/** Cases of the reference implementation (FHIR/genomics-operations), with the people they are asked about. */
export const PEER = 'interop/genomics-operations'

interface PeerCase {
  readonly id: string
  readonly operation: string
  readonly path: string
  readonly query: string
  readonly expectStatus: number
  /** Undefined where only the status is known. */
  readonly expected: unknown
}

/** A person with everything that is to be loaded, under ids that no other person has. */
interface PeerPerson {
  readonly id: string
  readonly resources: readonly Resource[]
}

interface PeerTest {
  readonly patientID: string
  readonly testDate: string
  readonly testID: string
  readonly specimenID: string
  readonly genomicBuild: string
  readonly dnaChangeType?: readonly string[]
}

const json = (path: string): unknown => JSON.parse(readFileSync(join(sharedData(PEER)!, path), 'utf8'))

export function peerCases(): readonly PeerCase[] {
  return (json('cases.json') as (PeerCase & { expected?: string })[]).map((one) => ({
    ...one,
    expected: one.expected === undefined ? undefined : json(one.expected),
  }))
}

/**
 * Everybody whom the seed, the list of tests or a case names. Two people of the seed share the ids of 14 resources, and an
 * id is one person's here: each id gets the person's before it, which `asSent` takes off again.
 */
export function peerPeople(): readonly PeerPerson[] {
  const seeds = new Map<string, readonly Resource[]>()
  for (const file of readdirSync(join(sharedData(PEER)!, 'seed'))) {
    const { entry } = json(`seed/${file}`) as { entry: { resource: Resource }[] }
    seeds.set(
      file.replace(/\.json$/, ''),
      entry.map(({ resource }) => resource),
    )
  }
  const tests = json('seed-tests.json') as readonly PeerTest[]
  const asked = peerCases().flatMap(({ query }) => /(?:^|&)subject=([^&]+)/.exec(query)?.[1] ?? [])
  const ids = new Set([...seeds.keys(), ...tests.map((one) => one.patientID), ...asked])
  return [...ids].map((id) => {
    const seeded = seeds.get(id) ?? [{ resourceType: 'Patient', id }]
    const mark = markOf(id)
    const own = JSON.parse(
      JSON.stringify(seeded).replaceAll(/(Observation\/|"id":")((?:dv|sid)-)/g, `$1${mark}$2`),
    ) as Resource[]
    return { id, resources: [...own, ...tests.filter((one) => one.patientID === id).flatMap(studyOf)] }
  })
}

const markOf = (person: string) => `${person.toLowerCase()}.`

/** An answer as it would be with the ids of the seed. */
export function asSent(answer: unknown, people: readonly PeerPerson[]): unknown {
  let text = JSON.stringify(answer)
  for (const { id } of people) text = text.replaceAll(new RegExp(`${markOf(id)}(?=dv-|sid-)`, 'g'), '')
  return JSON.parse(text)
}

/** As the peer codes them: a duplication is SO:0001019, too, there. */
const CHANGES: Readonly<Record<string, string>> = {
  SNV: 'SO:0001483',
  MNV: 'SO:0002007',
  delins: 'SO:1000032',
  INS: 'SO:0000667',
  INV: 'SO:1000036',
  CNV: 'SO:0001019',
  DEL: 'SO:0000159',
  DUP: 'SO:0001019',
}
const BUILDS: Readonly<Record<string, string>> = { GRCh37: 'LA14029-5', GRCh38: 'LA26806-2' }
const GUIDE = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/'

/** A test of the peer's list as a genomic study. The files of regions that it names are not public. */
function studyOf(test: PeerTest): readonly Resource[] {
  const { patientID, testID, specimenID } = test
  const subject = { reference: `Patient/${patientID}` }
  const specimen = {
    resourceType: 'Specimen',
    id: `${testID}.specimen`,
    subject,
    identifier: [{ value: specimenID }],
  }
  const concept = (system: string, code: string, display: string) => ({
    valueCodeableConcept: { coding: [{ system, code, display }] },
  })
  const category = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
  }
  const analysis = {
    resourceType: 'Procedure',
    id: `${testID}.analysis`,
    meta: { profile: [`${GUIDE}genomic-study-analysis`] },
    status: 'completed',
    category,
    subject,
    extension: [
      {
        url: `${GUIDE}genomic-study-analysis-genome-build`,
        ...concept('http://loinc.org', BUILDS[test.genomicBuild]!, test.genomicBuild),
      },
      ...(test.dnaChangeType ?? []).map((name) => ({
        url: `${GUIDE}genomic-study-analysis-change-type`,
        ...concept('http://sequenceontology.org', CHANGES[name.trim()]!, name.trim()),
      })),
      {
        url: `${GUIDE}genomic-study-analysis-specimen`,
        valueReference: { reference: `Specimen/${specimen.id}` },
      },
    ],
  }
  const study = {
    resourceType: 'Procedure',
    id: `${testID}.study`,
    meta: { profile: [`${GUIDE}genomic-study`] },
    identifier: [{ value: testID }],
    status: 'completed',
    category,
    subject,
    performedDateTime: test.testDate,
    extension: [
      {
        url: `${GUIDE}genomic-study-analysis-ext`,
        valueReference: { reference: `Procedure/${analysis.id}` },
      },
    ],
  }
  return [specimen, analysis, study]
}

/** Whether an answer is the peer's, as far as the seed goes; see docs/evidence/genomics-operations.md. */
export function agrees(operation: string, answer: unknown, expected: unknown): boolean {
  if (operation === '$find-study-metadata')
    return canonical(asOfGuide(answer)) === canonical(asOfGuide(expected))
  return operation.startsWith('$find-population')
    ? populationAgrees(answer as Parameters, expected as Parameters)
    : canonical(answer) === canonical(expected)
}

/** The guide's names, dates and codes, where the peer writes others; regions left out, whose files are not public. */
function asOfGuide(answer: unknown): unknown {
  const { parameter = [] } = JSON.parse(
    JSON.stringify(answer)
      .replaceAll('"testID"', '"testId"')
      .replaceAll(' 00:00:00"', '"')
      .replaceAll('" LA', '"LA'),
  ) as Parameters
  return parameter.map((one) =>
    one.part?.filter(({ name }) => !/^(regionStudied|uncallableRegions)$/.test(name)),
  )
}

/**
 * Whether a population answer agrees as far as the seed goes: the same items, and nobody whom the peer does not count. The
 * peer counts people, and results of seeded people, that are not in the seed.
 */
function populationAgrees(answer: Parameters, expected: Parameters): boolean {
  const items = (one: Parameters) =>
    one.parameter?.map((its) =>
      its.part?.filter((part) => part.name.endsWith('Item')).map((part) => part.valueString),
    )
  const people = (one: Parameters) =>
    one.parameter?.map((its) =>
      its.part?.filter((part) => part.name === 'subject').map((part) => part.valueString),
    )
  // Of one haplotype the peer does not repeat which it was.
  const unnamed = expected.parameter?.length === 1 && items(expected)?.[0]?.length === 0
  if (!unnamed && canonical(items(answer)) !== canonical(items(expected))) return false
  const theirs = people(expected)?.flat() ?? []
  const counted = expected.parameter?.map(
    (one) => one.part?.find((its) => its.name === 'numerator')?.valueQuantity?.value,
  )
  const ours = answer.parameter?.map(
    (one) => one.part?.find((its) => its.name === 'numerator')?.valueQuantity?.value,
  )
  return (
    (people(answer)?.flat() ?? []).every((one) => theirs.includes(one)) &&
    (ours ?? []).every((n, i) => n !== undefined && n <= (counted?.[i] ?? 0))
  )
}

/** What two answers are compared by: order and ids do not count. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .filter(([key]) => key !== 'id' && key !== 'meta')
    .map(([key, its]) => `${JSON.stringify(key)}:${canonical(its)}`)
    .sort()
    .join(',')}}`
}
