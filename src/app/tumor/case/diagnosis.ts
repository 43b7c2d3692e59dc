import { nearestNames } from '../../../intake/nearest-names.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import { oncoTree } from '../../../knowledge/oncotree.ts'
import { Fault } from '../../../terms/fault.ts'

/** The tumour type of a case as OncoTree names it, or that nobody told one. */
export interface DiagnosisAnswer {
  /** As it was sent. */
  readonly given: string | undefined
  readonly code: string | undefined
  readonly name: string | undefined
  readonly tissue: string | undefined
  /** The type itself and every broader one, the narrowest first. */
  readonly lineage: readonly string[]
  /** How the code was found: "OncoTree code", "former name". */
  readonly by: string | undefined
}

/** The type that a text means. Throws DIAGNOSIS_UNKNOWN with the nearest names. */
export function readDiagnosis(given: string | undefined, where: string, facts: Facts): DiagnosisAnswer {
  if (given === undefined)
    return { given, code: undefined, name: undefined, tissue: undefined, lineage: [], by: undefined }
  const tree = oncoTree(facts)
  const found = tree.find(given)
  if (found === undefined) {
    const near = nearestNames(given, [...tree.types.keys(), ...tree.names], 5)
    throw new Fault(
      'DIAGNOSIS_UNKNOWN',
      where,
      `"${given}" is no tumour type of OncoTree ${tree.version}`,
      near.length > 0
        ? `Did you mean ${near.join(', ')}?`
        : 'Give an OncoTree code or name, such as LUAD or "Lung Adenocarcinoma".',
    )
  }
  const wanted = given.trim().toLowerCase()
  return {
    given,
    code: found.code,
    name: found.name,
    tissue: found.tissue,
    lineage: [...tree.lineage(found.code)],
    by:
      wanted === found.code.toLowerCase()
        ? 'OncoTree code'
        : wanted === found.name.toLowerCase()
          ? 'OncoTree name'
          : 'former name or code',
  }
}
