import { asSent } from '../../record/as-sent.ts'
import type {
  Biosample,
  GenomicInterpretation,
  Individual,
  Interpretation,
  MeasurementTaken,
  MedicalAction,
  MetaData,
  Phenopacket,
  PhenotypicFeature,
} from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { canonicalJson } from '../../terms/vrs/digest.ts'
import { actionOf, biosampleOf, diseaseOf, featureOf, measurementOf, sampleIdOf } from './clinical.ts'
import { ontologyClassOf } from './concept.ts'
import { metaDataOf } from './meta-data.ts'
import { strictAction, strictBiosample } from './strict.ts'
import { interpretationOf, type PlacedVariant, withVrs } from './variant.ts'

/** Whose packet is made. */
interface PacketOf {
  readonly patient: string
  readonly sex: 'female' | 'male' | 'other' | 'unknown'
  /** YYYY-MM-DD, or a part of it. */
  readonly birthDate: string | undefined
  /** Everything kept about the person that may leave. */
  readonly resources: readonly Resource[]
  /** ISO 8601 instant. */
  readonly at: string
  readonly placed: (observation: Resource) => PlacedVariant | undefined
}

/** What the document of an imported packet keeps beside what became resources of their own. */
interface Frame {
  readonly id: string
  readonly subject?: Individual
  readonly files?: Phenopacket['files']
  readonly metaData: MetaData
}

const WITHDRAWN = new Set(['entered-in-error', 'cancelled'])
const SEX = { female: 'FEMALE', male: 'MALE', other: 'OTHER_SEX', unknown: 'UNKNOWN_SEX' } as const

/**
 * One person as a Phenopacket v2. An element that a packet brought leaves as it came, as long as its resource says the same;
 * everything else is read from the resource. Withdrawn resources do not leave.
 */
export function phenopacketOf(of: PacketOf): Phenopacket {
  // Resources of a packet have ids in the order of the packet.
  const standing = of.resources
    .filter((one) => !WITHDRAWN.has(String(one['status'])))
    .sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1))
  const ofType = (type: string) => standing.filter((one) => one.resourceType === type)
  const frames = ofType('DocumentReference')
    .sort((a, b) => String(a['date']).localeCompare(String(b['date'])))
    .flatMap((one) => (isFrame(asSent(one)) ? [asSent(one) as Frame] : []))
  const subject = subjectOf(of, frames.at(-1)?.subject)
  const observations = ofType('Observation').filter((one) => one['specimen'] === undefined || isGenomic(one))
  const { features, measurements } = seen(observations)
  const biosamples = ofType('Specimen').map((one) => biosample(one, subject.id, ofType('Observation')))
  const interpretations = interpretationsOf(standing, of, subject.id)
  const diseases = ofType('Condition').flatMap((one) => (asSent(one) ?? diseaseOf(one) ?? []) as never)
  const actions = [...ofType('MedicationStatement'), ...ofType('Procedure')].flatMap(
    (one) => (asSent(one) as MedicalAction | undefined) ?? actionOf(one) ?? [],
  )
  const files = frames.flatMap((one) => one.files ?? [])
  const packet = {
    id: frames.length === 1 ? frames[0]!.id : `garrod-${of.patient}`,
    subject,
    ...some('phenotypicFeatures', features),
    ...some('measurements', measurements),
    ...some('biosamples', biosamples),
    ...some('interpretations', interpretations),
    ...some('diseases', diseases),
    ...some('medicalActions', actions.map(strictAction)),
    ...some('files', files),
  }
  return {
    ...packet,
    metaData: metaDataOf(
      packet,
      frames.map((one) => one.metaData),
      of.at,
    ),
  }
}

function isFrame(sent: unknown): boolean {
  return typeof sent === 'object' && sent !== null && 'metaData' in sent
}

function some<K extends string, V>(key: K, list: readonly V[]): Partial<Record<K, V[]>> {
  return list.length === 0 ? {} : ({ [key]: distinct(list) } as Partial<Record<K, V[]>>)
}

/** Two packets may have brought the same element. */
function distinct<V>(list: readonly V[]): V[] {
  return [...new Map(list.map((one) => [canonicalJson(one), one])).values()]
}

/** Who it is as the record has it now; what only a packet said is taken from the newest. */
function subjectOf({ patient, sex, birthDate }: PacketOf, sent: Individual | undefined): Individual {
  const { dateOfBirth, sex: sentSex, ...rest } = sent ?? { id: patient }
  const whole = birthDate !== undefined && birthDate.length === 10
  const born = whole
    ? dateOfBirth?.startsWith(birthDate)
      ? dateOfBirth
      : `${birthDate}T00:00:00Z`
    : undefined
  return {
    ...rest,
    ...(born === undefined ? {} : { dateOfBirth: born }),
    ...(sex === 'unknown' && sentSex === undefined ? {} : { sex: SEX[sex] }),
  }
}

const codesOf = (one: Resource) =>
  ((one['code'] as { coding?: readonly { code?: string }[] } | undefined)?.coding ?? []).map(
    ({ code }) => code,
  )

/** 69548-6 Genetic variant assessment; 48018-6 Gene studied. */
function isGenomic(one: Resource): boolean {
  return codesOf(one).some((code) => code === GENOMIC.variant || code === GENOMIC.geneStudied)
}

function seen(observations: readonly Resource[]): {
  readonly features: PhenotypicFeature[]
  readonly measurements: MeasurementTaken[]
} {
  const features: PhenotypicFeature[] = []
  const measurements: MeasurementTaken[] = []
  for (const one of observations) {
    if (isGenomic(one)) continue
    const sent = asSent(one) as Partial<PhenotypicFeature & MeasurementTaken> | undefined
    if (sent?.type !== undefined) features.push(sent as PhenotypicFeature)
    else if (sent?.assay !== undefined) measurements.push(sent as MeasurementTaken)
    else {
      const feature = featureOf(one)
      const measurement = feature === undefined ? measurementOf(one) : undefined
      if (feature !== undefined) features.push(feature)
      if (measurement !== undefined) measurements.push(measurement)
    }
  }
  return { features, measurements }
}

function biosample(one: Resource, individual: string, observations: readonly Resource[]): Biosample {
  const own = (asSent(one) as Biosample | undefined) ?? biosampleOf(one, individual)
  const within = observations.filter(
    (its) => (its['specimen'] as { reference?: string } | undefined)?.reference === `Specimen/${one.id}`,
  )
  const { features, measurements } = seen(within)
  return strictBiosample({
    ...own,
    ...some('phenotypicFeatures', features),
    ...some('measurements', measurements),
  })
}

/** By report; variants of no report that names a disease stand under "disease", which is all that is known. */
function interpretationsOf(
  standing: readonly Resource[],
  of: PacketOf,
  subject: string,
): readonly Interpretation[] {
  const variants = new Map(
    standing
      .filter((one) => one.resourceType === 'Observation' && isGenomic(one))
      .map((one) => [`Observation/${one.id}`, one]),
  )
  const samples = new Map(
    standing
      .filter((one) => one.resourceType === 'Specimen')
      .map((one) => [`Specimen/${one.id}`, sampleIdOf(one)]),
  )
  const read = (one: Resource): readonly GenomicInterpretation[] => {
    const sent = asSent(one) as GenomicInterpretation | undefined
    const placed = of.placed(one)
    if (sent === undefined) {
      const specimen = (one['specimen'] as { reference?: string } | undefined)?.reference ?? ''
      const made = interpretationOf(one, samples.get(specimen) ?? subject, placed)
      return made === undefined ? [] : [made]
    }
    if (sent.variantInterpretation === undefined) return [sent]
    const { variationDescriptor } = sent.variantInterpretation
    const named = { ...variationDescriptor, id: variationDescriptor.id || (one.id ?? '') }
    return [
      {
        ...sent,
        variantInterpretation: { ...sent.variantInterpretation, variationDescriptor: withVrs(named, placed) },
      },
    ]
  }
  const told = new Set<string>()
  const reports = standing.flatMap((one): Interpretation[] => {
    if (one.resourceType !== 'DiagnosticReport') return []
    const results = ((one['result'] as readonly { reference?: string }[] | undefined) ?? []).flatMap(
      ({ reference = '' }) => (variants.has(reference) ? [reference] : []),
    )
    const sent = asSent(one) as Interpretation | undefined
    const disease = ontologyClassOf((one['conclusionCode'] as readonly unknown[] | undefined)?.[0])
    if (sent === undefined && (results.length === 0 || disease === undefined)) return []
    for (const reference of results) told.add(reference)
    const found = distinct(results.flatMap((reference) => read(variants.get(reference)!)))
    const base: Interpretation = sent ?? {
      id: one.id ?? '',
      progressStatus: 'COMPLETED',
      diagnosis: { disease: disease! },
    }
    const { diagnosis, ...rest } = base
    if (diagnosis === undefined) return [rest]
    return [{ ...rest, diagnosis: { ...diagnosis, ...some('genomicInterpretations', found) } }]
  })
  const others = distinct([...variants].flatMap(([reference, one]) => (told.has(reference) ? [] : read(one))))
  if (others.length === 0) return reports
  const loose: Interpretation = {
    id: `garrod-${of.patient}-variants`,
    progressStatus: 'UNKNOWN_PROGRESS',
    diagnosis: { disease: { id: 'MONDO:0000001', label: 'disease' }, genomicInterpretations: others },
  }
  return [...reports, loose]
}
