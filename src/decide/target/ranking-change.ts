import type { TargetOption, TargetRanking } from './option.ts'

/** What a ranking loses, gains and moves when a fact is taken away or added, each with its reason. Same ranking: empty. */
export function rankingChanges(before: TargetRanking, after: TargetRanking): readonly string[] {
  const changes: string[] = []
  const now = new Map(after.options.map((one, place) => [one.id, { one, place }]))
  const open = new Map(after.open.map((one) => [one.id, one]))
  const excluded = new Map(after.excluded.map((one) => [one.id, one]))
  for (const [place, one] of before.options.entries()) {
    const there = now.get(one.id)
    if (there === undefined)
      changes.push(`${nameOf(one)}: was ${place + 1}, ${whyGone(one.id, open, excluded)}`)
    else {
      const reasons = differences(one, there.one)
      if (reasons.length > 0)
        changes.push(
          `${nameOf(one)}: ${there.place === place ? `stays ${place + 1}` : `from ${place + 1} to ${there.place + 1}`}; ${reasons.join('; ')}`,
        )
    }
  }
  const had = new Set(before.options.map(({ id }) => id))
  for (const [place, one] of after.options.entries())
    if (!had.has(one.id)) changes.push(`${nameOf(one)}: new, ${place + 1}; ${one.for.join('; ')}`)
  return changes
}

function whyGone(
  id: string,
  open: ReadonlyMap<string, TargetOption>,
  excluded: ReadonlyMap<string, { readonly because: readonly string[] }>,
): string {
  const held = open.get(id)
  if (held !== undefined) return `now open: ${held.missing.join('; ')}`
  return `now gone: ${[...new Set(excluded.get(id)?.because ?? ['the biomarker is no longer met'])].join('; ')}`
}

function differences(before: TargetOption, after: TargetOption): readonly string[] {
  const told = (which: 'for' | 'against', sign: string) => [
    ...before[which].filter((one) => !after[which].includes(one)).map((one) => `no longer ${sign}: ${one}`),
    ...after[which].filter((one) => !before[which].includes(one)).map((one) => `now ${sign}: ${one}`),
  ]
  // Which of several results meets the biomarker is not what ranks.
  return [...told('for', 'for'), ...told('against', 'against')].filter(
    (one) => !one.includes('biomarker met:'),
  )
}

function nameOf({ drug, id }: TargetOption): string {
  return `${drug} (${id})`
}
