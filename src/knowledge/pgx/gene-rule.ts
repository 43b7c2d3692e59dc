import * as z from 'zod'
import type { Facts } from '../facts.ts'

/** How one gene is called. */
export const GeneRule = z.strictObject({
  gene: z.string(),
  /**
   * diplotype: the two named alleles that explain every position. lowest-function: several variants on one strand are
   * one combination, and advice follows the least functional. outside: never from small variants.
   */
  caller: z.enum(['diplotype', 'lowest-function', 'outside']),
  lowestBy: z.enum(['activity-value', 'malignant-hyperthermia']).optional(),
  /** A base no definition knows is read as reference instead of making the gene uncallable. */
  undocumentedAsReference: z.boolean().default(false),
  /** Keep every diplotype that fits, not only those explained by most positions. */
  keepAllScores: z.boolean().default(false),
  xLinked: z.boolean().default(false),
  haploid: z.boolean().default(false),
  /** What small variants cannot show, in words. */
  blindTo: z.string().optional(),
  /** Alleles whose copy numbers of three or more share one function record, "*1x≥3". */
  copyNumberAtLeast3: z.array(z.string()).default([]),
  /** Names that laboratories write for an allele of the tables: "-1639A" of VKORC1 is its variant. */
  alsoCalled: z.record(z.string(), z.string()).default({}),
  /** Alleles whose presence or absence is itself the result, "*57:01". */
  markers: z.array(z.string()).default([]),
  /** A haplotype whose intronic variant is causal and whose exonic variant is only its tag. GRCh38 positions. */
  intronDecides: z
    .strictObject({
      haplotype: z.string(),
      intronAllele: z.string(),
      intronPosition: z.number(),
      exonPosition: z.number(),
    })
    .optional(),
  /** The one position that decides when no diplotype fits. GRCh38 position. */
  fallback: z
    .strictObject({ position: z.number(), rsid: z.string(), alleles: z.record(z.string(), z.string()) })
    .optional(),
})
export type GeneRule = z.infer<typeof GeneRule>

export const GENE_RULE_PACK = 'pgx-gene-rules'

/** Rules of every gene Garrod knows, by gene, in alphabetical order. */
export function geneRules(facts: Facts): ReadonlyMap<string, GeneRule> {
  return facts.derived(GENE_RULE_PACK, () => {
    const rows = z.array(GeneRule).parse(JSON.parse(facts.pack(GENE_RULE_PACK).text('genes.json')))
    return new Map(rows.map((row) => [row.gene, row]))
  })
}
