import type { PhenotypeFinding } from '../../interpret/finding/phenotype.ts'
import { packRefText } from '../../terms/evidence.ts'
import type { CodeableConcept, Reference, RiskAssessment } from './resource.ts'

const SYSTEMS: Readonly<Record<string, string>> = {
  OMIM: 'http://omim.org',
  MONDO: 'http://purl.obolibrary.org/obo/mondo.owl',
  ORPHA: 'http://www.orpha.net',
}

/** A ranking as FHIR: each disease an outcome with its probability, and the features that spoke for and against it. */
export function rankingAssessment(
  id: string,
  finding: PhenotypeFinding,
  at: { readonly subject: Reference; readonly instant: string; readonly engineVersion: string },
): RiskAssessment {
  const { diseases, inCatalogue, why, facts, observed, excluded } = finding
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
          prediction: diseases.map(({ id: disease, name, genes, probability, terms = [] }) => ({
            outcome: outcomeOf(disease, name),
            probabilityDecimal: Number(probability.toFixed(6)),
            rationale: [
              ...(genes.length === 0 ? [] : [`Genes: ${genes.join(', ')}.`]),
              ...(['for', 'against'] as const).flatMap((says) => {
                const said = terms.filter((one) => one.says === says)
                return said.length === 0
                  ? []
                  : [`Speaks ${says} it: ${said.map((one) => one.name).join(', ')}.`]
              }),
            ].join(' '),
          })),
        }),
    note: [
      `Features there: ${names(observed) || 'none'}. Looked for, not there: ${names(excluded) || 'none'}.`,
      `That the disease is in the catalogue at all: ${inCatalogue.toFixed(2)}.`,
      ...why,
      `Facts: ${facts.map(packRefText).join(', ')}.`,
    ].map((text) => ({ text })),
  }
}

function outcomeOf(id: string, name: string): CodeableConcept {
  const [prefix = '', code = ''] = id.split(':')
  const system = SYSTEMS[prefix]
  if (system === undefined) return { text: `${name} (${id})` }
  return { coding: [{ system, code: prefix === 'MONDO' ? id : code, display: name }], text: name }
}
