import type { Facts } from '../facts.ts'
import { cellsOf } from './ontology.ts'
import { RANKING_PACK } from './ranking-model.ts'

/** By disease id: diseases whose annotated features are most like its own, and their shares, which sum to about 1. */
export type Neighbours = ReadonlyMap<string, readonly { readonly id: string; readonly share: number }[]>

/** Of the pack of weights, which were learned with them; none where the pack has none. */
export function neighboursOf(facts: Facts): Neighbours {
  const pack = facts.pack(RANKING_PACK)
  return pack.fileNames.includes('neighbours.tsv') ? readNeighbours(pack.text('neighbours.tsv')) : new Map()
}

/** Rows of disease and "id=share" separated by spaces; an entry that is not one is left out. */
export function readNeighbours(text: string): Neighbours {
  return new Map(
    [...cellsOf(text)].map(([disease, entries = '']) => [
      disease!,
      entries.split(' ').flatMap((entry) => {
        const [id, share] = entry.split('=')
        const part = Number(share)
        return id !== undefined && part > 0 && part <= 1 ? [{ id, share: part }] : []
      }),
    ]),
  )
}
