import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { VariantEvidence } from '../evidence.ts'

/** What kind of change the criteria look at; the most severe of the variant's Sequence Ontology terms decides. */
type ChangeKind =
  | 'nonsense'
  | 'frameshift'
  | 'splice-site'
  | 'start-lost'
  | 'gene-deleted'
  | 'exon-deleted'
  | 'stop-lost'
  | 'inframe'
  | 'missense'
  | 'synonymous'
  | 'intronic'
  | 'other'

const TERMS: readonly (readonly [term: string, kind: ChangeKind])[] = [
  ['transcript_ablation', 'gene-deleted'],
  ['exon_loss_variant', 'exon-deleted'],
  ['stop_gained', 'nonsense'],
  ['frameshift_variant', 'frameshift'],
  ['splice_acceptor_variant', 'splice-site'],
  ['splice_donor_variant', 'splice-site'],
  ['start_lost', 'start-lost'],
  ['initiator_codon_variant', 'start-lost'],
  ['stop_lost', 'stop-lost'],
  ['inframe_insertion', 'inframe'],
  ['inframe_deletion', 'inframe'],
  ['disruptive_inframe_insertion', 'inframe'],
  ['disruptive_inframe_deletion', 'inframe'],
  ['conservative_inframe_insertion', 'inframe'],
  ['conservative_inframe_deletion', 'inframe'],
  ['protein_altering_variant', 'inframe'],
  ['missense_variant', 'missense'],
  ['synonymous_variant', 'synonymous'],
  ['stop_retained_variant', 'synonymous'],
  ['intron_variant', 'intronic'],
]

/** undefined: the consequence is not known. */
export function changeKind({ variant }: Pick<VariantEvidence, 'variant'>): ChangeKind | undefined {
  if (variant.consequences.length === 0) return undefined
  return kindOf(variant.consequences)
}

function kindOf(consequences: readonly string[]): ChangeKind {
  return TERMS.find(([term]) => consequences.includes(term))?.[1] ?? 'other'
}

const NULL: ReadonlySet<ChangeKind | undefined> = new Set([
  'nonsense',
  'frameshift',
  'splice-site',
  'start-lost',
  'gene-deleted',
  'exon-deleted',
])

/** Whether a transcript's Sequence Ontology terms are ones that PVS1 speaks of. */
export function isNullTerm(consequences: readonly string[]): boolean {
  return NULL.has(kindOf(consequences))
}

/** Whether the change is one that PVS1 speaks of. */
export function isNull(evidence: VariantEvidence): boolean {
  return NULL.has(changeKind(evidence))
}

/**
 * Whether the change lies so deep that only splicing could be disturbed: synonymous, or intronic at +7 and beyond or −21 and
 * beyond (Walker 2023; the thresholds BP7-donor and BP7-acceptor). undefined: HGVS does not tell.
 */
export function isSilent(evidence: VariantEvidence, rules: AcmgCriteria): boolean | undefined {
  const kind = changeKind(evidence)
  if (kind === 'synonymous') return !evidence.variant.consequences.some((term) => term.startsWith('splice_'))
  if (kind !== 'intronic') return kind === undefined ? undefined : false
  const offset = /[0-9]([+-])([0-9]+)/.exec(evidence.variant.hgvsC ?? '')
  if (offset === null) return undefined
  return Number(offset[2]) >= rules.threshold(offset[1] === '+' ? 'BP7-donor' : 'BP7-acceptor').value
}

/** 0 is the most severe; what PVS1 and the other criteria do not speak of comes last. */
export function severityOf(consequences: readonly string[]): number {
  const found = TERMS.findIndex(([term]) => consequences.includes(term))
  return found < 0 ? TERMS.length : found
}
