import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Seen } from '../../../src/interpret/phenotype/evidence.ts'
import type { Ontology } from '../../../src/knowledge/hpo/ontology.ts'

/**
 * One published patient. `clean`: the disease is annotated and this paper is not cited for it; `cited`: the paper is a source
 * of the annotations; `new-disease`: the disease is not annotated.
 */
export interface PublishedCase {
  readonly stratum: 'clean' | 'cited' | 'new-disease'
  readonly disease: string
  readonly gene: string
  readonly seen: Seen
  readonly id: string
  /** The phenopacket as published. */
  readonly packet: Readonly<Record<string, unknown>>
}

interface Line {
  readonly stratum: PublishedCase['stratum']
  readonly truth: { readonly disease: string; readonly gene: string }
  readonly phenopacket: {
    readonly id: string
    readonly subject: { readonly sex?: string }
    readonly phenotypicFeatures: readonly {
      readonly type: { readonly id: string }
      readonly excluded?: boolean
    }[]
  }
}

/** Reads gzip JSON lines of {stratum, truth, phenopacket}. */
export function publishedCases(path: string, ontology: Ontology): readonly PublishedCase[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')
  return lines.map((line) => {
    const { stratum, truth, phenopacket } = JSON.parse(line) as Line
    const terms = (excluded: boolean) => [
      ...new Set(
        phenopacket.phenotypicFeatures.flatMap((one) => {
          if ((one.excluded === true) !== excluded) return []
          const state = ontology.stateOf(one.type.id)
          return state.kind === 'in-force' || state.kind === 'replaced' ? [state.term] : []
        }),
      ),
    ]
    const sex =
      { FEMALE: 'female', MALE: 'male', OTHER_SEX: 'other' }[phenopacket.subject.sex ?? ''] ?? 'unknown'
    return {
      stratum,
      disease: truth.disease,
      gene: truth.gene,
      seen: { observed: terms(false), excluded: terms(true), sex: sex as Seen['sex'] },
      id: phenopacket.id,
      packet: phenopacket as unknown as Readonly<Record<string, unknown>>,
    }
  })
}

/** The fold of a gene, 0..4: every case of a gene is in one fold, so that no disease is learned and tested. */
export function foldOf(gene: string): number {
  let hash = 2166136261
  for (const letter of gene) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0
  return hash % 5
}
