import { findDiagnosis } from './diagnosis.ts'
import type { DiagnosisCodes } from './diagnosis-codes.ts'
import type { OncoTree, TumourType } from './oncotree.ts'

/** One coding of a diagnosis as FHIR writes it; a text alone has no system and no code. */
interface DiagnosisCoding {
  readonly system?: string | undefined
  readonly code?: string | undefined
  readonly display?: string | undefined
}

/**
 * The tumour type that the codings of one diagnosis mean: OncoTree itself, a classification that a table maps to it, or the
 * name of a type as display or text. Undefined where none does, and where they mean different types of which none is a kind
 * of the other: which of them is meant cannot be told.
 */
export function tumourTypeOf(
  codings: readonly DiagnosisCoding[],
  tree: OncoTree,
  codes: DiagnosisCodes,
): TumourType | undefined {
  const found = new Map<string, TumourType>()
  for (const one of codings) {
    const type = typeOf(one, tree, codes)
    if (type !== undefined) found.set(type.code, type)
  }
  // The narrowest, when the others are broader words for it.
  return [...found.values()].find((one) => {
    const lineage = tree.lineage(one.code)
    return [...found.keys()].every((code) => lineage.has(code))
  })
}

function typeOf(
  { system = '', code, display }: DiagnosisCoding,
  tree: OncoTree,
  codes: DiagnosisCodes,
): TumourType | undefined {
  if (code !== undefined && /oncotree/i.test(system)) return tree.find(code)
  if (code !== undefined && system !== '') {
    const match = findDiagnosis(`${system}|${code}`, tree, codes)
    if (match.kind === 'found') return match.type
  }
  return display === undefined ? undefined : tree.find(display)
}
