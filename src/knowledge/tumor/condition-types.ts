import type { Facts } from '../facts.ts'
import { approvals } from './approvals.ts'
import { diseaseTypes, SOLID } from './disease-types.ts'
import { oncoTree } from './oncotree.ts'

/** OncoTree codes that a condition of a study stands for, each with everything below it; undefined: not known. */
export type ConditionTypes = (name: string) => readonly string[] | undefined

/** Words of the course of a disease, beside its kind. */
const COURSE =
  /\b(?:locally|advanced|metastatic|recurrent|refractory|relapsed|unresectable|resectable|persistent|progressive|malignant|adult|primary|untreated|previously|treated|early|late|stage|stages|0|iv|iii|ii|i|[1-4]|iv[abc]|iii[abc]|ii[abc]|i[abc]|ajcc|v[678])\b/g

/**
 * Conditions as registries write them: "Non Small Cell Lung Cancer Metastatic", "Carcinoma, Non-Small-Cell Lung", "Breast Neoplasms".
 * The names are those of OncoTree, of the diseases of disease-types and of labels; none is guessed. Throws FACTS_*.
 */
export function conditionTypes(facts: Facts): ConditionTypes {
  return facts.derived('conditions as tumour types', () => {
    const tree = oncoTree(facts)
    const exact = new Map<string, readonly string[]>()
    const loose = new Map<string, readonly string[]>()
    const add = (name: string, types: readonly string[]) => {
      const known = types.filter((code) => tree.types.has(code))
      if (known.length === 0 || types.includes(SOLID) || known.includes('TISSUE')) return
      if (!exact.has(keyOf(name))) exact.set(keyOf(name), known)
      if (!loose.has(looseKey(name))) loose.set(looseKey(name), known)
    }
    for (const name of tree.names) {
      const type = tree.find(name)
      if (type !== undefined) add(name, [type.code])
    }
    const table = diseaseTypes(facts)
    for (const name of table.names) {
      const { types, needs, when } = table.find(name)!
      // What a profile or a child must have besides is more than the name of a tumour.
      if (needs === '' && when === '') add(name, types)
    }
    for (const { disease } of approvals(facts).all)
      if (!disease.solid && disease.except.length === 0) add(disease.words, disease.oncotree)
    return (name) => {
      for (const one of [name, uninverted(name)]) {
        const found =
          exact.get(keyOf(one)) ??
          loose.get(looseKey(one)) ??
          loose.get(looseKey(keyOf(one).replaceAll(COURSE, ' ')))
        if (found !== undefined) return found
      }
      return undefined
    }
  })
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** A cancer by any of the words for one. */
function looseKey(name: string): string {
  return keyOf(name)
    .replaceAll(/\b(?:cancers?|carcinomas?|neoplasms?|tumou?rs?|malignanc(?:y|ies))\b/g, 'cancer')
    .replaceAll(/\bleukaemia\b/g, 'leukemia')
    .replaceAll(/\boesophag/g, 'esophag')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** MeSH writes the kind first: "Carcinoma, Non-Small-Cell Lung". */
function uninverted(name: string): string {
  const [kind, rest, ...more] = name.split(',').map((one) => one.trim())
  return rest === undefined || more.length > 0 ? name : `${rest} ${kind}`
}
