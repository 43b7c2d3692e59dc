import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the list of secondary findings. */
const ACMG_SF_PACK = 'acmg-sf'

const Report = z.enum(['any', 'two', 'two-or-hemizygous', 'hfe-c282y-homozygous', 'truncating'])
export type SecondaryRule = z.infer<typeof Report>

/** One gene and disease of the list, and what of it is reported. */
export interface SecondaryDisease {
  readonly gene: string
  readonly disease: string
  readonly mondo: string
  /** "AD", "AR", "XL", "SD". */
  readonly inheritance: string
  readonly report: SecondaryRule
}

export interface SecondaryList {
  readonly pack: PackRef
  readonly genes: ReadonlySet<string>
  of(gene: string): readonly SecondaryDisease[]
  /** Of a gene whose diseases of the list are no loss of function: what loss does instead, and who says so. */
  notByLoss(gene: string): { readonly instead: string; readonly source: string } | undefined
  /** What a rule reports, in a sentence. */
  rule(rule: SecondaryRule): string
  /** The rule that asks for this very variant ("GRCh38 chr6:26092913 G>A"), and its gene. */
  named(
    key: string,
  ): { readonly rule: SecondaryRule; readonly name: string; readonly gene: string } | undefined
}

/** How the variants of a rule are named: assembly, chromosome, 1-based position, bases. */
export function secondaryKey(one: {
  readonly assembly: string
  readonly chromosome: string
  readonly position: number
  readonly ref: string
  readonly alt: string
}): string {
  return `${one.assembly} ${one.chromosome}:${one.position} ${one.ref}>${one.alt}`
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING; a row that cannot be read is a defect of the pack and throws plainly. */
export function secondaryList(facts: Facts): SecondaryList {
  return facts.derived(ACMG_SF_PACK, () => {
    const pack = facts.pack(ACMG_SF_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const diseases = rows('diseases.tsv', ['gene', 'disease', 'mondo', 'inheritance', 'report']).map(
      (row): SecondaryDisease => ({ ...row, report: Report.parse(row.report) }),
    )
    const byGene = Map.groupBy(diseases, ({ gene }) => gene)
    const words = new Map(
      rows('rules.tsv', ['rule', 'what is reported']).map((row) => [row.rule, row['what is reported']]),
    )
    const named = new Map(
      rows('variants.tsv', ['rule', 'assembly', 'chromosome', 'position', 'ref', 'alt', 'name']).map(
        (row) => {
          const rule = Report.parse(row.rule)
          const gene = diseases.find(({ report }) => report === rule)?.gene
          if (gene === undefined)
            throw new Error(`${pack.folder}/variants.tsv: no gene with the rule "${rule}"`)
          return [secondaryKey({ ...row, position: Number(row.position) }), { rule, name: row.name, gene }]
        },
      ),
    )
    const notByLoss = new Map(
      rows('not-by-loss.tsv', ['gene', 'what loss does instead', 'source']).map((row) => [
        row.gene,
        { instead: row['what loss does instead'], source: row.source },
      ]),
    )
    return {
      pack: pack.ref,
      genes: new Set(byGene.keys()),
      of: (gene) => byGene.get(gene) ?? [],
      notByLoss: (gene) => notByLoss.get(gene),
      rule(rule) {
        const found = words.get(rule)
        if (found === undefined) throw new Error(`${pack.folder}/rules.tsv: no rule "${rule}"`)
        return found
      },
      named: (key) => named.get(key),
    }
  })
}
