import { editDistance } from '../../decide/edit-distance.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { geneKey, geneNames } from '../../knowledge/trials/trial-genes.ts'
import { currentSymbol } from '../../knowledge/tumor/gene-names.ts'
import { oncogenicityFacts } from '../../knowledge/tumor/oncogenicity-evidence.ts'
import type { Covered, TumorProfile } from '../../record/tumor-profile.ts'

const OPTIONS: Readonly<Record<keyof Required<TumorProfile['covered']>, string>> = {
  variants: '--genes',
  copyNumbers: '--genes-copy-number',
  fusions: '--genes-fusion',
  germline: '--genes-germline',
}
const MOST = 3

/** A sentence for each gene named as tested that is no symbol: it counts for nothing, and somebody thinks that it does. Throws FACTS_*. */
export function misnamedGenes(covered: TumorProfile['covered'], facts: Facts): readonly string[] {
  return Object.entries(OPTIONS).flatMap(([channel, option]) =>
    named(covered[channel as keyof typeof OPTIONS]).flatMap((gene) => {
      const found = suggestion(gene, facts)
      return found === undefined ? [] : [`${option}: ${found}`]
    }),
  )
}

function named(genes: Covered): readonly string[] {
  return genes === undefined || genes === 'all' ? [] : [...genes]
}

/** undefined: it is a symbol of today or of before. */
function suggestion(gene: string, facts: Facts): string | undefined {
  const { symbols } = geneNames(facts)
  if (symbols.get(geneKey(gene)) === gene || currentSymbol(facts)(gene) !== gene) return undefined
  const known = symbols.get(geneKey(gene))
  if (known !== undefined)
    return `"${gene}" is another name of ${known}. Write ${known}: until then it does not count as tested.`
  const near = nearest(gene, facts)
  return `"${gene}" is no gene symbol that is known here${near.length === 0 ? '' : ` (${near.join(', ')}?)`}: nothing else counts as tested by it.`
}

/** Symbols that are a slip or two away; those of cancer first, as that is what a panel of tumours tests. */
function nearest(gene: string, facts: Facts): readonly string[] {
  const limit = gene.length < 5 ? 1 : 2
  const cancer = oncogenicityFacts(facts).genes
  return [...new Set(geneNames(facts).symbols.values())]
    .map((symbol) => ({ symbol, far: editDistance(gene.toUpperCase(), symbol, limit) }))
    .filter(({ far }) => far <= limit)
    .sort(
      (a, b) =>
        Number(cancer.has(b.symbol)) - Number(cancer.has(a.symbol)) ||
        a.far - b.far ||
        (a.symbol < b.symbol ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ symbol }) => symbol)
}
