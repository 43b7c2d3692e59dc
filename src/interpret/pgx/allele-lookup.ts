import type { FunctionRecord, PhenotypeTables } from '../../knowledge/pgx/allele-function.ts'
import type { GeneRule } from '../../knowledge/pgx/gene-rule.ts'

/** Finds the function record of an allele as laboratories write it. */
export interface AlleleLookup {
  /** The record, or undefined when the allele is not in the table. */
  find(allele: string): FunctionRecord | undefined
}

/**
 * Looks an allele up under its own name, then without sub-allele ("*4.001" is a *4), then with its copy number as the
 * table writes it ("*1x7" is "*1x≥3" where the rule says that three or more copies share a record, "*1x1" is "*1"), then
 * as a tandem in any order and spacing ("*10+*36" is "*36 + *10", "*36+*36+*10" is "*36x2 + *10"), then with the prefix
 * of mitochondrial variants ("1555A>G" is "m.1555A>G"), then by a part of a name that has several ("*2A" and
 * "c.1905+1G>A" are "c.1905+1G>A (*2A)", "Mediterranean" is "Mediterranean, Dallas, ..."), or as laboratories also call it.
 */
export function alleleLookup(rule: GeneRule, tables: PhenotypeTables): AlleleLookup {
  const find = (name: string) => tables.functionOf(rule.gene, name)
  const parts = partsOf(tables.allelesOf(rule.gene))
  const tandems = tandemsOf(tables.allelesOf(rule.gene))
  return {
    find(allele) {
      const trimmed = allele.trim()
      const plain = trimmed.replace(/(\*\d+)\.\d+/g, '$1')
      return (
        find(trimmed) ??
        find(plain) ??
        find(copyNumber(rule, plain)) ??
        tandems.get(unitsOf(plain) ?? '') ??
        find(`m.${trimmed}`) ??
        find(rule.alsoCalled[plain] ?? '') ??
        parts.get(trimmed)
      )
    },
  }
}

/** Alleles that stand in a row on one chromosome, by the units that they have. */
function tandemsOf(alleles: readonly FunctionRecord[]): ReadonlyMap<string, FunctionRecord> {
  return new Map(
    alleles.flatMap((one) => {
      const units = unitsOf(one.allele)
      return units === undefined ? [] : [[units, one] as const]
    }),
  )
}

/** "*36x2 + *10" is "*10 *36 *36"; undefined of what is no tandem of star alleles. */
function unitsOf(allele: string): string | undefined {
  const parts = allele.split('+').map((part) => /^(\*\d+)(?:\s*x(\d))?$/.exec(part.trim()))
  if (parts.length < 2 || parts.includes(null)) return undefined
  return parts
    .flatMap((part) => Array.from({ length: Number(part![2] ?? 1) }, () => part![1]!))
    .sort()
    .join(' ')
}

function copyNumber(rule: GeneRule, allele: string): string {
  const match = /^(\*\d+)\s*x\s*(\d+|≥\s*3|>=\s*3)$/i.exec(allele)
  if (match === null) return allele
  const base = match[1]!
  const copies = match[2]!
  if (Number(copies) === 1) return base
  const atLeast3 = !/^\d/.test(copies) || Number(copies) >= 3
  if (!atLeast3) return `${base}x${copies}`
  return rule.copyNumberAtLeast3.includes(base) ? `${base}x≥3` : allele
}

/**
 * Alleles by each part of a name such as "c.1129-5923C>G, c.1236G>A (HapB3)", where one allele alone has it. A gene whose alleles
 * have star names beside others calls its reference *1.
 */
function partsOf(alleles: readonly FunctionRecord[]): ReadonlyMap<string, FunctionRecord> {
  const found = new Map<string, FunctionRecord | undefined>()
  const add = (part: string, one: FunctionRecord) => found.set(part, found.has(part) ? undefined : one)
  for (const one of alleles) {
    const [, names, other] = /^(.+) \(([^()]+)\)$/.exec(one.allele) ?? [undefined, one.allele, undefined]
    const several = names!.split(', ')
    if (other === undefined && several.length === 1) continue
    for (const part of other === undefined ? several : [...several, other]) add(part, one)
  }
  // What is an allele of its own is never another one's part.
  for (const one of alleles) found.delete(one.allele)
  const reference = alleles.find(({ allele }) => allele === 'Reference')
  if (reference !== undefined && [...found.keys()].some((part) => part.startsWith('*'))) add('*1', reference)
  return new Map([...found].flatMap(([part, one]) => (one === undefined ? [] : [[part, one] as const])))
}
