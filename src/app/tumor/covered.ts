import type { Covered, TumorProfile } from '../../record/tumor-profile.ts'
import type { Arguments } from '../command.ts'

/** What --genes, --genes-copy-number, --genes-fusion and --genes-germline say of the assay. */
export function coveredBy(input: Arguments): TumorProfile['covered'] {
  return {
    variants: readCovered(input.text('genes')),
    copyNumbers: readCovered(input.text('genes-copy-number')),
    fusions: readCovered(input.text('genes-fusion')),
    ...(input.text('genes-germline') === undefined
      ? {}
      : { germline: readCovered(input.text('genes-germline')) }),
  }
}

/** "all", or genes separated by commas; undefined: nobody said. */
function readCovered(text: string | undefined): Covered {
  if (text === undefined) return undefined
  return text.toLowerCase() === 'all' ? 'all' : new Set(text.split(/[\s,;]+/).filter((gene) => gene !== ''))
}
