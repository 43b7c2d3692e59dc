import type { AcmgClass, Criterion, GermlineFinding } from '../../interpret/finding/germline.ts'
import { packRefText } from '../../terms/evidence.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { loinc, question, tbd } from './code.ts'
import { observation, type ReportContext } from './report-context.ts'
import type { CodeableConcept, Component, Observation, Reference } from './resource.ts'

const MONDO = 'http://purl.obolibrary.org/obo/mondo.owl'
const HPO = 'http://human-phenotype-ontology.org'

/** LOINC answer list LL4034-6. */
const CLASSES: Readonly<Record<AcmgClass, CodeableConcept>> = {
  pathogenic: loinc('LA6668-3', 'Pathogenic'),
  'likely-pathogenic': loinc('LA26332-9', 'Likely pathogenic'),
  uncertain: loinc('LA26333-7', 'Uncertain significance'),
  'likely-benign': loinc('LA26334-5', 'Likely benign'),
  benign: loinc('LA6675-8', 'Benign'),
}

/** Modes of inheritance as the guide's value set has them (HPO). */
const MODES: readonly (readonly [RegExp, string, string])[] = [
  [/^(AD|autosomal dominant)$/i, 'HP:0000006', 'Autosomal dominant inheritance'],
  [/^(AR|autosomal recessive)$/i, 'HP:0000007', 'Autosomal recessive inheritance'],
  [/^(XL|X-linked)$/i, 'HP:0001417', 'X-linked inheritance'],
  [/^(MT|mitochondrial)$/i, 'HP:0001427', 'Mitochondrial inheritance'],
  [/^(SD|semidominant)$/i, 'HP:0032113', 'Semidominant inheritance'],
]

/**
 * What one variant means for its carrier in view of one disease, by the diagnostic-implication profile: class, criteria,
 * why it is told.
 */
export function diagnosticImplication(
  context: ReportContext,
  finding: GermlineFinding,
  variant: Reference,
  disease: GermlineFinding['diseases'][number] | undefined,
): Observation {
  const { classification, known, why, inheritance, notCompound = [] } = finding
  const components: (Component | undefined)[] = [
    {
      code: question(GENOMIC.clinicalSignificance, 'Clinical significance'),
      valueCodeableConcept: CLASSES[classification.class],
    },
    disease && {
      code: question(GENOMIC.predictedPhenotype, 'Predicted phenotype'),
      valueCodeableConcept: {
        ...(disease.mondo === '' ? {} : { coding: [{ system: MONDO, code: disease.mondo }] }),
        text: disease.name,
      },
    },
    disease && { code: tbd('condition-inheritance'), valueCodeableConcept: modeOf(disease.inheritance) },
    {
      code: question(GENOMIC.evidenceLevel, 'Level of evidence'),
      valueCodeableConcept: { text: `ACMG/AMP: ${metWords(classification.criteria)}` },
    },
    { code: tbd('conclusion-string'), valueString: [...classification.why, ...why].join(' ') },
  ]
  const notes = [
    ...(disease === undefined ? [] : [`For this disease ${disease.certainty}: ${disease.because}`]),
    ...(known === undefined ? [] : [`${known.by} says: ${known.text} (${known.stars} stars); not counted.`]),
    ...inheritance.map(({ mode, certainty, because }) => `Inheritance: ${mode} (${certainty}). ${because}`),
    ...notCompound.map(({ partner, because }) => `Not a compound heterozygote with ${partner}: ${because}.`),
    ...classification.wouldChange.map((one) => `Would change it: ${one}`),
    `Rules ${packRefText(classification.ruleSet)}.`,
  ]
  return observation(context, 'diagnostic-implication', tbd('diagnostic-implication'), {
    derivedFrom: [variant],
    note: notes.map((text) => ({ text })),
    component: components.filter((one) => one !== undefined),
  })
}

function modeOf(inheritance: string): CodeableConcept {
  const found = MODES.find(([pattern]) => pattern.test(inheritance.trim()))
  return found === undefined
    ? { text: inheritance }
    : { coding: [{ system: HPO, code: found[1], display: found[2] }] }
}

function metWords(criteria: readonly Criterion[]): string {
  const met = criteria.filter(({ state }) => state === 'met')
  return met.length === 0 ? 'none met' : met.map(({ code, strength }) => `${code} (${strength})`).join(', ')
}
