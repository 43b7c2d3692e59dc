import type { LabResult } from '../../record/candidate.ts'
import { type Comparison, holds } from './comparison.ts'
import type { LabLeaf } from './criterion.ts'
import { daysBetween } from './days.ts'
import { inUnit } from './lab-unit.ts'
import { missing, onValue, type Ruling } from './ruling.ts'

/**
 * Rules on the newest result. Unknown where it is too old or undated for the window that is asked for, lacks the limit of
 * normal, has a unit that nobody can turn into the one asked for, or where results of one day contradict each other.
 */
export function judgeLab(leaf: LabLeaf, labs: readonly LabResult[], today: string): Ruling {
  const wanted = spelt(leaf.test)
  const results = labs.filter(({ test }) => spelt(test) === wanted)
  const dates = results.flatMap(({ date }) => date ?? []).sort()
  const newest = dates.at(-1)
  const current = results.filter(({ date }) => date === newest)
  const [first] = current
  if (first === undefined) return missing('lab', `no result of ${leaf.test} is reported`)
  if (leaf.withinDays !== undefined) {
    if (newest === undefined) return missing('lab', `the result of ${leaf.test} has no date`)
    const age = daysBetween(newest, today)
    if (age > leaf.withinDays) return missing('lab', `the newest ${leaf.test} is ${age} days old`)
    if (age < 0) return missing('lab', `the ${leaf.test} is dated after today, ${newest}`)
  }
  const ruled = current.map((one) => ruleOne(leaf, one))
  const open = ruled.find(({ verdict }) => verdict === 1)
  if (open !== undefined) return open
  return ruled.every(({ verdict }) => verdict === ruled[0]!.verdict)
    ? ruled[0]!
    : missing('lab', `results of ${leaf.test} contradict: ${current.map(({ value }) => value).join(' and ')}`)
}

/** "Haemoglobin" and "hemoglobin" are one test. */
function spelt(test: string): string {
  return test.trim().toLowerCase().replaceAll('haem', 'hem').replaceAll('leuco', 'leuko')
}

function ruleOne({ test, comparison, value, unit }: LabLeaf, result: LabResult): Ruling {
  const shown = `${result.beyond ?? ''}${result.value} ${result.unit}`.trim()
  const rule = (limit: number, words: string, read: LabResult = result): Ruling => {
    const yes =
      read.beyond === undefined ? holds(read.value, comparison, limit) : beyond(read, comparison, limit)
    return yes === undefined
      ? missing('lab', `${test} is reported only as ${shown}`)
      : onValue(yes, test, words)
  }
  if (unit.toUpperCase() === 'ULN') {
    return result.upperLimit === undefined
      ? missing('lab', `the laboratory gave no upper limit of normal for ${test}`)
      : rule(value * result.upperLimit, `${shown}, limit ${result.upperLimit}`)
  }
  const converted = unit === result.unit ? undefined : inUnit(test, result.value, result.unit, unit, value)
  if (converted !== undefined)
    return rule(value, `${shown}, which is ${Number(converted.toPrecision(4))} ${unit}`, {
      ...result,
      value: converted,
    })
  if (unit !== result.unit)
    return missing('lab', `${test} is asked for in ${unit || 'no unit'} and reported as ${shown}`)
  return rule(value, shown)
}

/** Whether everything beyond a reported limit holds; undefined where a part of it does. */
function beyond(result: LabResult, comparison: Comparison, limit: number): boolean | undefined {
  const below = result.beyond === '<' || result.beyond === '<='
  const end = holds(result.value, comparison, limit)
  if (comparison === '==') {
    const out = below ? limit > result.value : limit < result.value
    return out ? false : undefined
  }
  const wantsBelow = comparison === '<' || comparison === '<='
  if (below === wantsBelow)
    return end || (result.value === limit && result.beyond!.length === 1) ? true : undefined
  return end ? undefined : false
}
