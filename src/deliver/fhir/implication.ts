import type { DrugAdvice, Recommendation } from '../../decide/plan.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { basisWords, populationWords, strengthWords } from '../page/advice-words.ts'
import { drugConcept, phenotypeConcept, question, tbd } from './code.ts'
import type { GeneEntry } from './genotype.ts'
import { observation, type ReportContext } from './report-context.ts'
import type { Component, Extension, Reference, RelatedArtifact } from './resource.ts'

/** What one publisher concludes from the genotypes about one drug: a therapeutic-implication Observation. */
export function addImplication(
  context: ReportContext,
  advice: DrugAdvice,
  one: Recommendation,
  genes: ReadonlyMap<string, GeneEntry>,
): Reference {
  const derivedFrom = one.basis.map((basis) => {
    const entry = genes.get(basis.gene)
    if (entry === undefined) throw new Error(`rule ${one.rule} rests on ${basis.gene}, which has no finding`)
    return entry.genotype
  })
  return context.entries.add(
    observation(context, 'therapeutic-implication', tbd('therapeutic-implication'), {
      extension: citationsOf(one),
      derivedFrom,
      component: componentsOf(advice, one),
    }),
    `${advice.drug.name}: ${one.source}`,
  )
}

function componentsOf(advice: DrugAdvice, one: Recommendation): Component[] {
  const implications: Component[] = one.basis.map((basis) => ({
    code: tbd('therapeutic-implication'),
    valueCodeableConcept:
      basis.phenotype === undefined ? { text: basisWords(basis) } : phenotypeConcept(basis.phenotype),
  }))
  return [
    {
      code: question(GENOMIC.medicationAssessed, 'Medication assessed'),
      valueCodeableConcept: drugConcept(advice.drug),
    },
    ...implications,
    {
      code: question(GENOMIC.clinicalSignificance, 'Clinical significance'),
      valueCodeableConcept: { text: significanceOf(one) },
    },
    {
      code: question(GENOMIC.evidenceLevel, 'Level of evidence'),
      valueCodeableConcept: {
        text: `${one.source}, strength of recommendation: ${strengthWords(one.strength)}`,
      },
    },
    {
      code: question(GENOMIC.predictedPhenotype, 'For whom'),
      valueCodeableConcept: { text: contextOf(one) },
    },
    { code: tbd('conclusion-string'), valueString: `${one.doThis} ${one.because}` },
  ]
}

const RISKS = {
  toxicity: 'risk of toxicity',
  inefficacy: 'risk of lack of effect',
  both: 'risk of toxicity and of lack of effect',
  none: 'no added risk',
  unknown: 'risk not known',
} as const
const EXPOSURES = { up: 'higher', down: 'lower', none: undefined, unknown: undefined } as const

/** "higher exposure, risk of toxicity (myelosuppression)", once for each effect that the publisher names. */
function significanceOf(one: Recommendation): string {
  const texts = one.effects.map((effect) => {
    const exposure = EXPOSURES[effect.exposure]
    const term = effect.term === undefined ? '' : ` (${effect.term.replaceAll('-', ' ')})`
    const risk = `${RISKS[effect.risk]}${term}`
    return `${effect.gene}: ${exposure === undefined ? risk : `${exposure} exposure, ${risk}`}`
  })
  return texts.length > 0 ? [...new Set(texts)].join('; ') : 'not stated'
}

/** Who the recommendation is for, and what is still to be found out about that. */
function contextOf(one: Recommendation): string {
  const parts = [populationWords(one.population)]
  if (one.ambiguous === true) parts.push('only some of the genotypes that fit the data lead to this')
  if (one.applies !== 'yes') parts.push(`not known here: ${one.asks.join(', ')}`)
  return parts.join('; ')
}

function citationsOf(one: Recommendation): Extension[] {
  const { citation } = one
  const artifact: RelatedArtifact = {
    type: 'citation',
    display: `${citation.title} (${citation.version})`,
    ...(citation.pmids.length > 0 ? { citation: `PMID ${citation.pmids.join(', PMID ')}` } : {}),
    ...(citation.url === undefined ? {} : { url: citation.url }),
  }
  return [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/workflow-relatedArtifact',
      valueRelatedArtifact: artifact,
    },
  ]
}
