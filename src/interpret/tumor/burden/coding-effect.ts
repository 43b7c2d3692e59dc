import type { SomaticVariant } from '../../../record/tumor-profile.ts'
import { effectOf } from '../evidence.ts'

/** What a call is to the coding sequence; undefined: the call does not say. */
export type CodingEffect = 'missense' | 'non-silent' | 'silent' | 'non-coding'

const NON_SILENT = new Set([
  ...['transcript_ablation', 'exon_loss_variant', 'splice_acceptor_variant', 'splice_donor_variant'],
  ...['stop_gained', 'frameshift_variant', 'stop_lost', 'start_lost', 'initiator_codon_variant'],
  ...[
    'inframe_insertion',
    'inframe_deletion',
    'conservative_inframe_insertion',
    'conservative_inframe_deletion',
  ],
  ...['disruptive_inframe_insertion', 'disruptive_inframe_deletion', 'inframe_altering', 'inframe_indel'],
  ...['protein_altering_variant', 'feature_elongation', 'feature_truncation', 'stop_lost_variant'],
])
const SILENT = new Set(['synonymous_variant', 'stop_retained_variant', 'start_retained_variant'])
/** Sequence Ontology terms and classes of MAF that lie outside the coding sequence. */
const NON_CODING =
  /intron|utr|intergenic|igr|upstream|downstream|flank|non_coding|noncoding|regulatory|tf_binding|^rna$|lincrna|mirna|splice_(region|polypyrimidine|donor_region|donor_5th)|^nmd_transcript_variant$|^de_novo_start/i

/** The gravest of the call's terms decides, on the transcript that the call was named on; without terms its protein name does. */
export function codingEffectOf(variant: SomaticVariant): CodingEffect | undefined {
  const terms = variant.consequences
  if (terms.some((term) => NON_SILENT.has(term))) return 'non-silent'
  if (terms.includes('missense_variant')) return 'missense'
  if (terms.some((term) => SILENT.has(term))) return 'silent'
  if (terms.length > 0) return terms.every((term) => NON_CODING.test(term)) ? 'non-coding' : undefined
  switch (effectOf(variant).kind) {
    case 'null':
    case 'inframe':
    case 'stop-lost':
      return 'non-silent'
    case 'missense':
      return 'missense'
    case 'synonymous':
      return 'silent'
    default:
      return undefined
  }
}
