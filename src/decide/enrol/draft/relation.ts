import type {
  EligibilityVariable,
  EligibilityVariables,
} from '../../../knowledge/trials/eligibility-variables.ts'
import { boundsAt, type TextBound } from './bound.ts'

/** Variables and what bounds them, as a text says it: "ALT and AST ≤ 2.5 x ULN" is one relation of two variables. */
export interface Relation {
  readonly variables: readonly EligibilityVariable[]
  readonly bounds: readonly TextBound[]
  /** Characters of the text from the variable's name to the end of the last bound: [start, end). */
  readonly start: number
  readonly end: number
}

interface Named {
  readonly variable: EligibilityVariable
  readonly start: number
  readonly end: number
}

/** What may stand between a variable and its bound. */
const BETWEEN =
  /^(?:[\s:,()=–—*-]|levels?\b|counts?\b|values?\b|scores?\b|status\b|concentrations?\b|results?\b|performance\b|ps\b|grade\b|class\b|index\b|ratio\b|of\b|is\b|are\b|was\b|must\b|should\b|be\b|has\b|have\b|to\b|with\b|who\b|an?\b|the\b|in\b|on\b|at\b|by\b|range[sd]?\b|calculated\b|measured\b|documented\b|screening\b|baseline\b|fasting\b|total\b|serum\b|resting\b|men\b|women\b|patients?\b|subjects?\b|participants?\b|lab values?\b|cockcroft[- ]gault\b|formula\b|equation\b|time\b|equal\b|room air\b|defined as\b|years?\b)/i
const MOST_BETWEEN = 14
/** What joins variables that share a bound: "ALT and AST", "AST (SGOT)/ALT (SGPT)". */
const JOINS = /^[\s,/()[\]&-]*(?:and\/or|and|or|both)?[\s(/]*$/i
/** A number of years that is an age though nobody says so. */
const PERSONS =
  /\b(?:adults?|males?|females?|men|women|patients?|subjects?|participants?|children|individuals|volunteers|persons|people|aged?|ages)\b[^.;:]{0,30}$/i
const OF_AGE = /^\s*(?:(?:of age|old|age\b)|(?:\)?\s*$))/i
const NO_AGE =
  /^\s*(?:prior|before|ago|since|after|from|post|earlier|of (?:the|treatment|therapy|follow)|history|disease|without|free)/i
const MOST_CHARACTERS = 20_000

/** Every variable of a text that is bounded by a number, in order. Whatever else stands there is left to others. */
export function relations(whole: string, variables: EligibilityVariables): readonly Relation[] {
  const text = whole.slice(0, MOST_CHARACTERS)
  const found: Relation[] = []
  for (const group of groupsOf(text, variables)) {
    const last = group.at(-1)!
    const behind = boundsAfter(text, last.end)
    const bounds =
      behind.length === 0 && last.variable.kind === 'lines' ? boundsBefore(text, last.start) : behind
    if (bounds.length === 0 || bounds.some(({ unit }) => unit === undefined)) continue
    const start = Math.min(group[0]!.start, bounds[0]!.start)
    const end = Math.max(last.end, bounds.at(-1)!.end)
    found.push({ variables: [...new Set(group.map(({ variable }) => variable))], bounds, start, end })
  }
  return [...found, ...unnamedAges(text, found, variables)].sort((a, b) => a.start - b.start)
}

const PATTERNS = new WeakMap<EligibilityVariables, RegExp>()

function patternOf(variables: EligibilityVariables): RegExp {
  const kept = PATTERNS.get(variables)
  if (kept !== undefined) return kept
  const names = [...variables.keys()].sort((a, b) => b.length - a.length)
  const sources = names.map((name) =>
    name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', String.raw`\s+`),
  )
  const pattern = new RegExp(`(?<![A-Za-z0-9-])(?:${sources.join('|')})(?![A-Za-z0-9])`, 'gi')
  PATTERNS.set(variables, pattern)
  return pattern
}

/** Names of variables; those that share a bound together. */
function groupsOf(text: string, variables: EligibilityVariables): readonly (readonly Named[])[] {
  const groups: Named[][] = []
  for (const { 0: name, index } of text.matchAll(patternOf(variables))) {
    const plain = name.replace(/\s+/g, ' ')
    // Where capitals tell two things apart, "eGFR" and the gene EGFR, only the name as it is listed counts.
    const variable =
      variables.get(plain) ??
      (CASED.has(plain.toLowerCase()) ? undefined : variables.get(plain.toLowerCase()))
    if (variable === undefined) continue
    const one = { variable, start: index, end: index + name.length }
    const before = groups.at(-1)
    const last = before?.at(-1)
    if (last !== undefined && sharesBound(last.variable, variable, text.slice(last.end, index))) {
      if (last.variable === variable) before![before!.length - 1] = { ...last, end: one.end }
      else before!.push(one)
    } else groups.push([one])
  }
  return groups
}
/** "ALT and AST", "INR/PT"; never "18 years of age, ECOG 0-1": a bound of both is one of things that are measured alike. */
function sharesBound(one: EligibilityVariable, other: EligibilityVariable, gap: string): boolean {
  if (!JOINS.test(gap)) return false
  if (one === other) return true
  return one.kind === 'lab' && other.kind === 'lab' && (one.unit === other.unit || /[/a-z]/i.test(gap))
}
const CASED: ReadonlySet<string> = new Set(['egfr'])

function boundsAfter(text: string, from: number): readonly TextBound[] {
  let at = from
  for (let i = 0; i < MOST_BETWEEN; i++) {
    const bounds = boundsAt(text, at)
    if (bounds.length > 0) return bounds
    const next = BETWEEN.exec(text.slice(at, at + 40))
    if (next === null) break
    at += next[0].length
  }
  return gradesAt(text, at)
}

/** "at most 2 prior lines" */
function boundsBefore(text: string, to: number): readonly TextBound[] {
  const from = Math.max(0, to - 40)
  for (let at = from; at < to; at++) {
    if (at > 0 && /[\w>≥<≤]/.test(text[at - 1]!)) continue
    const bounds = boundsAt(text, at)
    if (bounds.length > 0 && text.slice(bounds.at(-1)!.end, to).trim() === '') return bounds
  }
  return []
}

/** "ECOG 0, 1 or 2", "ECOG of 1": a list of whole numbers stands for its ends. */
function gradesAt(text: string, at: number): readonly TextBound[] {
  const match = /^([0-4])((?:\s*,\s*(?:or\s+)?[0-4]|\s+(?:or|and)\s+[0-4]){1,4})(?![\d.])/.exec(
    text.slice(at, at + 40),
  )
  if (match === null) return []
  const grades = match[0].match(/\d/g)!.map(Number)
  const span = { unit: '', start: at, end: at + match[0].length }
  return [
    { ...span, comparison: '>=', value: Math.min(...grades) },
    { ...span, comparison: '<=', value: Math.max(...grades) },
  ]
}

/** "≥ 18 years of age", "Adults 18 years or older", "18-75 years old". */
function unnamedAges(
  text: string,
  found: readonly Relation[],
  variables: EligibilityVariables,
): readonly Relation[] {
  const variable = variables.get('age')
  if (variable === undefined || found.some((one) => one.variables.includes(variable))) return []
  for (const { index } of text.matchAll(
    /(?<![\d.A-Za-z])(?:\d|[<>≥≤=]|at least|no (?:less|more|younger|older)|between|from|over|under|older|younger|greater|less|up to)/gi,
  )) {
    const bounds = boundsAt(text, index)
    const last = bounds.at(-1)
    if (last === undefined || !/^(?:years?|yrs?|months?)$/i.test(last.unit ?? '')) continue
    const after = text.slice(last.end, last.end + 40)
    if (NO_AGE.test(after)) continue
    const behind = /(?:of age|old|older|younger)/i.test(text.slice(last.start, last.end))
    const before = text.slice(Math.max(0, index - 60), index)
    if (
      behind ||
      /^\s*(?:\)\s*)?(?:of age|old|age\b)/i.test(after) ||
      (PERSONS.test(before) && OF_AGE.test(after))
    )
      return [{ variables: [variable], bounds, start: index, end: last.end }]
  }
  return []
}
