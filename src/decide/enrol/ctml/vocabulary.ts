import type { AlterationKind, CopyNumber } from '../../../record/candidate.ts'

/** Keys of a clinical leaf. */
export const CLINICAL_KEYS = [
  'age_numerical',
  'oncotree_primary_diagnosis',
  'gender',
  'tmb_numerical',
  'her2_status',
  'er_status',
  'pr_status',
  'disease_status',
] as const

/** Keys of a genomic leaf. */
export const GENOMIC_KEYS = [
  'hugo_symbol',
  'variant_category',
  'protein_change',
  'wildcard_protein_change',
  'variant_classification',
  'exon',
  'cnv_call',
  'fusion_partner_hugo_symbol',
  'wildtype',
  'mmr_status',
  'ms_status',
  'apobec_signature',
  'pole_signature',
  'tobacco_signature',
  'temozolomide_signature',
  'uva_signature',
  'display_name',
] as const

export const TREATMENT_KEYS = ['drug'] as const

/** variant_category, in lower case. */
export const CATEGORIES: ReadonlyMap<string, readonly AlterationKind[]> = new Map([
  ['mutation', ['mutation']],
  ['copy number variation', ['copy-number']],
  ['cnv', ['copy-number']],
  ['structural variation', ['fusion']],
  ['sv', ['fusion']],
  ['any variation', ['mutation', 'copy-number']],
])

/** cnv_call, in lower case. */
export const COPY_NUMBERS: ReadonlyMap<string, CopyNumber> = new Map([
  ['high amplification', 'high-amplification'],
  ['high level amplification', 'high-amplification'],
  ['low amplification', 'gain'],
  ['gain', 'gain'],
  ['homozygous deletion', 'homozygous-deletion'],
  ['heterozygous deletion', 'heterozygous-deletion'],
])

/** variant_classification: the words of MAF. */
export const CLASSIFICATIONS: ReadonlySet<string> = new Set([
  'Missense_Mutation',
  'Nonsense_Mutation',
  'Nonstop_Mutation',
  'Silent',
  'Frame_Shift_Del',
  'Frame_Shift_Ins',
  'In_Frame_Del',
  'In_Frame_Ins',
  'Splice_Site',
  'Splice_Region',
  'Translation_Start_Site',
  "5'Flank",
  "3'UTR",
  "5'UTR",
  'Intron',
  'IGR',
  'RNA',
])

/** Mismatch repair and microsatellite words, in lower case, as what they say about repair. */
export const MISMATCH_REPAIR: ReadonlyMap<string, string> = new Map([
  ['mmr-deficient', 'deficient'],
  ['mmr-proficient', 'proficient'],
  ['msi-h', 'deficient'],
  ['msi-l', 'proficient'],
  ['mss', 'proficient'],
])

export const SIGNATURE_KEYS = GENOMIC_KEYS.filter((key) => key.endsWith('_signature'))

/** Clinical keys of receptors, by the marker's name. */
export const RECEPTORS: ReadonlyMap<string, string> = new Map([
  ['her2_status', 'her2'],
  ['er_status', 'er'],
  ['pr_status', 'pr'],
])

/** The key as CTML writes it: the engine does not mind case. */
export function keyOf(key: string): string {
  return key.toLowerCase()
}

/** What a "!" stands before, and whether it does. */
export function withoutNegation(value: unknown): readonly [bare: unknown, negate: boolean] {
  return typeof value === 'string' && value.startsWith('!') ? [value.slice(1), true] : [value, false]
}
