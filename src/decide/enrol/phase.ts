/** Phases of a trial, in the codes of FHIR's research-study-phase; a trial of two phases has both. */
export const PHASES = ['early-phase-1', 'phase-1', 'phase-2', 'phase-3', 'phase-4'] as const
export type Phase = (typeof PHASES)[number]

const ROMAN: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4' }

/**
 * Phases in the words of a registry: "PHASE1", "Phase I/II", "phase-1-phase-2", "EARLY_PHASE1". Empty for "NA", "any" and
 * what names no phase.
 */
export function readPhases(text: string): readonly Phase[] {
  const words = text
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/(\d)[ab]\b/g, '$1')
    .replace(/\b(iv|i{1,3})[ab]?\b/g, (_all, numeral: string) => ROMAN[numeral]!)
  if (/early|\b0\b/.test(words)) return ['early-phase-1']
  const numbers = new Set(words.match(/[1-4]/g) ?? [])
  return PHASES.filter((phase) => phase !== 'early-phase-1' && numbers.has(phase.at(-1)!))
}

/** "phase 1 and 2". */
export function phaseWords(phases: readonly Phase[]): string {
  if (phases.includes('early-phase-1')) return 'early phase 1'
  return phases.length === 0 ? '' : `phase ${phases.map((one) => one.at(-1)).join(' and ')}`
}
