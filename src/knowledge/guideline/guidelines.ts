import type { PackRef } from '../../terms/evidence.ts'
import { Fault } from '../../terms/fault.ts'
import { notJson } from '../../terms/not-json.ts'
import { issueWords } from '../../terms/schema-issue.ts'
import type { OpenPack } from '../fact-pack.ts'
import type { Facts } from '../facts.ts'
import { Guideline, GuidelineRule } from './guideline-rule.ts'

/** Packs that hold guideline rules; those that are not installed are left out. */
export const GUIDELINE_PACKS = ['cpic', 'dpwg', 'fda'] as const

/** A rule, the guideline it is cited from and the pack that carries both. */
export interface CitedRule {
  readonly rule: GuidelineRule
  readonly guideline: Guideline
  readonly pack: PackRef
}

/** A published guideline and the pack that carries it. */
interface CarriedGuideline {
  readonly guideline: Guideline
  readonly pack: PackRef
}

/**
 * All rules and guidelines of the packs in force. A rule is checked against its schema when it is first asked for: the
 * checksum of its pack was verified before, and checking all of them would cost more than the rest of a short run.
 */
export class Guidelines {
  readonly guidelines: readonly CarriedGuideline[]
  readonly #rows: readonly RuleRow[]
  readonly #byDrug = new Map<string, RuleRow[]>()
  readonly #checked = new Map<RuleRow, CitedRule>()
  readonly #published = new Map<string, CarriedGuideline>()

  constructor(packs: readonly OpenPack[]) {
    this.guidelines = packs.flatMap(guidelinesOf)
    for (const one of this.guidelines) this.#published.set(`${one.pack.id} ${one.guideline.id}`, one)
    this.#rows = packs.flatMap(rowsOf)
    for (const row of this.#rows) {
      for (const drug of row.drugs) {
        const list = this.#byDrug.get(drug)
        if (list === undefined) this.#byDrug.set(drug, [row])
        else list.push(row)
      }
    }
  }

  /** Rules for a drug by its lower-case generic name, in the order of the packs. Throws FACTS_ROW_INVALID. */
  forDrug(drug: string): readonly CitedRule[] {
    return (this.#byDrug.get(drug) ?? []).map((row) => this.#cited(row))
  }

  /** Every rule, in the order of the packs. Throws FACTS_ROW_INVALID. */
  get rules(): readonly CitedRule[] {
    return this.#rows.map((row) => this.#cited(row))
  }

  /** Lower-case generic names of every drug with a rule, in alphabetical order. */
  get drugs(): readonly string[] {
    return [...this.#byDrug.keys()].sort()
  }

  #cited(row: RuleRow): CitedRule {
    const known = this.#checked.get(row)
    if (known !== undefined) return known
    const parsed = GuidelineRule.safeParse(row.raw)
    if (!parsed.success)
      throw invalid(
        row.where,
        `the rule is not of the schema: ${issueWords(parsed.error.issues[0], 'it is of another form')}`,
      )
    const published = this.#published.get(`${row.pack.id} ${parsed.data.guideline}`)
    if (published === undefined)
      throw invalid(
        row.where,
        `rule ${parsed.data.id} cites guideline ${parsed.data.guideline}, which its pack lacks`,
      )
    const cited = { rule: parsed.data, guideline: published.guideline, pack: row.pack }
    this.#checked.set(row, cited)
    return cited
  }
}

/** All guidelines installed. Throws FACTS_ROW_INVALID, FACTS_CHECKSUM. */
export function guidelines(facts: Facts): Guidelines {
  return facts.derived('guidelines', () => {
    const ids = GUIDELINE_PACKS.filter((id) => facts.head(id) !== undefined)
    return new Guidelines(ids.map((id) => facts.pack(id)))
  })
}

/** A line of rules.jsonl that was not checked yet. */
interface RuleRow {
  readonly raw: unknown
  readonly drugs: readonly string[]
  readonly where: string
  readonly pack: PackRef
}

function rowsOf(pack: OpenPack): RuleRow[] {
  return linesOf(pack, 'rules.jsonl').map(([raw, where]) => {
    const drugs = (raw as { drugs?: unknown } | null)?.drugs
    if (!Array.isArray(drugs)) throw invalid(where, 'the rule names no drugs')
    return { raw, drugs: drugs.map(String), where, pack: pack.ref }
  })
}

function guidelinesOf(pack: OpenPack): CarriedGuideline[] {
  return linesOf(pack, 'guidelines.jsonl').map(([raw, where]) => {
    const parsed = Guideline.safeParse(raw)
    if (!parsed.success)
      throw invalid(
        where,
        `the guideline is not of the schema: ${issueWords(parsed.error.issues[0], 'it is of another form')}`,
      )
    return { guideline: parsed.data, pack: pack.ref }
  })
}

function linesOf(pack: OpenPack, file: string): [unknown, string][] {
  return pack
    .text(file)
    .split('\n')
    .flatMap((line, index): [unknown, string][] => {
      if (line === '') return []
      const where = `${pack.folder}/${file}:${index + 1}`
      try {
        return [[JSON.parse(line), where]]
      } catch (error) {
        throw invalid(where, notJson(error, line))
      }
    })
}

function invalid(where: string, what: string): Fault {
  return new Fault('FACTS_ROW_INVALID', where, what, 'Install the pack again, or report it to who made it.')
}
