/** How much a consequence is likely to do to the product of a gene, in the four steps that Ensembl VEP uses. */
type Impact = 'high' | 'moderate' | 'low' | 'modifier'

interface TermRow {
  /** As the Sequence Ontology names it. */
  readonly name: string
  /** Its accession there. */
  readonly id: string
  /** As bcftools csq prints it. */
  readonly short: string
  readonly impact: Impact
}

/** In the order in which they are printed together. A term's place is its bit in a TermSet. */
const ROWS = [
  { name: 'synonymous_variant', id: 'SO:0001819', short: 'synonymous', impact: 'low' },
  { name: 'missense_variant', id: 'SO:0001583', short: 'missense', impact: 'moderate' },
  { name: 'stop_lost', id: 'SO:0001578', short: 'stop_lost', impact: 'high' },
  { name: 'stop_gained', id: 'SO:0001587', short: 'stop_gained', impact: 'high' },
  { name: 'inframe_deletion', id: 'SO:0001822', short: 'inframe_deletion', impact: 'moderate' },
  { name: 'inframe_insertion', id: 'SO:0001821', short: 'inframe_insertion', impact: 'moderate' },
  { name: 'frameshift_variant', id: 'SO:0001589', short: 'frameshift', impact: 'high' },
  { name: 'splice_acceptor_variant', id: 'SO:0001574', short: 'splice_acceptor', impact: 'high' },
  { name: 'splice_donor_variant', id: 'SO:0001575', short: 'splice_donor', impact: 'high' },
  { name: 'start_lost', id: 'SO:0002012', short: 'start_lost', impact: 'high' },
  { name: 'splice_region_variant', id: 'SO:0001630', short: 'splice_region', impact: 'low' },
  { name: 'stop_retained_variant', id: 'SO:0001567', short: 'stop_retained', impact: 'low' },
  { name: '5_prime_UTR_variant', id: 'SO:0001623', short: '5_prime_utr', impact: 'modifier' },
  { name: '3_prime_UTR_variant', id: 'SO:0001624', short: '3_prime_utr', impact: 'modifier' },
  { name: 'non_coding_transcript_variant', id: 'SO:0001619', short: 'non_coding', impact: 'modifier' },
  { name: 'intron_variant', id: 'SO:0001627', short: 'intron', impact: 'modifier' },
  { name: 'protein_altering_variant', id: 'SO:0001818', short: 'inframe_altering', impact: 'moderate' },
  { name: 'coding_sequence_variant', id: 'SO:0001580', short: 'coding_sequence', impact: 'modifier' },
  { name: 'feature_elongation', id: 'SO:0001907', short: 'feature_elongation', impact: 'modifier' },
  { name: 'start_retained_variant', id: 'SO:0002019', short: 'start_retained', impact: 'low' },
  { name: 'transcript_ablation', id: 'SO:0001893', short: 'transcript_ablation', impact: 'high' },
  { name: 'transcript_amplification', id: 'SO:0001889', short: 'transcript_amplification', impact: 'high' },
  { name: 'exon_loss_variant', id: 'SO:0001572', short: 'exon_loss', impact: 'high' },
  { name: 'feature_truncation', id: 'SO:0001906', short: 'feature_truncation', impact: 'high' },
  { name: 'gene_fusion', id: 'SO:0001565', short: 'gene_fusion', impact: 'high' },
  { name: 'transcript_variant', id: 'SO:0001576', short: 'transcript', impact: 'modifier' },
] as const satisfies readonly TermRow[]

type TermName = (typeof ROWS)[number]['name']

/** Several terms as bits. */
export type TermSet = number

function bit(name: TermName): TermSet {
  return 1 << ROWS.findIndex((row) => row.name === name)
}

export const NONE: TermSet = 0
export const SYNONYMOUS = bit('synonymous_variant')
export const MISSENSE = bit('missense_variant')
export const STOP_LOST = bit('stop_lost')
export const STOP_GAINED = bit('stop_gained')
export const INFRAME_DELETION = bit('inframe_deletion')
export const INFRAME_INSERTION = bit('inframe_insertion')
export const FRAMESHIFT = bit('frameshift_variant')
export const SPLICE_ACCEPTOR = bit('splice_acceptor_variant')
export const SPLICE_DONOR = bit('splice_donor_variant')
export const START_LOST = bit('start_lost')
export const SPLICE_REGION = bit('splice_region_variant')
export const STOP_RETAINED = bit('stop_retained_variant')
export const UTR_5 = bit('5_prime_UTR_variant')
export const UTR_3 = bit('3_prime_UTR_variant')
export const NON_CODING = bit('non_coding_transcript_variant')
export const INTRON = bit('intron_variant')
export const PROTEIN_ALTERING = bit('protein_altering_variant')
export const CODING_SEQUENCE = bit('coding_sequence_variant')
export const ELONGATION = bit('feature_elongation')
export const START_RETAINED = bit('start_retained_variant')
export const TRANSCRIPT_ABLATION = bit('transcript_ablation')
export const TRANSCRIPT_AMPLIFICATION = bit('transcript_amplification')
export const EXON_LOSS = bit('exon_loss_variant')
export const TRUNCATION = bit('feature_truncation')
export const GENE_FUSION = bit('gene_fusion')
/** Reached, and by what is known left as it is. */
export const TRANSCRIPT = bit('transcript_variant')

export const SPLICE_SITE = SPLICE_ACCEPTOR | SPLICE_DONOR
export const START_OR_STOP = STOP_LOST | STOP_GAINED | STOP_RETAINED | START_LOST | START_RETAINED
/** Terms of the protein: a change of several records together has them once. */
export const OF_PROTEIN =
  SYNONYMOUS |
  MISSENSE |
  STOP_LOST |
  STOP_GAINED |
  INFRAME_DELETION |
  INFRAME_INSERTION |
  FRAMESHIFT |
  START_LOST |
  STOP_RETAINED |
  PROTEIN_ALTERING |
  START_RETAINED

export function termNames(set: TermSet): TermName[] {
  return ROWS.filter((_, i) => (set & (1 << i)) !== 0).map(({ name }) => name)
}

export function shortNames(set: TermSet): string {
  return ROWS.filter((_, i) => (set & (1 << i)) !== 0)
    .map(({ short }) => short)
    .join('&')
}

const IMPACTS: readonly Impact[] = ['high', 'moderate', 'low', 'modifier']

/** The impact of the gravest. */
export function impactOf(set: TermSet): Impact {
  const all = ROWS.filter((_, i) => (set & (1 << i)) !== 0).map(({ impact }) => impact)
  return IMPACTS.find((one) => all.includes(one as (typeof all)[number])) ?? 'modifier'
}
