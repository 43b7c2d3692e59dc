import { createHmac } from 'node:crypto'
import { codings, values } from '../../fhir/genomics/component.ts'
import type { Genome } from '../../fhir/genomics/genome.ts'
import { type StoredVariant, storedVariant } from '../../fhir/genomics/stored-variant.ts'
import type { Resource } from '../../record/resource.ts'
import type { Criterion, Restriction } from '../../record/resource-query.ts'
import type { Store } from '../../store/store.ts'
import { codingOfCurie } from '../../terms/curie.ts'
import { Fault } from '../../terms/fault.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import type { TenantId } from '../../terms/ids.ts'
import { malformed, type VariantParameters } from './beacon-request.ts'
import { variantTest } from './variant-question.ts'

/** Resources that one question may look at. */
const MOST = 200_000
const BATCH = 2000

/** What was found: records, and the people they are of. */
export interface BeaconHits {
  /** By the record's own id; each with the people it is of. */
  readonly entries: ReadonlyMap<
    string,
    { readonly record: () => object; readonly people: ReadonlySet<string> }
  >
}

/** Where the Beacon reads. What the restriction hides is not there. */
export interface BeaconData {
  readonly store: Store
  readonly tenant: TenantId
  readonly genome: Genome
  readonly within: Restriction
  /** Under which ids are made that lead to nobody. */
  readonly key: Uint8Array
}

const token = (param: string, system: string | undefined, code: string): Criterion => ({
  kind: 'token',
  param,
  not: false,
  values: [{ system, code }],
})

/** Resources of one type with the person each is of. */
async function* resourcesOf(
  data: BeaconData,
  type: string,
  criteria: readonly Criterion[],
  within = data.within,
): AsyncGenerator<{ readonly resource: Resource; readonly person: string }> {
  const query = { type, criteria, sort: [], count: 0, after: undefined, total: false, within }
  let looked = 0
  for await (const batch of data.store.resources.scan(data.tenant, query, BATCH)) {
    looked += batch.length
    if (looked > MOST) {
      throw new Fault(
        'BEACON_TOO_COSTLY',
        'request',
        'the question is about too much',
        'Ask for a narrower range.',
      )
    }
    for (const { json, compartment } of batch) {
      if (json === undefined || compartment === '') continue
      yield { resource: JSON.parse(json) as Resource, person: compartment }
    }
  }
}

/** Distinct variants, each with its carriers. Throws BEACON_MALFORMED, BEACON_TOO_COSTLY. */
export async function variantHits(
  data: BeaconData,
  asked: VariantParameters,
  filters: readonly string[],
): Promise<BeaconHits> {
  const test = variantTest(asked, data.genome)
  const among = filters.length === 0 ? undefined : await peopleWith(data, filters)
  const found = new Map<string, { people: Set<string>; seen: StoredVariant[] }>()
  for await (const { resource, person } of resourcesOf(data, 'Observation', [
    token('code', undefined, GENOMIC.variant),
  ])) {
    const variant = storedVariant(resource)
    if (variant === undefined || (among !== undefined && !among.has(person)) || !test(variant)) continue
    const key = keyOf(variant)
    const one = found.get(key) ?? { people: new Set(), seen: [] }
    found.set(key, one)
    one.people.add(person)
    one.seen.push(variant)
  }
  const entries = [...found].map(
    ([key, { people, seen }]) => [key, { people, record: () => variantRecord(key, seen[0]!) }] as const,
  )
  return { entries: new Map(entries) }
}

function keyOf({ refseq, edit, span }: StoredVariant): string {
  return edit === undefined
    ? `${refseq}:${span.start}-${span.end}`
    : `${refseq}:${edit.start}:${edit.deleted ?? edit.end - edit.start}:${edit.duplicates ? 'dup' : edit.inserted}`
}

function variantRecord(key: string, { resource, refseq, edit, span }: StoredVariant): object {
  const hgvs = (code: string) => values(resource, code).flatMap((one) => one.code ?? [])
  const number = (value: number) => ({ type: 'Number', value })
  const genes = values(resource, GENOMIC.geneStudied).flatMap(({ display, code }) => display ?? code ?? [])
  const [genomic] = hgvs(GENOMIC.genomicHgvs)
  return {
    variantInternalId: key,
    variation: {
      variantType:
        edit === undefined
          ? 'SV'
          : edit.end - edit.start === 1 && edit.inserted.length === 1
            ? 'SNP'
            : 'INDEL',
      ...(edit?.deleted === undefined ? {} : { referenceBases: edit.deleted }),
      alternateBases: edit?.inserted ?? '',
      location: {
        type: 'SequenceLocation',
        sequence_id: `refseq:${refseq}`,
        interval: { type: 'SequenceInterval', start: number(span.start), end: number(span.end) },
      },
    },
    identifiers: {
      ...(genomic === undefined ? {} : { genomicHGVSId: genomic }),
      ...(hgvs(GENOMIC.codingHgvs).length === 0 ? {} : { transcriptHGVSIds: hgvs(GENOMIC.codingHgvs) }),
      ...(hgvs(GENOMIC.proteinHgvs).length === 0 ? {} : { proteinHGVSIds: hgvs(GENOMIC.proteinHgvs) }),
    },
    ...(genes.length === 0 ? {} : { molecularAttributes: { geneIds: [...new Set(genes)] } }),
  }
}

/** Individuals who meet every filter. */
export async function individualHits(data: BeaconData, filters: readonly string[]): Promise<BeaconHits> {
  const people = filters.length === 0 ? await everybody(data) : await peopleWith(data, filters)
  const sexes = await sexesOf(data)
  const entries = [...people].flatMap((person) => {
    const sex = sexes.get(person)
    if (sex === undefined) return []
    const id = pseudonym(data, person)
    return [[id, { people: new Set([person]), record: () => ({ id, sex }) }] as const]
  })
  return { entries: new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

export async function biosampleHits(data: BeaconData, filters: readonly string[]): Promise<BeaconHits> {
  const among = filters.length === 0 ? undefined : await peopleWith(data, filters)
  const entries = new Map<string, { record: () => object; people: Set<string> }>()
  for await (const { resource, person } of resourcesOf(data, 'Specimen', [])) {
    if (among !== undefined && !among.has(person)) continue
    const id = pseudonym(data, `${person}/${resource.id}`)
    const individualId = pseudonym(data, person)
    const record = () => ({
      id,
      individualId,
      biosampleStatus: { id: 'NCIT:C17998', label: 'Unknown' },
      sampleOriginType: { id: 'OBI:0100051', label: 'specimen' },
    })
    entries.set(id, { record, people: new Set([person]) })
  }
  return { entries }
}

const SEXES: Readonly<Record<string, { id: string; label: string }>> = {
  female: { id: 'NCIT:C16576', label: 'female' },
  male: { id: 'NCIT:C20197', label: 'male' },
}
const SEX_UNKNOWN = { id: 'NCIT:C17998', label: 'unknown' }

/**
 * Sex of everybody who lets research look at them. The Patient resource itself is not for research; its gender is no
 * identifier (45 CFR 164.514(b)(2)), and nothing else is taken from it. The consent of the question holds here as well.
 */
async function sexesOf(data: BeaconData): Promise<ReadonlyMap<string, { id: string; label: string }>> {
  const { types } = data.within
  const within =
    types === undefined || types.length === 0 ? data.within : { ...data.within, types: [...types, 'Patient'] }
  const sexes = new Map<string, { id: string; label: string }>()
  for await (const { resource, person } of resourcesOf(data, 'Patient', [], within))
    sexes.set(person, SEXES[String(resource['gender'])] ?? SEX_UNKNOWN)
  return sexes
}

async function everybody(data: BeaconData): Promise<ReadonlySet<string>> {
  return new Set((await sexesOf(data)).keys())
}

/** People with every one of the terms: a sex, or a diagnosis or feature that is not excluded. */
async function peopleWith(data: BeaconData, filters: readonly string[]): Promise<ReadonlySet<string>> {
  let people: Set<string> | undefined
  for (const filter of filters) {
    const found = await peopleOf(data, filter)
    people = people === undefined ? new Set(found) : new Set([...people].filter((one) => found.has(one)))
  }
  return people ?? new Set()
}

async function peopleOf(data: BeaconData, filter: string): Promise<ReadonlySet<string>> {
  const sex = Object.values(SEXES).find(({ id }) => id === filter)
  if (sex !== undefined) {
    return new Set(
      [...(await sexesOf(data))].filter(([, its]) => its.id === filter).map(([person]) => person),
    )
  }
  if (!/^[A-Za-z][\w.-]*:\S+$/.test(filter))
    throw malformed('filters', 'a filter is the id of a term, as HP:0001166')
  const { system, code } = codingOfCurie(filter)
  const people = new Set<string>()
  for await (const { resource, person } of resourcesOf(data, 'Condition', [token('code', system, code)])) {
    const status = codings(resource['verificationStatus']).map((one) => one.code)
    if (!status.some((one) => one === 'refuted' || one === 'entered-in-error')) people.add(person)
  }
  for await (const { resource, person } of resourcesOf(data, 'Observation', [token('code', system, code)])) {
    const absent = codings(resource['valueCodeableConcept']).some(
      (one) => one.code === 'LA9634-2' || one.code === '2667000',
    )
    const withdrawn = ['entered-in-error', 'cancelled'].includes(String(resource['status']))
    if (!absent && !withdrawn && resource['valueBoolean'] !== false) people.add(person)
  }
  return people
}

/** The same for the same person as long as the server runs; nobody else can work it out. */
function pseudonym({ key }: BeaconData, of: string): string {
  return createHmac('sha256', key).update(of).digest('hex').slice(0, 24)
}
