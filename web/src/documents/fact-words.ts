import type { ProposalView } from '../../../src/app/documents/document-routes.ts'
import type { ProposedFact } from '../../../src/intake/pdf/report-facts.ts'

/** Label and value of every field that was read, in the order in which a report is checked. */
export function factFields(fact: ProposedFact): readonly (readonly [label: string, value: string])[] {
  const fields: readonly (readonly [string, string | undefined])[] =
    fact.kind === 'pgx-result'
      ? [
          ['Diplotype', fact.diplotype],
          ['Phenotype', fact.phenotype],
          ['Activity score', fact.activityScore],
        ]
      : [
          ['Coding change', [fact.transcript, fact.cdna].filter((one) => one !== undefined).join(':')],
          ['Protein change', fact.protein],
          ['rs number', fact.rsid],
          ['Zygosity', fact.zygosity],
          ['Classification', fact.classification],
        ]
  return fields.filter((field): field is readonly [string, string] => (field[1] ?? '') !== '')
}

/** What may be corrected: the fields that were read, under the names that the server knows. */
export function correctable(
  fact: ProposedFact,
): readonly (readonly [field: string, label: string, value: string])[] {
  const fields: readonly (readonly [string, string, string | undefined])[] =
    fact.kind === 'pgx-result'
      ? [
          ['gene', 'Gene', fact.gene],
          ['diplotype', 'Diplotype', fact.diplotype],
          ['phenotype', 'Phenotype', fact.phenotype],
        ]
      : [
          ['gene', 'Gene', fact.gene],
          ['cdna', 'Coding change', fact.cdna],
          ['protein', 'Protein change', fact.protein],
        ]
  return fields.filter((field): field is readonly [string, string, string] => field[2] !== undefined)
}

/** "CYP2C19 *2/*17": one fact in a line. */
export const factName = (fact: ProposedFact): string =>
  `${fact.gene} ${fact.kind === 'pgx-result' ? (fact.diplotype ?? fact.phenotype ?? '') : (fact.cdna ?? fact.protein ?? '')}`.trim()

export const proposalKey = ({ document, documentVersion, ordinal }: ProposalView): string =>
  `${document} ${documentVersion} ${ordinal}`

/** Proposals of one document as it is now, in its order. */
export const ofDocument = (all: readonly ProposalView[], document: string): readonly ProposalView[] =>
  all
    .filter((one) => one.document === document && one.state !== 'replaced')
    .sort((a, b) => a.documentVersion - b.documentVersion || a.ordinal - b.ordinal)
