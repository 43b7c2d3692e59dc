import type { When } from '../../guideline/guideline-rule.ts'

/** One combination of gene results, by gene. */
export type Lookup = Readonly<Record<string, string>>

/**
 * Writes a set of lookups over the same genes as lists whose cross products are exactly that set, each lookup in one of
 * them. Deterministic; not always the smallest number of products. Throws RangeError when the genes differ.
 */
export function productsOf(lookups: readonly Lookup[]): Map<string, readonly string[]>[] {
  const genes = Object.keys(lookups[0] ?? {}).sort()
  for (const lookup of lookups) {
    if (Object.keys(lookup).sort().join() !== genes.join())
      throw new RangeError(`lookups over different genes: ${genes.join()} and ${Object.keys(lookup).join()}`)
  }
  let products = lookups.map((lookup) => new Map(genes.map((gene) => [gene, [lookup[gene]!]])))
  for (const gene of genes) products = mergedAlong(gene, products)
  return products
}

type Product = Map<string, string[]>

/** Joins the products that differ in one gene only. */
function mergedAlong(gene: string, products: readonly Product[]): Product[] {
  const groups = new Map<string, Product>()
  for (const product of products) {
    const key = JSON.stringify([...product].filter(([name]) => name !== gene))
    const same = groups.get(key)
    if (same === undefined) groups.set(key, new Map(product))
    else {
      const values = [...new Set([...same.get(gene)!, ...product.get(gene)!])]
      same.set(gene, values.sort(compareResults))
    }
  }
  return [...groups.values()]
}

/** Every lookup that a rule's conditions cover. */
export function lookupsOf(when: readonly When[]): Lookup[] {
  return when.reduce<Lookup[]>(
    (lookups, { gene, in: values }) =>
      lookups.flatMap((lookup) => values.map((value) => ({ ...lookup, [gene]: value }))),
    [{}],
  )
}

/** Activity scores by number, "≥3.0" after "3.0"; words after numbers, by code unit. */
export function compareResults(a: string, b: string): number {
  const [x, y] = [score(a), score(b)]
  if (x !== y) return x - y
  return a < b ? -1 : a > b ? 1 : 0
}

function score(text: string): number {
  const number = Number(text.replace('≥', ''))
  if (Number.isNaN(number)) return Number.MAX_VALUE
  return text.startsWith('≥') ? number + 1e-6 : number
}
