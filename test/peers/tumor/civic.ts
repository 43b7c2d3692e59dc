import { fileURLToPath } from 'node:url'
import { joinParts } from '../../../src/intake/tumor/join-profile.ts'
import { readTumorParts } from '../../../src/intake/tumor/receive-tumor.ts'
import { type Category, matchCategory, pattern } from '../../../src/interpret/tumor/tumor.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { proteinPlaces } from '../../../src/knowledge/tumor/protein-places.ts'
import { sharedData } from '../../support/shared-data.ts'
import { readTsv } from '../pgx/tsv.ts'

export const CIVIC = 'oncology/civic/01-Aug-2021-VariantSummaries.tsv.gz'
export const AML = 'oncology/tumours/tcga_laml.maf.gz'

/** What became of the calls of real tumours in genes of the knowledge base. */
export interface CivicMatches {
  /** Names of the knowledge base, and those that are read as a category. */
  readonly names: number
  readonly read: number
  /** Non-silent calls, those in a gene of the knowledge base, and those that fit a record. */
  readonly calls: number
  readonly inGenes: number
  readonly exact: number
  readonly byClass: number
  /** Not matched, by reason. */
  readonly unmatched: ReadonlyMap<string, number>
  readonly tumours: { readonly inGenes: number; readonly matched: number; readonly exact: number }
}

/** Categories that a single small variant cannot decide. */
const OTHER: ReadonlySet<Category['kind']> = new Set(['wild-type', 'copy-number', 'fusion', 'biallelic-loss'])
const SILENT = /^(synonymous|intron|intergenic|non_coding_transcript_exon|upstream_gene)_variant/

/** The category of a record's name as the knowledge base writes it. */
export function civicCategory(gene: string, name: string): Category | undefined {
  return pattern(`${gene} ${name}`)
}

export async function civicMatches(): Promise<CivicMatches> {
  const places = proteinPlaces(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
  const records = readTsv(sharedData(CIVIC)!).map((row) => ({
    gene: row['gene']!,
    category: civicCategory(row['gene']!, row['variant']!),
  }))
  const byGene = Map.groupBy(records, ({ gene }) => gene)
  const covered = { variants: 'all', copyNumbers: undefined, fusions: undefined } as const
  const parts = await readTumorParts(AML, { path: sharedData(AML)! }, {})
  const stated = { sample: undefined, assembly: undefined, covered, purity: undefined }
  const unmatched = new Map<string, number>()
  const count = { calls: 0, inGenes: 0, exact: 0, byClass: 0 }
  const tumours = { inGenes: 0, matched: 0, exact: 0 }
  for (const { profile } of joinParts(parts, stated)) {
    let [inGenes, matched, exact] = [false, false, false]
    for (const variant of profile.variants) {
      if (variant.consequences.some((term) => SILENT.test(term))) continue
      count.calls++
      const known = variant.gene === undefined ? undefined : byGene.get(variant.gene)
      if (known === undefined) continue
      count.inGenes++
      inGenes = true
      const alone = { ...profile, variants: [variant], covered }
      const states = known.flatMap(({ category }) =>
        category === undefined || OTHER.has(category.kind)
          ? []
          : [{ kind: category.kind, state: matchCategory(alone, category, places).state }],
      )
      const met = states.filter(({ state }) => state === 'met')
      if (met.some(({ kind }) => kind === 'change')) {
        count.exact++
        exact = true
      } else if (met.length > 0) count.byClass++
      else {
        const reason = states.some(({ state }) => state === 'unknown')
          ? 'a record might fit; what the file leaves out is named'
          : states.length === 0
            ? 'the gene has records of expression, methylation, copy number, fusions and the like only'
            : 'the records of the gene speak of other changes'
        unmatched.set(reason, (unmatched.get(reason) ?? 0) + 1)
      }
      matched ||= met.length > 0
    }
    tumours.inGenes += Number(inGenes)
    tumours.matched += Number(matched)
    tumours.exact += Number(exact)
  }
  return {
    names: records.length,
    read: records.filter(({ category }) => category !== undefined).length,
    ...count,
    unmatched,
    tumours,
  }
}
