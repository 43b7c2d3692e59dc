import * as z from 'zod'

/**
 * GA4GH Phenopacket v2 (ISO 4454:2022), as its JSON is spelt: camelCase. What protobuf leaves out because it has its
 * default value (an enum's first, an empty text) is filled in where the specification has such a default. Everything else
 * that the specification requires is required, and nothing that it does not name is taken.
 */
const text = z.string()
const instant = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    'must be a time as 2024-05-01T00:00:00Z',
  )
/** uint64: protobuf writes it as text, and reads a number as well. */
const uint64 = z.union([
  z.string().regex(/^\d+$/, 'must be digits'),
  z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).transform(String),
])

/** An enum by name or, as protobuf also reads it, by number. */
function choice<const V extends readonly [string, ...string[]]>(values: V) {
  return z.preprocess(
    (given) => (typeof given === 'number' ? (values[given] ?? given) : given),
    z.enum(values, { error: `must be one of ${values.join(', ')}` }),
  )
}

/** Absent: the enum's first value, as protobuf has it. */
function defaulted<const V extends readonly [string, ...string[]]>(values: V) {
  return z.preprocess(
    (given) =>
      given === undefined ? values[0] : typeof given === 'number' ? (values[given] ?? given) : given,
    z.enum(values, { error: `must be one of ${values.join(', ')}` }),
  )
}

/** Exactly one of these fields. */
function oneOf<S extends z.ZodObject>(schema: S, ...fields: readonly string[]) {
  return schema.refine(
    (given) => fields.filter((field) => (given as Record<string, unknown>)[field] !== undefined).length === 1,
    `must hold exactly one of ${fields.join(', ')}`,
  )
}

export const OntologyClass = z.strictObject({
  id: text.min(1, 'must not be empty'),
  label: text.min(1, 'must not be empty'),
})
const externalReference = z.strictObject({
  id: text.optional(),
  reference: text.optional(),
  description: text.optional(),
})
const evidence = z.strictObject({ evidenceCode: OntologyClass, reference: externalReference.optional() })
const age = z.strictObject({
  iso8601duration: text.regex(
    /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d+[HMS])(\d+H)?(\d+M)?(\d+S)?)?$/,
    'must be an ISO 8601 duration as P14Y',
  ),
})
const whole = z.number().int().nonnegative()
export const TimeElement = oneOf(
  z.strictObject({
    gestationalAge: z.strictObject({ weeks: whole, days: whole.optional() }).optional(),
    age: age.optional(),
    ageRange: z.strictObject({ start: age, end: age }).optional(),
    ontologyClass: OntologyClass.optional(),
    timestamp: instant.optional(),
    interval: z.strictObject({ start: instant, end: instant }).optional(),
  }),
  'gestationalAge',
  'age',
  'ageRange',
  'ontologyClass',
  'timestamp',
  'interval',
)
export const ProcedureDone = z.strictObject({
  code: OntologyClass,
  bodySite: OntologyClass.optional(),
  performed: TimeElement.optional(),
})
const file = z.strictObject({
  uri: text,
  individualToFileIdentifiers: z.record(text, text).optional(),
  fileAttributes: z.record(text, text).optional(),
})

export const Individual = z.strictObject({
  id: text.min(1, 'must not be empty'),
  alternateIds: z.array(text).optional(),
  dateOfBirth: instant.optional(),
  timeAtLastEncounter: TimeElement.optional(),
  vitalStatus: z
    .strictObject({
      status: defaulted(['UNKNOWN_STATUS', 'ALIVE', 'DECEASED']),
      timeOfDeath: TimeElement.optional(),
      causeOfDeath: OntologyClass.optional(),
      survivalTimeInDays: z.number().optional(),
    })
    .optional(),
  sex: choice(['UNKNOWN_SEX', 'FEMALE', 'MALE', 'OTHER_SEX']).optional(),
  karyotypicSex: choice([
    'UNKNOWN_KARYOTYPE',
    'XX',
    'XY',
    'XO',
    'XXY',
    'XXX',
    'XXYY',
    'XXXY',
    'XXXX',
    'XYY',
    'OTHER_KARYOTYPE',
  ]).optional(),
  gender: OntologyClass.optional(),
  taxonomy: OntologyClass.optional(),
})

export const PhenotypicFeature = z.strictObject({
  type: OntologyClass,
  excluded: z.boolean().optional(),
  severity: OntologyClass.optional(),
  modifiers: z.array(OntologyClass).optional(),
  onset: TimeElement.optional(),
  resolution: TimeElement.optional(),
  evidence: z.array(evidence).optional(),
})

export const Quantity = z.strictObject({
  unit: OntologyClass,
  value: z.number(),
  referenceRange: z.strictObject({ unit: OntologyClass, low: z.number(), high: z.number() }).optional(),
})
export const MeasurementTaken = oneOf(
  z.strictObject({
    description: text.optional(),
    assay: OntologyClass,
    value: oneOf(
      z.strictObject({ ontologyClass: OntologyClass.optional(), quantity: Quantity.optional() }),
      'ontologyClass',
      'quantity',
    ).optional(),
    complexValue: z
      .strictObject({
        typedQuantities: z.array(z.strictObject({ type: OntologyClass, quantity: Quantity })).min(1),
      })
      .optional(),
    timeObserved: TimeElement.optional(),
    procedure: ProcedureDone.optional(),
  }),
  'value',
  'complexValue',
)

export const Biosample = z.strictObject({
  id: text.min(1, 'must not be empty'),
  individualId: text.optional(),
  derivedFromId: text.optional(),
  description: text.optional(),
  sampledTissue: OntologyClass.optional(),
  sampleType: OntologyClass.optional(),
  sampledType: OntologyClass.optional(),
  phenotypicFeatures: z.array(PhenotypicFeature).optional(),
  measurements: z.array(MeasurementTaken).optional(),
  taxonomy: OntologyClass.optional(),
  timeOfCollection: TimeElement.optional(),
  histologicalDiagnosis: OntologyClass.optional(),
  tumorProgression: OntologyClass.optional(),
  tumorGrade: OntologyClass.optional(),
  pathologicalStage: OntologyClass.optional(),
  pathologicalTnmFinding: z.array(OntologyClass).optional(),
  diagnosticMarkers: z.array(OntologyClass).optional(),
  procedure: ProcedureDone.optional(),
  files: z.array(file).optional(),
  materialSample: OntologyClass.optional(),
  sampleProcessing: OntologyClass.optional(),
  sampleStorage: OntologyClass.optional(),
})

const geneDescriptor = z.strictObject({
  valueId: text,
  symbol: text,
  description: text.optional(),
  alternateIds: z.array(text).optional(),
  xrefs: z.array(text).optional(),
  alternateSymbols: z.array(text).optional(),
})
const vcfRecord = z.strictObject({
  genomeAssembly: text,
  chrom: text,
  pos: uint64.refine((given) => /^[1-9]/.test(given), 'must be 1 or more'),
  id: text.optional(),
  ref: text,
  alt: text,
  qual: text.optional(),
  filter: text.optional(),
  info: text.optional(),
})
export const VariationDescriptor = z.strictObject({
  id: text.optional(),
  /** A VRS 1 object; it is looked into only where a sequence is needed. */
  variation: z.record(text, z.unknown()).optional(),
  label: text.optional(),
  description: text.optional(),
  geneContext: geneDescriptor.optional(),
  expressions: z.array(z.strictObject({ syntax: text, value: text, version: text.optional() })).optional(),
  vcfRecord: vcfRecord.optional(),
  xrefs: z.array(text).optional(),
  alternateLabels: z.array(text).optional(),
  extensions: z.array(z.strictObject({ name: text, value: text })).optional(),
  moleculeContext: defaulted(['unspecified_molecule_context', 'genomic', 'transcript', 'protein']),
  structuralType: OntologyClass.optional(),
  vrsRefAlleleSeq: text.optional(),
  allelicState: OntologyClass.optional(),
})
export const GenomicInterpretation = oneOf(
  z.strictObject({
    subjectOrBiosampleId: text,
    interpretationStatus: defaulted(['UNKNOWN_STATUS', 'REJECTED', 'CANDIDATE', 'CONTRIBUTORY', 'CAUSATIVE']),
    gene: geneDescriptor.optional(),
    variantInterpretation: z
      .strictObject({
        acmgPathogenicityClassification: defaulted([
          'NOT_PROVIDED',
          'BENIGN',
          'LIKELY_BENIGN',
          'UNCERTAIN_SIGNIFICANCE',
          'LIKELY_PATHOGENIC',
          'PATHOGENIC',
        ]),
        therapeuticActionability: defaulted(['UNKNOWN_ACTIONABILITY', 'NOT_ACTIONABLE', 'ACTIONABLE']),
        variationDescriptor: VariationDescriptor,
      })
      .optional(),
  }),
  'gene',
  'variantInterpretation',
)
export const Interpretation = z.strictObject({
  id: text,
  progressStatus: defaulted(['UNKNOWN_PROGRESS', 'IN_PROGRESS', 'COMPLETED', 'SOLVED', 'UNSOLVED']),
  diagnosis: z
    .strictObject({
      disease: OntologyClass,
      genomicInterpretations: z.array(GenomicInterpretation).optional(),
    })
    .optional(),
  summary: text.optional(),
})

export const Disease = z.strictObject({
  term: OntologyClass,
  excluded: z.boolean().optional(),
  onset: TimeElement.optional(),
  resolution: TimeElement.optional(),
  diseaseStage: z.array(OntologyClass).optional(),
  clinicalTnmFinding: z.array(OntologyClass).optional(),
  primarySite: OntologyClass.optional(),
  laterality: OntologyClass.optional(),
})

const doseInterval = z.strictObject({
  quantity: Quantity.optional(),
  scheduleFrequency: OntologyClass.optional(),
  interval: z.strictObject({ start: instant, end: instant }).optional(),
})
export const MedicalAction = oneOf(
  z.strictObject({
    procedure: ProcedureDone.optional(),
    treatment: z
      .strictObject({
        agent: OntologyClass,
        routeOfAdministration: OntologyClass.optional(),
        doseIntervals: z.array(doseInterval).optional(),
        drugType: choice([
          'UNKNOWN_DRUG_TYPE',
          'PRESCRIPTION',
          'EHR_MEDICATION_LIST',
          'ADMINISTRATION_RELATED_TO_PROCEDURE',
        ]).optional(),
        cumulativeDose: Quantity.optional(),
      })
      .optional(),
    radiationTherapy: z
      .strictObject({
        modality: OntologyClass,
        bodySite: OntologyClass,
        dosage: z.number().int(),
        fractions: z.number().int(),
      })
      .optional(),
    therapeuticRegimen: oneOf(
      z.strictObject({
        ontologyClass: OntologyClass.optional(),
        externalReference: externalReference.optional(),
        startTime: TimeElement.optional(),
        endTime: TimeElement.optional(),
        regimenStatus: defaulted(['UNKNOWN_STATUS', 'STARTED', 'COMPLETED', 'DISCONTINUED']),
      }),
      'ontologyClass',
      'externalReference',
    ).optional(),
    treatmentTarget: OntologyClass.optional(),
    treatmentIntent: OntologyClass.optional(),
    responseToTreatment: OntologyClass.optional(),
    adverseEvents: z.array(OntologyClass).optional(),
    treatmentTerminationReason: OntologyClass.optional(),
  }),
  'procedure',
  'treatment',
  'radiationTherapy',
  'therapeuticRegimen',
)

const ontology = z.strictObject({
  id: text,
  name: text,
  url: text.default(''),
  version: text.default(''),
  namespacePrefix: text,
  iriPrefix: text.default(''),
})
export const MetaData = z.strictObject({
  created: instant,
  createdBy: text,
  submittedBy: text.optional(),
  resources: z.array(ontology).optional(),
  updates: z
    .array(z.strictObject({ timestamp: instant, updatedBy: text.optional(), comment: text.optional() }))
    .optional(),
  phenopacketSchemaVersion: text,
  externalReferences: z.array(externalReference).optional(),
})

export const Phenopacket = z.strictObject({
  id: text.min(1, 'must not be empty'),
  subject: Individual.optional(),
  phenotypicFeatures: z.array(PhenotypicFeature).optional(),
  measurements: z.array(MeasurementTaken).optional(),
  biosamples: z.array(Biosample).optional(),
  interpretations: z.array(Interpretation).optional(),
  diseases: z.array(Disease).optional(),
  medicalActions: z.array(MedicalAction).optional(),
  files: z.array(file).optional(),
  metaData: MetaData,
})

export type OntologyClass = z.output<typeof OntologyClass>
export type TimeElement = z.output<typeof TimeElement>
export type ProcedureDone = z.output<typeof ProcedureDone>
export type Individual = z.output<typeof Individual>
export type PhenotypicFeature = z.output<typeof PhenotypicFeature>
export type PhenopacketQuantity = z.output<typeof Quantity>
export type MeasurementTaken = z.output<typeof MeasurementTaken>
export type Biosample = z.output<typeof Biosample>
export type VariationDescriptor = z.output<typeof VariationDescriptor>
export type GenomicInterpretation = z.output<typeof GenomicInterpretation>
export type Interpretation = z.output<typeof Interpretation>
export type Disease = z.output<typeof Disease>
export type MedicalAction = z.output<typeof MedicalAction>
export type MetaData = z.output<typeof MetaData>
export type Phenopacket = z.output<typeof Phenopacket>
