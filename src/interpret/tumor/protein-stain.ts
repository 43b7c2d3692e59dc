import type { TumorProfile } from '../../record/tumor-profile.ts'
import type { Category, CategoryMatch } from './category.ts'

/** Proteins that laboratories stain, by the gene that makes them. */
const PROTEINS: Readonly<Record<string, readonly string[]>> = {
  ERBB2: ['HER2'],
  ESR1: ['ER'],
  PGR: ['PR'],
  CD274: ['PD-L1'],
  FOLR1: ['FOLR1'],
  CLDN18: ['CLDN18.2'],
}

/** Whether a stain found the protein. RNA and serum are not part of a profile. */
export function expressionState(
  profile: TumorProfile,
  { gene, level }: Extract<Category, { kind: 'expression' }>,
): CategoryMatch {
  const names = [gene, ...(PROTEINS[gene] ?? [])]
  for (const marker of profile.markers ?? []) {
    if (marker.kind !== 'protein' || !names.includes(marker.protein) || marker.status === undefined) continue
    const because = [`${marker.protein} ${marker.status}`]
    const positive = marker.status === 'positive'
    if (marker.status === 'positive' || marker.status === 'negative')
      return { state: positive === (level !== 'low') ? 'met' : 'not-met', because, missing: [] }
  }
  return {
    state: 'unknown',
    because: [`the expression of ${gene} was not measured`],
    missing: [`the expression of ${gene}`],
  }
}
