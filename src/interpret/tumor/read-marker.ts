import type { Category } from './category.ts'
import type { ProteinScale } from './marker.ts'

/** What can be asked of the whole tumour, for the message of a text that cannot be read. */
export const MARKER_WORDS =
  'HER2 positive, HER2 negative, HER2 low, HER2 ultralow, HR positive, HR negative, PROTEIN positive, PROTEIN negative, PD-L1 TPS >= 50, PD-L1 CPS >= 10, MSI-H, dMMR, pMMR, TMB >= 10, HRD positive, deletion 5q'

const FIXED: Readonly<Record<string, Category>> = {
  'MSI-H': { kind: 'microsatellites-high' },
  dMMR: { kind: 'mismatch-repair', status: 'deficient' },
  pMMR: { kind: 'mismatch-repair', status: 'proficient' },
  // Hormone receptors are two proteins: one of them is enough to be positive, both must be negative.
  'HR positive': hormoneReceptors('or', 'positive'),
  'HR negative': hormoneReceptors('and', 'negative'),
  HRD: { kind: 'homologous-recombination-deficient' },
  // Labels count a harmful BRCA change as deficiency, whatever the scars of the genome say.
  'HRD positive': {
    kind: 'or',
    of: [
      { kind: 'homologous-recombination-deficient' },
      { kind: 'pathogenic', gene: 'BRCA1', origin: undefined },
      { kind: 'pathogenic', gene: 'BRCA2', origin: undefined },
    ],
  },
  'Philadelphia chromosome': { kind: 'fusion', gene: 'BCR', partner: 'ABL1' },
}

/** A marker of the whole tumour; undefined: the text names none. Exact spelling, so that no gene is taken for a marker. */
export function readMarker(token: string): Category | undefined {
  const text = token.replace(/\s+/g, ' ')
  const fixed = Object.hasOwn(FIXED, text) ? FIXED[text] : undefined
  if (fixed !== undefined) return fixed
  const [, burden] = /^TMB >= (\d+(?:\.\d+)?)$/.exec(text) ?? []
  if (burden !== undefined) return { kind: 'mutational-burden', least: Number(burden) }
  const [, arm] = /^deletion (\d{1,2}[pq]|[XY][pq])$/.exec(text) ?? []
  if (arm !== undefined) return { kind: 'arm-deletion', arm }
  const score = /^([A-Z][\w.-]*) (TPS|CPS|IC|TC|TAP|IHC) >= (\d+)$/.exec(text)
  if (score !== null)
    return {
      kind: 'protein-score',
      protein: score[1]!,
      scale: score[2] as ProteinScale,
      least: Number(score[3]),
    }
  const status = /^([A-Za-z][\w.*:-]*) (positive|negative|low|ultralow)$/.exec(text)
  if (status !== null)
    return {
      kind: 'protein',
      protein: status[1]!,
      status: status[2] as 'positive' | 'negative' | 'low' | 'ultralow',
    }
  return undefined
}

function hormoneReceptors(kind: 'and' | 'or', status: 'positive' | 'negative'): Category {
  return {
    kind,
    of: [
      { kind: 'protein', protein: 'ER', status },
      { kind: 'protein', protein: 'PR', status },
    ],
  }
}
