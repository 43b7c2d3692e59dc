import type { TumorDiagnosis } from '../../../interpret/tumor/tumor.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import { diseaseTypes } from '../../../knowledge/tumor/disease-types.ts'
import type { OncoTree } from '../../../knowledge/tumor/oncotree.ts'
import type { DiagnosisAnswer } from './diagnosis-answer.ts'

/** A disease of the Disease Ontology, by id or name ("DOID:1909", "Melanoma"); undefined: none, or one that is no tumour type. */
export function diseaseDiagnosis(given: string, tree: OncoTree, facts: Facts): DiagnosisAnswer | undefined {
  const found = diseaseTypes(facts).find(given)
  if (found === undefined) return undefined
  // A disease that is a type by name is that type; what evidence on it covers besides is not the patient's diagnosis.
  const own = tree.find(found.name)?.code
  const types = (own === undefined ? found.types : [own]).filter((code) => tree.types.has(code))
  const [first, ...others] = types
  if (first === undefined) return undefined
  const common = [...tree.lineage(first)].find((code) => others.every((one) => tree.lineage(one).has(code)))
  const at = common === undefined ? undefined : tree.types.get(common)
  return {
    given,
    code: at?.code,
    name: found.name,
    tissue: at?.tissue,
    lineage: common === undefined ? [] : [...tree.lineage(common)],
    by: `${found.disease} of the Disease Ontology`,
    disease: { id: found.disease, types },
  }
}

/** The diagnosis as tiers look at it. A tissue alone (BREAST) is taken as said of a cancer of it. */
export function tumorDiagnosis(
  { given, name, code, disease }: DiagnosisAnswer,
  facts: Facts,
): TumorDiagnosis {
  return {
    text: name ?? given ?? '',
    types: disease?.types ?? (code === undefined ? [] : (diseaseTypes(facts).find(code)?.types ?? [code])),
    disease: disease?.id,
  }
}
