import type { Criterion } from '../criterion.ts'
import type { TextItem } from '../registry/eligibility-text.ts'

/** What a reader of free text made of one criterion. */
export interface Reading {
  /** What must hold of the person; null where nothing was understood. */
  readonly reads: Criterion | null
  /** Parts of the text that `reads` says nothing about. */
  readonly rest: readonly string[]
}

/** Reads one criterion with the items that stand below it. */
export type ReadItem = (item: TextItem, below: readonly TextItem[]) => Reading
