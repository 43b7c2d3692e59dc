import * as z from 'zod'
import { Individual, OntologyClass, Phenopacket, PhenotypicFeature } from '../../record/phenopacket.ts'
import { Fault } from '../../terms/fault.ts'
import { documentOf, knownVersion, noPhenopacket, notValid, VERSION_1 } from './read-phenopacket.ts'

/** What a phenopacket says of the features of one person. */
export interface PacketFeatures {
  readonly id: string
  readonly sex: 'FEMALE' | 'MALE' | 'OTHER_SEX' | 'UNKNOWN_SEX'
  readonly features: readonly {
    readonly id: string
    readonly label: string | undefined
    readonly excluded: boolean
  }[]
  /** What the document holds and was not used, though it may tell of features. */
  readonly unused: readonly { readonly code: string; readonly what: string }[]
}

/** Fields of which nothing is looked at: they need not be right for the features to be. */
const unread = (names: readonly string[]) =>
  Object.fromEntries(names.map((one) => [one, z.unknown().optional()]))

const feature = z.strictObject({
  ...unread([...Object.keys(PhenotypicFeature.shape), ...VERSION_1.phenotypicFeatures, 'description']),
  type: z.strictObject({ id: OntologyClass.shape.id, label: z.string().optional() }),
  excluded: z.boolean().optional(),
  negated: z.boolean().optional(),
})
const packet = z.strictObject({
  ...unread([...Object.keys(Phenopacket.shape), ...VERSION_1['']]),
  id: z.string().optional(),
  subject: z
    .strictObject({
      ...unread([...Object.keys(Individual.shape), ...VERSION_1.subject]),
      sex: Individual.shape.sex,
      taxonomy: z.looseObject({ id: z.string() }).optional(),
    })
    .optional(),
  phenotypicFeatures: z.array(feature).optional(),
  measurements: z.array(z.unknown()).optional(),
  biosamples: z.array(z.looseObject({ phenotypicFeatures: z.array(z.unknown()).optional() })).optional(),
})

/**
 * The features of each person of a Phenopacket, version 1 or 2, as JSON: of one, of the proband of a family, or of every
 * member of a cohort or a list. Of the other fields only the names are looked at, so that a feature under a misspelt name is
 * not lost. A version 1 says "negated" for what version 2 calls "excluded". A person who cannot be read throws when they are
 * read: PHENOPACKET_INVALID, PHENOPACKET_VERSION, PHENOPACKET_KIND, PHENOPACKET_NOT_HUMAN; the document PHENOPACKET_NOT_JSON.
 */
export function featuresOfDocument(text: string, name: string): readonly (() => PacketFeatures)[] {
  const document = documentOf(text, name)
  const one = (given: unknown, path: readonly (string | number)[]) => () =>
    featuresOf(given, { text, name, path })
  if (Array.isArray(document)) return document.map((each, place) => one(each, [place]))
  if (typeof document !== 'object' || document === null) throw noPhenopacket(name)
  const fields = document as Record<string, unknown>
  if (Array.isArray(fields['members']))
    return fields['members'].map((each, place) => one(each, ['members', place]))
  if (!('proband' in fields)) return [one(document, [])]
  const relatives = Array.isArray(fields['relatives']) ? fields['relatives'].length : 0
  return [
    () => {
      const proband = one(fields['proband'], ['proband'])()
      const what = `this is a family: the proband is answered; the features of ${relatives} relatives and the pedigree are not looked at`
      return { ...proband, unused: [...proband.unused, { code: 'FAMILY', what }] }
    },
  ]
}

interface At {
  readonly text: string
  readonly name: string
  readonly path: readonly (string | number)[]
}

function featuresOf(given: unknown, { text, name, path }: At): PacketFeatures {
  const where = path.length === 0 ? name : `${name}: ${path.join('.')}`
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw noPhenopacket(where)
  if (!('metaData' in given) && !('subject' in given) && !('phenotypicFeatures' in given))
    throw noPhenopacket(where)
  knownVersion(given, where)
  const result = packet.safeParse(given)
  if (!result.success) throw notValid(result.error, { text, name, path })
  const { id, subject, phenotypicFeatures = [], measurements = [], biosamples = [] } = result.data
  if (subject?.taxonomy !== undefined && subject.taxonomy.id !== 'NCBITaxon:9606')
    throw new Fault(
      'PHENOPACKET_NOT_HUMAN',
      `${where}: subject.taxonomy`,
      'this is no human',
      'Diseases of people are ranked, by features of people.',
    )
  const ofSamples = biosamples.reduce((sum, one) => sum + (one.phenotypicFeatures?.length ?? 0), 0)
  const unused = [
    [
      measurements.length,
      'MEASUREMENTS',
      'measurements are not compared: what is out of range counts once it is written as a feature',
    ] as const,
    [
      ofSamples,
      'FEATURES_OF_SAMPLES',
      'features stand with biosamples and are not compared: those of the person belong to phenotypicFeatures',
    ] as const,
  ]
  return {
    id: id ?? where,
    sex: subject?.sex ?? 'UNKNOWN_SEX',
    features: phenotypicFeatures.map(({ type, excluded, negated }) => ({
      id: type.id,
      label: type.label,
      excluded: excluded === true || negated === true,
    })),
    unused: unused.flatMap(([count, code, what]) =>
      count === 0 ? [] : [{ code, what: `${count} ${what}` }],
    ),
  }
}
