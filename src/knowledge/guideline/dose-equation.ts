import * as z from 'zod'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with the published ways to estimate a warfarin dose. */
export const WARFARIN_PACK = 'warfarin'

/** One summand: a number times its coefficient, or the coefficient of a named state. */
const Term = z.union([
  z.strictObject({ input: z.string(), per: z.number() }),
  z.strictObject({ input: z.string(), is: z.record(z.string(), z.number()) }),
])
export type Term = z.infer<typeof Term>

/** A published regression: intercept plus terms, then squared or exponentiated. */
export const DoseEquation = z.strictObject({
  id: z.string(),
  title: z.string(),
  publication: z.string(),
  year: z.number().int(),
  pmid: z.string().regex(/^\d+$/),
  url: z.url(),
  unit: z.enum(['mg/week', 'mg/day']),
  result: z.enum(['square', 'exponential']),
  intercept: z.number(),
  terms: z.array(Term).min(1),
  /** Where each coefficient was found again. */
  checkedAgainst: z.array(z.string()).min(2),
})
export type DoseEquation = z.infer<typeof DoseEquation>

const Range = z.strictObject({ from: z.number(), to: z.number() })

/** What the equations' inputs mean. */
const WarfarinInputs = z.strictObject({
  /** Years. */
  adultFrom: z.number(),
  /** Limits beyond which an input is taken for a slip, such as metres sent as centimetres. */
  plausible: z.record(z.string(), z.strictObject({ from: z.number(), to: z.number(), unit: z.string() })),
  /** Square metres = factor x weight(kg)^weightPower x height(cm)^heightPower. */
  bodySurface: z.strictObject({
    factor: z.number(),
    weightPower: z.number(),
    heightPower: z.number(),
    name: z.string(),
  }),
  enzymeInducers: z.array(z.string()),
  amiodarone: z.array(z.string()),
  venousThromboembolism: z.string(),
  vkorc1: z.record(z.string(), z.string()),
  normalFunction: z.string(),
})
export type WarfarinInputs = z.infer<typeof WarfarinInputs>

/** How CPIC 2017 changes an equation's result. */
const CpicChanges = z.strictObject({
  title: z.string(),
  version: z.string(),
  pmid: z.string(),
  url: z.url(),
  cyp2c9African: z.strictObject({
    alleles: z.array(z.string()),
    decreasePercent: Range,
    decreasePercentTwo: Range,
    mustBeTestedIn: z.string(),
  }),
  rs12777823: z.strictObject({
    locus: z.string(),
    allele: z.string(),
    in: z.string(),
    decreasePercent: Range,
  }),
  cyp4f2: z.strictObject({
    alleles: z.array(z.string()),
    rsid: z.string(),
    notIn: z.string(),
    increasePercent: Range,
  }),
  alternativeFor: z.array(z.string()),
})
export type CpicChanges = z.infer<typeof CpicChanges>

/** Expected maintenance dose of one genotype in the US label, mg/day. */
export interface LabelRange {
  readonly vkorc1: string
  readonly cyp2c9: string
  readonly from: number
  readonly to: number
}

export interface WarfarinFacts {
  readonly pack: { readonly id: string; readonly version: string }
  readonly equations: readonly DoseEquation[]
  readonly inputs: WarfarinInputs
  readonly cpic: CpicChanges
  readonly label: readonly LabelRange[]
}

export function warfarinFacts(facts: Facts): WarfarinFacts {
  return facts.derived(WARFARIN_PACK, () => {
    const pack = facts.pack(WARFARIN_PACK)
    const json = (file: string): unknown => JSON.parse(pack.text(file))
    return {
      pack: pack.ref,
      equations: z.array(DoseEquation).parse(json('equations.json')),
      inputs: WarfarinInputs.parse(json('inputs.json')),
      cpic: CpicChanges.parse(json('cpic-2017.json')),
      label: readTable(
        pack.text('label-table.tsv'),
        ['vkorc1', 'cyp2c9', 'from', 'to'],
        `${pack.folder}/label-table.tsv`,
      ).map((row) => ({ ...row, from: Number(row.from), to: Number(row.to) })),
    }
  })
}
