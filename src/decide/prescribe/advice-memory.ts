import { createHash } from 'node:crypto'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { DrugAdvice } from '../plan.ts'
import type { ListedDrug } from './medication.ts'
import type { Prescribing } from './prescribe.ts'

/** Beyond this many the memory starts anew: a cohort has few different results, an endless stream must not fill it. */
const MOST_KEPT = 5_000

/** Remembers advice on a drug for people with equal results of its genes. */
type AdviceMemory = (
  listed: ListedDrug,
  status: DrugAdvice['status'],
  genes: readonly string[],
  make: () => DrugAdvice,
) => DrugAdvice

/**
 * Advice is a function of the drug, the results of its genes and what is known of the person, and in a cohort the same
 * results come again and again. What names or explains a sample (its name, the reasons of a call) is no part of advice.
 */
export function adviceMemory(facts: Facts, { findings, person }: Prescribing): AdviceMemory {
  const kept = facts.derived('advice-memory', () => new Map<string, DrugAdvice>())
  const about = JSON.stringify(person)
  const results = new Map<string, string>()
  const resultOf = (gene: string): string => {
    const known = results.get(gene)
    if (known !== undefined) return known
    // A digest instead of the result itself: with many gaps a result is long, and keys outlive the person.
    const digest = createHash('sha256')
      .update(JSON.stringify(adviceRelevant(findings.get(gene))))
      .digest('base64')
    results.set(gene, digest)
    return digest
  }
  return (listed, status, genes, make) => {
    const key = [listed.drug.name, status, listed.exposure ?? '', about, ...genes.map(resultOf)].join('\n')
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make()
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, made)
    return made
  }
}

function adviceRelevant(finding: PgxFinding | undefined): unknown {
  if (finding === undefined) return null
  const { sample: _sample, why: _why, facts: _facts, ...rest } = finding
  return rest
}
