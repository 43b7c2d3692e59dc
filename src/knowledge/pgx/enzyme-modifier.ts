import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with inhibitors and inducers of drug-metabolizing enzymes. */
export const ENZYME_MODIFIER_PACK = 'enzyme-modifiers'

const Strength = z.enum(['strong', 'moderate', 'weak', 'unknown'])
export type ModifierStrength = z.infer<typeof Strength>

/** One phenotype of an activity score gene: from and to include their number, above and below do not. */
const ScoreRange = z.strictObject({
  phenotype: z.string(),
  from: z.number().optional(),
  above: z.number().optional(),
  to: z.number().optional(),
  below: z.number().optional(),
})

/** How an inhibitor changes what a gene predicts. */
const ConversionRule = z.discriminatedUnion('by', [
  z.strictObject({
    gene: z.string(),
    by: z.literal('activityScore'),
    /** What the activity score is multiplied with, by strength of the inhibitor. */
    factor: z.strictObject({ strong: z.number(), moderate: z.number(), weak: z.number() }),
    /** Distance of two scores that recommendations are looked up by. */
    bin: z.number().positive(),
    phenotypes: z.array(ScoreRange).min(1),
    rounding: z.string(),
    basis: z.string(),
  }),
  z.strictObject({
    gene: z.string(),
    by: z.literal('phenotype'),
    /** Phenotypes from most to least active; a moderate inhibitor goes `steps` further down. */
    ladders: z.array(z.array(z.string()).min(1)).min(1),
    steps: z.strictObject({ strong: z.literal('to-the-end'), moderate: z.number(), weak: z.number() }),
    /** Where a strong inhibitor ends, on every ladder. */
    strongEndsAt: z.string(),
    basis: z.string(),
  }),
])
export type ConversionRule = z.infer<typeof ConversionRule>
export type ScoreRule = Extract<ConversionRule, { by: 'activityScore' }>
export type LadderRule = Extract<ConversionRule, { by: 'phenotype' }>

const Rules = z.strictObject({
  /** Enzyme families of the lists, and the genes that stand for them. */
  enzymes: z.record(z.string(), z.array(z.string())),
  genes: z.array(ConversionRule),
})

/** What one source says of one drug and one gene's enzyme. */
export interface EnzymeModifier {
  readonly gene: string
  /** As the source writes it; a family such as CYP3A stands for several genes. */
  readonly enzyme: string
  /** Lower-case generic name. */
  readonly drug: string
  readonly role: 'inhibitor' | 'inducer'
  readonly strength: ModifierStrength
  readonly source: { readonly name: string; readonly url: string }
}

/** All inhibitors and inducers, and the rules of phenoconversion. */
export interface EnzymeModifiers {
  readonly pack: PackRef
  /** Every statement about a drug and a gene; sources that disagree stand side by side. */
  of(drug: string, gene: string): readonly EnzymeModifier[]
  ruleOf(gene: string): ConversionRule | undefined
  /** Genes whose enzyme some drug changes. */
  readonly genes: readonly string[]
}

export function enzymeModifiers(facts: Facts): EnzymeModifiers {
  return facts.derived(ENZYME_MODIFIER_PACK, () => {
    const pack = facts.pack(ENZYME_MODIFIER_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const rules = Rules.parse(JSON.parse(pack.text('rules.json')))
    const sources = new Map(rows('sources.tsv', ['id', 'name', 'url']).map((row) => [row.id, row]))
    const byKey = new Map<string, EnzymeModifier[]>()
    const genes = new Set<string>()
    for (const row of rows('modifiers.tsv', ['enzyme', 'drug', 'role', 'strength', 'source'])) {
      const source = sources.get(row.source)
      if (source === undefined) throw new Error(`${pack.folder}/modifiers.tsv: no source "${row.source}"`)
      for (const gene of rules.enzymes[row.enzyme] ?? [row.enzyme]) {
        genes.add(gene)
        const key = `${row.drug}\t${gene}`
        byKey.set(key, [
          ...(byKey.get(key) ?? []),
          {
            gene,
            enzyme: row.enzyme,
            drug: row.drug,
            role: z.enum(['inhibitor', 'inducer']).parse(row.role),
            strength: Strength.parse(row.strength),
            source: { name: source.name, url: source.url },
          },
        ])
      }
    }
    return {
      pack: pack.ref,
      of: (drug, gene) => byKey.get(`${drug}\t${gene}`) ?? [],
      ruleOf: (gene) => rules.genes.find((rule) => rule.gene === gene),
      genes: [...genes].sort(),
    }
  })
}
