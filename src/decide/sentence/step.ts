import type { Action } from '../../knowledge/guideline/guideline-rule.ts'
import { type Brevity, clausesOf } from './clause.ts'
import type { CodeWords } from './code-words.ts'
import { type Setting, settingOf } from './condition.ts'

/** One action with its conditions in words. */
export interface Part {
  readonly action: Action
  readonly setting: Setting
}

/** Consecutive actions that share the outermost condition. */
export interface Step {
  readonly lead: string
  readonly parts: readonly Part[]
}

/** Splits a recommendation at its outermost conditions. An unconditional "or" stays with what it is an option to. */
export function stepsOf(actions: readonly Action[], words: CodeWords): Step[] {
  const steps: { lead: string; parts: Part[] }[] = []
  for (const action of actions) {
    const setting = settingOf(words, action.condition ?? [])
    const lead = setting.lead[0] ?? ''
    const last = steps[steps.length - 1]
    if (last !== undefined && (last.lead === lead || (setting.option !== undefined && lead === '')))
      last.parts.push({ action, setting })
    else steps.push({ lead, parts: [{ action, setting }] })
  }
  return steps
}

/**
 * One step as sentences without capital and full stop: one when it is simple, several when an inner condition governs more
 * than two clauses; none when all of it is background. Throws CODE_WITHOUT_WORDS.
 */
export function stepSentences(step: Step, drug: string, words: CodeWords, brief?: Brevity): string[] {
  const sentences: { lead: string; texts: string[] }[] = []
  const open = (lead: string): string[] => {
    const last = sentences[sentences.length - 1]
    if (last !== undefined && last.lead === lead) return last.texts
    sentences.push({ lead, texts: [] })
    return sentences[sentences.length - 1]!.texts
  }
  const groups = grouped(step)
  for (const { inner, parts } of groups) {
    const clauses = clauseTexts(parts, drug, words, brief)
    if (clauses.length === 0) continue
    const whole = nested(step.lead, inner)
    if (inner === '') open(step.lead).push(...clauses)
    else if (clauses.length > 2 || groups.length === 1) open(whole).push(...clauses)
    else open(step.lead).push(`${inner}, ${clauses.join(' and ')}`)
  }
  return sentences.map(({ lead, texts }) => {
    const text = texts.join('; ')
    return lead === '' ? text : `${lead}${texts.length > 1 || text.includes(';') ? ':' : ','} ${text}`
  })
}

/** Two conditions in one phrase: "if needed and if tolerated", "for pain, if no alternative is possible". */
function nested(outer: string, inner: string): string {
  if (outer === '' || inner === '') return `${outer}${inner}`
  return `${outer}${outer.startsWith('if ') && inner.startsWith('if ') ? ' and ' : ', '}${inner}`
}

/** Parts of a step under the same inner conditions, in order. */
function grouped(step: Step): { inner: string; parts: Part[] }[] {
  const groups: { inner: string; parts: Part[] }[] = []
  for (const part of step.parts) {
    const inner = part.setting.lead.slice(1).reduce(nested, '')
    const last = groups[groups.length - 1]
    const stays = part.setting.option !== undefined && part.setting.lead.length === 0
    if (last !== undefined && (last.inner === inner || stays)) last.parts.push(part)
    else groups.push({ inner, parts: [part] })
  }
  return groups
}

const LIMIT = 'do not exceed '

/** The clauses of a group; an option or a second limit is joined to the clause before it. */
function clauseTexts(parts: readonly Part[], drug: string, words: CodeWords, brief?: Brevity): string[] {
  const texts: string[] = []
  for (const { action, setting } of parts) {
    const [first, ...more] = clausesOf(action, drug, words, brief)
    if (first === undefined) continue
    const said = setting.form === '' ? first : `${first} ${setting.form}`
    const before = texts[texts.length - 1]
    if (before !== undefined && isLimit(said) && isLimit(before) && setting.option !== 'and/or')
      texts[texts.length - 1] = `${withoutSameShare(before, said)} or ${said.slice(LIMIT.length)}`
    else if (before !== undefined && setting.option !== undefined)
      texts[texts.length - 1] = `${before}${/[,;]/.test(before) ? ';' : ','} ${setting.option} ${said}`
    else texts.push(said)
    texts.push(...more)
  }
  return texts
}

function isLimit(text: string): boolean {
  return text.startsWith(LIMIT)
}

/** "10 mg/day (68–75% of …) or 300 mg/month (68–75% of …)" says the share once. */
function withoutSameShare(text: string, next: string): string {
  const share = /\([^()]*standard[^()]*dose\)/.exec(next)?.[0]
  return share === undefined ? text : text.replace(` ${share}`, '')
}
