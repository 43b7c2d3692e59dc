/**
 * The phase set that PS names, or PSL for each allele (VCF 4.4, section 1.6.2); undefined where neither does. Where two alleles are
 * phased in two sets, only a genotype of the same two is in phase with it: their names together are its set.
 */
export function phaseSetOf(text: string | undefined): string | undefined {
  const named = new Set(text?.split(',').filter((one) => one !== '.' && one !== ''))
  return named.size === 0 ? undefined : [...named].join(',')
}
