/** What an ALT is in respect to REF, in the words of the VCF specification. */
export type VariantKind = 'none' | 'snv' | 'mnv' | 'indel' | 'complex' | 'breakend' | 'symbolic' | 'overlap'

const BASES = /^[ACGTNacgtn]+$/

/** True for an allele written in A, C, G, T and N, of either case. */
export function isBases(allele: string): boolean {
  return BASES.test(allele)
}

/** A reference block's "<*>" and "<NON_REF>", and an ALT equal to REF, are of kind "none". */
export function kindOf(ref: string, alt: string): VariantKind {
  if (alt === '.' || alt === '<*>' || alt === '<X>' || alt === '<NON_REF>') return 'none'
  if (alt === '*' || alt === '<*:DEL>') return 'overlap'
  if (alt.startsWith('<')) return 'symbolic'
  if (alt.includes('[') || alt.includes(']')) return 'breakend'
  const a = ref.toUpperCase()
  const b = alt.toUpperCase()
  if (a === b) return 'none'
  const shorter = Math.min(a.length, b.length)
  let prefix = 0
  while (prefix < shorter && a[prefix] === b[prefix]) prefix++
  let suffix = 0
  while (suffix < shorter - prefix && a[a.length - 1 - suffix] === b[b.length - 1 - suffix]) suffix++
  const left = [a.length - prefix - suffix, b.length - prefix - suffix] as const
  if (left[0] === 0 || left[1] === 0) return 'indel'
  if (left[0] !== left[1]) return 'complex'
  return left[0] === 1 ? 'snv' : 'mnv'
}
