import type { DrugAdvice, Plan } from '../../decide/plan.ts'

/** Drugs whose advice two plans of one person do not share, by name. What only explains the advice does not count. */
export function changedAdvice(before: Plan, after: Plan): readonly string[] {
  const [old, now] = [adviceOf(before), adviceOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter((drug) => old.get(drug) !== now.get(drug)).sort()
}

function adviceOf({ drugs, interactions }: Plan): ReadonlyMap<string, string> {
  const advice = new Map(drugs.map((one) => [one.drug.name, [coreOf(one)]]))
  for (const { affected, by, gene, severity } of interactions) {
    advice.set(affected.name, [
      ...(advice.get(affected.name) ?? []),
      JSON.stringify([by.name, gene, severity]),
    ])
  }
  return new Map([...advice].map(([drug, parts]) => [drug, parts.sort().join()]))
}

/** What a prescriber would do. */
function coreOf({ severity, state, recommendations, dose }: DrugAdvice): string {
  return JSON.stringify([
    severity,
    state,
    recommendations
      .map(({ source, applies, strength, actions, doThis }) => [source, applies, strength, actions, doThis])
      .map((one) => JSON.stringify(one))
      .sort(),
    dose.map((one) => (one.known ? [one.equation, one.value, one.unit] : [one.equation, one.missing])),
  ])
}
