import type { OncoTree, TumourType } from './oncotree.ts'

/** One coding of a diagnosis as FHIR writes it; a text alone has no system and no code. */
export interface DiagnosisCoding {
  readonly system?: string | undefined
  readonly code?: string | undefined
  readonly display?: string | undefined
}

const NCIT = /ncithesaurus|ncicb\.nci\.nih\.gov|2\.16\.840\.1\.113883\.3\.26\.1\.1/i

/**
 * The tumour type that the codings of one diagnosis mean: an OncoTree code, an NCI Thesaurus concept that one type alone
 * has, or the name of a type as display or text. Undefined where none does, and where they mean different types of which none is
 * a kind of the other: which of them is meant cannot be told.
 */
export function tumourTypeOf(codings: readonly DiagnosisCoding[], tree: OncoTree): TumourType | undefined {
  const found = new Map<string, TumourType>()
  for (const one of codings) {
    const type = typeOf(one, tree)
    if (type !== undefined) found.set(type.code, type)
  }
  // The narrowest, when the others are broader words for it.
  return [...found.values()].find((one) => {
    const lineage = tree.lineage(one.code)
    return [...found.keys()].every((code) => lineage.has(code))
  })
}

function typeOf({ system, code, display }: DiagnosisCoding, tree: OncoTree): TumourType | undefined {
  if (code !== undefined && /oncotree/i.test(system ?? '')) {
    return tree.types.get(code.toUpperCase()) ?? tree.find(code)
  }
  if (code !== undefined && NCIT.test(system ?? '')) {
    const types = [...tree.types.values()].filter(({ ncit }) => ncit.includes(code.toUpperCase()))
    if (types.length === 1) return types[0]
  }
  return display === undefined ? undefined : tree.find(display)
}
