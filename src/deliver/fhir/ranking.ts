import type { PhenotypeFinding, RankedDisease } from '../../interpret/finding/phenotype.ts'
import { packRefText } from '../../terms/evidence.ts'
import { frequencyWords } from '../page/frequency-words.ts'
import type { CodeableConcept, Reference, RiskAssessment } from './resource.ts'

const SYSTEMS: Readonly<Record<string, string>> = {
  OMIM: 'http://omim.org',
  MONDO: 'http://purl.obolibrary.org/obo/mondo.owl',
  ORPHA: 'http://www.orpha.net',
}

/** Candidate genes that are told. */
const GENES = 10

/** A ranking as FHIR: each disease an outcome with its probability, and the features that spoke for and against it. */
export function rankingAssessment(
  id: string,
  finding: PhenotypeFinding,
  at: {
    readonly subject: Reference
    readonly instant: string
    readonly engineVersion: string
    /** How the input was read, and what of it was not. */
    readonly notes?: readonly string[]
  },
): RiskAssessment {
  const { diseases, inCatalogue, why, facts, observed, excluded, remarks, genes, undecided } = finding
  const names = (terms: PhenotypeFinding['observed']) =>
    terms.map((one) => `${one.name} (${one.id})`).join(', ')
  return {
    resourceType: 'RiskAssessment',
    id,
    status: 'preliminary',
    method: { text: `Garrod ${at.engineVersion}: ranking of rare diseases by features (HPO)` },
    subject: at.subject,
    occurrenceDateTime: at.instant,
    performer: { display: `Garrod ${at.engineVersion}` },
    ...(diseases.length === 0
      ? {}
      : {
          prediction: diseases.map(({ id: disease, name, genes, probability, terms }) => ({
            outcome: outcomeOf(disease, name),
            probabilityDecimal: Number(probability.toFixed(6)),
            ...reasonOf(genes, terms),
          })),
        }),
    note: [
      `Features there: ${names(observed) || 'none'}. Looked for, not there: ${names(excluded) || 'none'}.`,
      ...(at.notes ?? []),
      ...remarks.map(({ term, what }) => `${term}: ${what}.`),
      `That the disease is in the catalogue at all: ${inCatalogue.toFixed(2)}.`,
      ...(undecided === undefined
        ? []
        : [`Not told apart by these features: ${undecided.diseases.map(({ name }) => name).join('; ')}.`]),
      ...genes
        .slice(0, GENES)
        .map(
          (one) =>
            `Candidate gene ${one.rank}: ${one.symbol}, ${Math.round(one.probability * 100)} % of the candidates. ${[one.disease?.name, ...one.why].filter((part) => part !== undefined).join('; ')}.`,
        ),
      ...why,
      `Facts: ${facts.map(packRefText).join(', ')}.`,
    ].map((text) => ({ text })),
  }
}

function reasonOf(genes: RankedDisease['genes'], terms: RankedDisease['terms'] = []): { rationale?: string } {
  const said = (says: 'for' | 'against') => {
    const names = terms
      .filter((one) => one.says === says)
      .map(({ name, state, stated, statedFor }) => {
        const seen = state === 'excluded' ? `no ${name}` : name
        return stated === undefined ? seen : `${seen} (${frequencyWords({ stated, statedFor })})`
      })
    return names.length === 0 ? [] : [`Speaks ${says} it: ${names.join(', ')}.`]
  }
  const parts = [
    ...(genes.length === 0 ? [] : [`Genes: ${genes.join(', ')}.`]),
    ...said('for'),
    ...said('against'),
  ]
  return parts.length === 0 ? {} : { rationale: parts.join(' ') }
}

function outcomeOf(id: string, name: string): CodeableConcept {
  const [prefix = '', code = ''] = id.split(':')
  const system = SYSTEMS[prefix]
  if (system === undefined) return { text: `${name} (${id})` }
  return { coding: [{ system, code: prefix === 'MONDO' ? id : code, display: name }], text: name }
}
