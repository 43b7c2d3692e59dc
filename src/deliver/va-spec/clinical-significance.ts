import { createHash } from 'node:crypto'
import type {
  AmpFinding,
  EvidenceUse,
  TieredAlteration,
  TierStatement,
} from '../../interpret/finding/amp-tier.ts'
import { packRefText } from '../../terms/evidence.ts'

/** The code system of GA4GH VA-Spec 1.0.1 for tiers, levels and strengths. */
const AMP = 'AMP/ASCO/CAP Guidelines, 2017'
const TIER_CODES = { I: 'tier i', II: 'tier ii', III: 'tier iii', IV: 'tier iv' } as const

const PREDICATES: Readonly<Record<string, string>> = {
  sensitivity: 'predictsSensitivityTo',
  resistance: 'predictsResistanceTo',
  'reduced-sensitivity': 'predictsResistanceTo',
  positive: 'isDiagnosticInclusionCriterionFor',
  negative: 'isDiagnosticExclusionCriterionFor',
  'better-outcome': 'associatedWithBetterOutcomeFor',
  'poor-outcome': 'associatedWithWorseOutcomeFor',
}

/** A statement of GA4GH VA-Spec, as plain JSON. */
type VaStatement = Readonly<Record<string, unknown>>

/**
 * Tiers as statements of the profile aac-2017 of GA4GH VA-Spec 1.0.1 (VariantClinicalSignificanceStatement): the
 * proposition, the tier, and evidence lines with the level. An adverse response has no predicate there and is left out.
 */
export function vaStatements(finding: AmpFinding): readonly VaStatement[] {
  return finding.alterations.flatMap((alteration) =>
    alteration.statements.length === 0
      ? [statementOf(alteration, undefined, finding)]
      : alteration.statements
          .filter(({ effect }) => effect in PREDICATES)
          .map((one) => statementOf(alteration, one, finding)),
  )
}

function statementOf(
  alteration: TieredAlteration,
  statement: TierStatement | undefined,
  finding: AmpFinding,
): VaStatement {
  const tier = statement?.tier ?? alteration.tier
  const context = contextOf(alteration, finding)
  const strength = tier === 'I' ? 'strong' : tier === 'II' ? 'potential' : undefined
  const body = {
    type: 'Statement',
    proposition: {
      type: 'VariantClinicalSignificanceProposition',
      predicate: 'hasClinicalSignificanceFor',
      ...context,
      objectCondition: conditionOf(finding),
    },
    direction: tier === 'IV' ? 'disputes' : tier === 'III' ? 'neutral' : 'supports',
    ...(strength === undefined ? {} : { strength: coded(strength) }),
    classification: { name: `Tier ${tier}`, ...coded(TIER_CODES[tier]) },
    specifiedBy: METHOD,
    ...(statement === undefined ? {} : { hasEvidenceLines: evidenceLines(statement, context, finding) }),
    extensions: [
      ...(statement === undefined
        ? []
        : [
            { name: 'role', value: statement.role },
            { name: 'why', value: statement.why },
            { name: 'contradictions', value: statement.contradictions },
          ]),
      { name: 'facts', value: finding.facts.map(packRefText) },
    ],
  }
  return { id: `garrod.tier:${digest(body)}`, ...body }
}

/** One line for each direction, with what it holds on: labels and evidence items by address. */
function evidenceLines(
  statement: TierStatement,
  context: ReturnType<typeof contextOf>,
  finding: AmpFinding,
): readonly object[] {
  const targetProposition = propositionOf(statement, context, finding)
  const line = (direction: 'supports' | 'disputes', items: readonly string[], level: string | undefined) => ({
    type: 'EvidenceLine',
    targetProposition,
    hasEvidenceItems: items,
    directionOfEvidenceProvided: direction,
    ...(level === undefined ? {} : { strengthOfEvidenceProvided: coded(level) }),
  })
  const { approvals, supports, disputes, level } = statement
  const pro = [...new Set([...approvals.map(({ label }) => label), ...supports.map(addressOf)])]
  return [
    ...(pro.length > 0 ? [line('supports', pro, level)] : []),
    ...(disputes.length > 0 ? [line('disputes', disputes.map(addressOf), undefined)] : []),
  ]
}

function propositionOf(
  { role, effect, therapies }: TierStatement,
  context: ReturnType<typeof contextOf>,
  finding: AmpFinding,
): object {
  const predicate = PREDICATES[effect]
  if (role !== 'therapeutic')
    return {
      type: role === 'diagnostic' ? 'VariantDiagnosticProposition' : 'VariantPrognosticProposition',
      predicate,
      ...context,
      objectCondition: conditionOf(finding),
    }
  const drugs = therapies.map((name) => ({ conceptType: 'Drug', name }))
  return {
    type: 'VariantTherapeuticResponseProposition',
    predicate,
    ...context,
    objectTherapeutic: drugs.length === 1 ? drugs[0] : { therapies: drugs, membershipOperator: 'AND' },
    conditionQualifier: conditionOf(finding),
  }
}

function contextOf({ name, gene, kind }: TieredAlteration, { sample }: AmpFinding) {
  return {
    subjectVariant: {
      type: 'CategoricalVariant',
      id: `garrod.alteration:${digest({ name, sample: sample ?? null })}`,
      name,
    },
    ...(gene === undefined || kind === 'fusion'
      ? {}
      : { geneContextQualifier: { conceptType: 'Gene', name: gene } }),
  }
}

function conditionOf({ diagnosis }: AmpFinding): object {
  const coded_ = (code: string) => ({
    conceptType: 'Disease',
    name: diagnosis.types.length === 1 && diagnosis.text !== '' ? diagnosis.text : code,
    primaryCoding: { system: 'https://oncotree.mskcc.org/', code },
  })
  const [only, ...more] = diagnosis.types
  if (only === undefined) return { conceptType: 'Disease', name: 'tumour of unknown type' }
  return more.length === 0
    ? coded_(only)
    : { conditions: diagnosis.types.map(coded_), membershipOperator: 'OR' }
}

const METHOD = {
  type: 'Method',
  name: 'AMP/ASCO/CAP (AAC) 2017 Guidelines',
  reportedIn: { type: 'Document', pmid: '27993330', name: 'Li et al., 2017' },
} as const

function coded(code: string) {
  return { primaryCoding: { system: AMP, code } }
}

function addressOf({ id }: EvidenceUse): string {
  return `https://civicdb.org/links/evidence/${id.replace('EID', '')}`
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 24)
}
