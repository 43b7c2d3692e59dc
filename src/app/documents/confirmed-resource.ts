import { createHash } from 'node:crypto'
import type { ProposedFact } from '../../intake/pdf/report-facts.ts'
import type { Resource } from '../../record/resource.ts'
import type { ProposalRef } from '../../store/uploads/proposal-store.ts'
import { GENOMIC, LOINC } from '../../terms/genomics-reporting.ts'
import type { PatientId } from '../../terms/ids.ts'

const PROFILE = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition'
const CATEGORY = [
  {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
  },
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE' }] },
]

interface Confirmation {
  readonly patient: PatientId
  readonly ref: ProposalRef
  /** Instant, and who confirmed. */
  readonly at: string
  readonly by: string
  /** HGNC ids by symbol. */
  readonly genes: ReadonlyMap<string, string>
}

/** A confirmed fact as Observations of the Genomics Reporting guide, and where it was read as Provenance. */
export function confirmedResources(fact: ProposedFact, confirmation: Confirmation): readonly Resource[] {
  const id = idOf(confirmation.ref)
  const results =
    fact.kind === 'pgx-result' ? pgxResult(fact, id, confirmation) : [variant(fact, id, confirmation)]
  return [...results, provenance(fact, id, results, confirmation)]
}

/** The same proposal confirmed again would be the same resource. */
function idOf({ document, documentVersion, ordinal }: ProposalRef): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([document, documentVersion, ordinal]))
    .digest('hex')
  return `pdf-${digest.slice(0, 32)}`
}

function pgxResult(
  fact: Extract<ProposedFact, { kind: 'pgx-result' }>,
  id: string,
  confirmation: Confirmation,
): readonly Resource[] {
  const gene = geneComponent(fact.gene, confirmation)
  const genotype: Resource | undefined =
    fact.diplotype === undefined
      ? undefined
      : {
          ...observation(id, 'genotype', GENOMIC.genotype, confirmation),
          valueCodeableConcept: {
            text: `${fact.gene}${fact.diplotype.startsWith('*') ? '' : ' '}${fact.diplotype}`,
          },
          component: [gene],
        }
  if (fact.phenotype === undefined) return genotype === undefined ? [] : [genotype]
  const phenotype: Resource = {
    ...observation(genotype === undefined ? id : `${id}-p`, undefined, GENOMIC.drugMetabolism, confirmation),
    ...(genotype === undefined ? {} : { derivedFrom: [{ reference: `Observation/${id}` }] }),
    valueCodeableConcept: { text: fact.phenotype },
    component: [gene],
  }
  return genotype === undefined ? [phenotype] : [genotype, phenotype]
}

function variant(
  fact: Extract<ProposedFact, { kind: 'variant' }>,
  id: string,
  confirmation: Confirmation,
): Resource {
  const part = (code: string, system: string, value: string | undefined) =>
    value === undefined
      ? []
      : [
          {
            code: { coding: [{ system: LOINC, code }] },
            valueCodeableConcept: { coding: [{ system, code: value, display: value }] },
          },
        ]
  const cdna =
    fact.cdna === undefined
      ? undefined
      : `${fact.transcript === undefined ? '' : `${fact.transcript}:`}${fact.cdna}`
  return {
    ...observation(id, 'variant', GENOMIC.variant, confirmation),
    valueCodeableConcept: { coding: [{ system: LOINC, code: 'LA9633-4', display: 'Present' }] },
    component: [
      geneComponent(fact.gene, confirmation),
      ...part(GENOMIC.codingHgvs, 'http://varnomen.hgvs.org', cdna),
      ...part(GENOMIC.proteinHgvs, 'http://varnomen.hgvs.org', fact.protein),
      ...part(GENOMIC.variationCode, 'http://www.ncbi.nlm.nih.gov/snp', fact.rsid),
    ],
    note: [
      {
        text: [fact.zygosity, fact.classification]
          .filter((one) => one !== undefined)
          .concat('as written in the document')
          .join(', '),
      },
    ],
  }
}

function observation(
  id: string,
  profile: string | undefined,
  code: string,
  { patient, at }: Confirmation,
): Resource {
  return {
    resourceType: 'Observation',
    id,
    ...(profile === undefined ? {} : { meta: { profile: [`${PROFILE}/${profile}`] } }),
    status: 'final',
    category: CATEGORY,
    code: { coding: [{ system: LOINC, code }] },
    subject: { reference: `Patient/${patient}` },
    issued: at,
  }
}

function geneComponent(gene: string, { genes }: Confirmation): Record<string, unknown> {
  const id = genes.get(gene)
  return {
    code: { coding: [{ system: LOINC, code: GENOMIC.geneStudied, display: 'Gene studied [ID]' }] },
    valueCodeableConcept:
      id === undefined
        ? { text: gene }
        : { coding: [{ system: 'http://www.genenames.org/geneId', code: id, display: gene }] },
  }
}

/** Page and box in points from the upper left corner, and the words as they stand there. */
function provenance(
  { at: read }: ProposedFact,
  id: string,
  results: readonly Resource[],
  { patient, ref, at, by }: Confirmation,
): Resource {
  const { left, top, right, bottom } = read.box
  return {
    resourceType: 'Provenance',
    id: `${id}-v`,
    target: results
      .map((one) => ({ reference: `Observation/${one.id}` }))
      .concat([{ reference: `Patient/${patient}` }]),
    recorded: at,
    activity: { text: 'Read from a document by a program, confirmed by a person' },
    agent: [{ type: { text: 'confirmed by' }, who: { display: by } }],
    entity: [
      {
        role: 'source',
        what: {
          reference: `DocumentReference/${ref.document}/_history/${ref.documentVersion}`,
          display: `page ${read.page}, box ${left} ${top} ${right} ${bottom} pt: ${read.text}`,
        },
      },
    ],
  }
}
