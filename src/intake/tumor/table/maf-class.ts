/** Classes of MAF as Sequence Ontology terms, by their names in lower case. Source: GDC MAF format; vcf2maf's table of effects. */
const TERMS: Readonly<Record<string, string>> = {
  missense_mutation: 'missense_variant',
  nonsense_mutation: 'stop_gained',
  frame_shift_del: 'frameshift_variant',
  frame_shift_ins: 'frameshift_variant',
  in_frame_del: 'inframe_deletion',
  in_frame_ins: 'inframe_insertion',
  // An internal tandem duplication lengthens the protein in frame.
  itd: 'inframe_insertion',
  splice_site: 'splice_donor_variant',
  splice_region: 'splice_region_variant',
  translation_start_site: 'start_lost',
  nonstop_mutation: 'stop_lost',
  silent: 'synonymous_variant',
  intron: 'intron_variant',
  igr: 'intergenic_variant',
  "5'flank": 'upstream_gene_variant',
  "3'flank": 'downstream_gene_variant',
  "5'utr": '5_prime_UTR_variant',
  "3'utr": '3_prime_UTR_variant',
  rna: 'non_coding_transcript_exon_variant',
  lincrna: 'non_coding_transcript_exon_variant',
}

/** The Sequence Ontology term of a MAF class; other words are returned as they are. */
export function mafTerm(word: string): string {
  const name = word.toLowerCase()
  return Object.hasOwn(TERMS, name) ? TERMS[name]! : word
}
