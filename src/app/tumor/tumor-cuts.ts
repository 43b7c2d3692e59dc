import type { TumorCuts } from '../../intake/tumor/tumor-format.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { scoreFacts } from '../../knowledge/tumor/score-facts.ts'

/** The cuts that the readers of a tumour's files need, from the pack. Throws FACTS_*. */
export function tumorCuts(facts: Facts): TumorCuts {
  const { threshold } = scoreFacts(facts)
  return {
    doubledPloidy: threshold('copies-doubled-ploidy'),
    amplified: threshold('copies-amplified'),
    amplifiedDoubled: threshold('copies-amplified-doubled'),
    positiveReceptor: threshold('receptor-positive'),
  }
}
