import type { PanelLocus } from '../../terms/genome.ts'

const COMPLEMENT: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' }

/** Alleles in the panel's spelling and the strand they were read from, or why the row cannot be read at this locus. */
export type ArrayAlleles =
  | {
      readonly alleles: readonly string[]
      /** either: the letters fit as they are and turned round (A/T, C/G), so only the company's word tells the strand. */
      readonly strand: 'forward' | 'other' | 'either'
    }
  | { readonly unreadable: string }

/**
 * What a row's letters mean at a locus. Companies print the forward strand, but single probes are known to come on the
 * other one: letters that only fit as complements are turned round. "I" and "D" are the longer and the shorter allele,
 * which is only clear where the locus has two.
 */
export function arrayAlleles(locus: PanelLocus, letters: readonly string[]): ArrayAlleles {
  const known = new Set([locus.ref, ...locus.alts])
  if (letters.some((letter) => letter === 'I' || letter === 'D')) return insertedOrDeleted(locus, letters)
  if ([...known].some((allele) => allele.length !== 1)) return { unreadable: letters.join('') }
  const turned = letters.map((letter) => COMPLEMENT[letter]!)
  const fits = letters.every((letter) => known.has(letter))
  const fitsTurned = turned.every((letter) => known.has(letter))
  if (fits) return { alleles: letters, strand: fitsTurned ? 'either' : 'forward' }
  return fitsTurned ? { alleles: turned, strand: 'other' } : { unreadable: letters.join('') }
}

function insertedOrDeleted(locus: PanelLocus, letters: readonly string[]): ArrayAlleles {
  const [alt] = locus.alts
  const clear = locus.alts.length === 1 && alt !== undefined && alt.length !== locus.ref.length
  if (!clear || letters.some((letter) => letter !== 'I' && letter !== 'D'))
    return { unreadable: letters.join('') }
  const [longer, shorter] = alt.length > locus.ref.length ? [alt, locus.ref] : [locus.ref, alt]
  return { alleles: letters.map((letter) => (letter === 'I' ? longer : shorter)), strand: 'forward' }
}
