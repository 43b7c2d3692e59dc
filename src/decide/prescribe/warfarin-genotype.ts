import type { PgxFinding } from '../../interpret/finding.ts'
import type { CpicChanges, WarfarinInputs } from '../../knowledge/guideline/dose-equation.ts'
import { missingPositions } from './gene-state.ts'

/** A genotype as the equations take it, or why there is none. */
export type Genotype =
  | { readonly known: true; readonly value: string; readonly said: string; readonly notes: readonly string[] }
  | { readonly known: false; readonly missing: string }

/** CYP2C9 also says which alleles of African ancestry it carries; the equations do not know them and count them as *1. */
export type Cyp2c9 = Genotype & { readonly african: readonly string[]; readonly africanTested: boolean }

/** VKORC1 -1639 as GG, AG or AA. */
export function vkorc1Of(finding: PgxFinding | undefined, inputs: WarfarinInputs): Genotype {
  const found = new Set((finding?.lookup ?? []).map((call) => inputs.vkorc1[call.phenotype ?? '']))
  const [value] = found
  if (found.size !== 1 || value === undefined) {
    return { known: false, missing: `VKORC1 -1639G>A${missingPositions(finding)}` }
  }
  return { known: true, value, said: `-1639 ${value}`, notes: [] }
}

/**
 * CYP2C9 as a pair of *1, *2 and *3. Alleles of normal function count as *1, and so do the alleles that CPIC 2017 treats
 * by a percentage (*5, *6, *8, *11). Refused: another allele, several pairs that fit, or a *2 or *3 that a position not
 * seen could hide.
 */
export function cyp2c9Of(
  finding: PgxFinding | undefined,
  inputs: WarfarinInputs,
  cpic: CpicChanges['cyp2c9African'],
): Cyp2c9 {
  const refuse = (why: string): Cyp2c9 => ({
    known: false,
    missing: `CYP2C9${why}`,
    african: [],
    africanTested: false,
  })
  const calls = finding?.lookup ?? []
  if (finding === undefined || calls.length === 0) return refuse(` *2 and *3${missingPositions(finding)}`)
  const hidden = ['*2', '*3'].filter((allele) => finding.notExcluded.includes(allele))
  if (hidden.length > 0)
    return refuse(` ${hidden.join(' and ')}, not excluded${missingPositions(finding, hidden)}`)
  const pairs = new Set<string>()
  const african: string[][] = []
  const notes: string[] = []
  for (const call of calls) {
    const counted = call.alleles.map((one) => {
      if (['*1', '*2', '*3'].includes(one.allele)) return one.allele
      if (cpic.alleles.includes(one.allele)) return '*1'
      if (one.function !== inputs.normalFunction) return undefined
      notes.push(`CYP2C9 ${one.allele} has normal function and was counted as *1.`)
      return '*1'
    })
    if (counted.length !== 2 || counted.includes(undefined)) {
      return refuse(` ${call.name}, which the equations do not know`)
    }
    pairs.add(counted.sort().join('/'))
    african.push(call.alleles.map((one) => one.allele).filter((allele) => cpic.alleles.includes(allele)))
  }
  const names = calls.map((call) => call.name).join(' or ')
  if (pairs.size > 1 || new Set(african.map((one) => one.sort().join(' '))).size > 1) {
    return refuse(` is not certain: ${names}`)
  }
  const africanTested =
    finding.from === 'genotype' && !cpic.alleles.some((allele) => finding.notExcluded.includes(allele))
  return {
    known: true,
    value: [...pairs][0]!,
    said: names,
    notes: [...new Set(notes)],
    african: african[0] ?? [],
    africanTested: africanTested || (african[0] ?? []).length > 0,
  }
}

/** Whether CYP4F2 carries the variant that CPIC 2017 raises the dose for; undefined when not known. */
export function carriesCyp4f2(
  finding: PgxFinding | undefined,
  rule: CpicChanges['cyp4f2'],
): boolean | undefined {
  const calls = finding?.lookup ?? []
  if (finding === undefined || calls.length === 0) return undefined
  if (rule.alleles.some((allele) => finding.notExcluded.includes(allele))) return undefined
  const carried = calls.map((call) => call.alleles.some((one) => rule.alleles.includes(one.allele)))
  return carried.every((one) => one === carried[0]) ? carried[0] : undefined
}

/** Whether rs12777823 A is carried; undefined when the position was not seen. */
export function carriesRs12777823(
  finding: PgxFinding | undefined,
  rule: CpicChanges['rs12777823'],
): boolean | undefined {
  const seen = finding?.extraPositions.find((one) => one.locus === rule.locus)
  if (seen?.alleles.includes(rule.allele)) return true
  return seen === undefined || seen.alleles.includes('.') ? undefined : false
}
