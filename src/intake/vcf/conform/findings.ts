import type { Minor } from '../model/version.ts'
import { sectionOf } from '../model/version.ts'
import { isOver, type RuleId, ruleOf, weightOf } from './rules.ts'

export type Severity = 'refuse' | 'warn'

export interface Place {
  /** 1-based line of the uncompressed file. */
  readonly line: number
  /** Column of the record ("INFO", or the sample's name), or the kind of meta-information line ("##INFO"). */
  readonly column?: string
  /** Key within the column: "AC", "GT", "Number". */
  readonly field?: string
}

/** One place where a file breaks a rule. */
export interface Break extends Place {
  /** What is wrong, with the value quoted. */
  readonly what: string
}

/** What is known of one rule over the whole file: how often it is broken, and the first places. */
export interface Finding {
  readonly code: RuleId
  readonly severity: Severity
  readonly title: string
  readonly mend: string
  /** What lenient reading takes for granted. */
  readonly assumed: string | undefined
  /** "VCF 4.3 section 1.6.1". */
  readonly section: string
  readonly count: number
  readonly first: readonly Break[]
}

/** Collects findings in constant memory: a count and the first `kept` places of every rule. */
export class Findings {
  readonly #strict: boolean
  readonly #kept: number
  readonly #tallies = new Map<RuleId, { count: number; first: Break[]; severity: Severity }>()
  /** Set by the first line; a file that does not say is read as 4.2. */
  minor: Minor = 2

  constructor(options: { readonly strict: boolean; readonly kept: number }) {
    this.#strict = options.strict
    this.#kept = options.kept
  }

  /** `what` is asked for only when the finding is kept: long files break one rule millions of times. */
  add(rule: RuleId, place: Place, what: () => string): void {
    let tally = this.#tallies.get(rule)
    if (tally === undefined) {
      const weight = weightOf(rule, this.minor)
      const refuse = weight === 'unreadable' || (weight === 'broken' && this.#strict)
      tally = { count: 0, first: [], severity: refuse ? 'refuse' : 'warn' }
      this.#tallies.set(rule, tally)
    }
    tally.count++
    if (tally.first.length < this.#kept) tally.first.push({ ...place, what: what() })
  }

  has(rule: RuleId): boolean {
    return this.#tallies.has(rule)
  }

  get refused(): boolean {
    return [...this.#tallies.values()].some((one) => one.severity === 'refuse')
  }

  /** Refusals first, then by the first line where the rule is broken. */
  tallies(): readonly Finding[] {
    return [...this.#tallies]
      .filter(([id]) => !isOver(id, this.minor))
      .map(([id, tally]) => {
        const { title, mend, assumed, topic } = ruleOf(id)
        return { code: id, title, mend, assumed, section: sectionOf(topic, this.minor), ...tally }
      })
      .sort(
        (a, b) => a.severity.localeCompare(b.severity) || (a.first[0]?.line ?? 0) - (b.first[0]?.line ?? 0),
      )
  }
}

const SHOWN = 60

/** A value as it can be shown in a terminal or a log: in quotes, cut, control characters written out. */
export function shown(text: string): string {
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
  // biome's own rule against control characters is for regular expressions; these are code points.
  const safe = [...cut].map((one) => {
    const code = one.codePointAt(0)!
    return isHidden(code) ? `\\u${code.toString(16).padStart(4, '0')}` : one
  })
  return `"${safe.join('')}"`
}

/** Control characters, marks that turn the direction of writing, and halves of characters. */
function isHidden(code: number): boolean {
  if (code < 32 || (code >= 127 && code < 160)) return true
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff
  )
}
