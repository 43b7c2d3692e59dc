import type { PackRef } from '../terms/evidence.ts'
import { Fault } from '../terms/fault.ts'
import type { OpenPack } from './fact-pack.ts'
import type { Facts } from './facts.ts'
import { Guideline, GuidelineRule } from './guideline-rule.ts'

/** Packs that hold guideline rules; those that are not installed are left out. */
export const GUIDELINE_PACKS = ['cpic', 'dpwg', 'fda'] as const

/** A rule, the guideline it is cited from and the pack that carries both. */
export interface CitedRule {
  readonly rule: GuidelineRule
  readonly guideline: Guideline
  readonly pack: PackRef
}

/** All rules and guidelines of the packs in force. */
export class Guidelines {
  readonly rules: readonly CitedRule[]
  readonly guidelines: readonly { readonly guideline: Guideline; readonly pack: PackRef }[]
  readonly #byDrug = new Map<string, CitedRule[]>()

  constructor(
    rules: readonly CitedRule[],
    guidelines: readonly { readonly guideline: Guideline; readonly pack: PackRef }[],
  ) {
    this.rules = rules
    this.guidelines = guidelines
    for (const cited of rules) {
      for (const drug of cited.rule.drugs) {
        const list = this.#byDrug.get(drug)
        if (list === undefined) this.#byDrug.set(drug, [cited])
        else list.push(cited)
      }
    }
  }

  /** Rules for a drug by its lower-case generic name, in the order of the packs. */
  forDrug(drug: string): readonly CitedRule[] {
    return this.#byDrug.get(drug) ?? []
  }

  /** Lower-case generic names of every drug with a rule, in alphabetical order. */
  get drugs(): readonly string[] {
    return [...this.#byDrug.keys()].sort()
  }
}

/** Throws FACTS_ROW_INVALID on a row that is not of the schema, or a rule that cites a guideline the pack lacks. */
export function guidelines(facts: Facts): Guidelines {
  return facts.derived('guidelines', () => {
    const packs = GUIDELINE_PACKS.filter((id) => facts.head(id) !== undefined).map((id) => facts.pack(id))
    const published = packs.map(guidelinesOfPack)
    const rules = packs.flatMap((pack, i) => rulesOfPack(pack, published[i]!))
    const cited = packs.flatMap((pack, i) =>
      [...published[i]!.values()].map((guideline) => ({ guideline, pack: pack.ref })),
    )
    return new Guidelines(rules, cited)
  })
}

export function guidelinesOfPack(pack: OpenPack): Map<string, Guideline> {
  return new Map(rows(pack, 'guidelines.jsonl', Guideline).map(([guideline]) => [guideline.id, guideline]))
}

function rulesOfPack(pack: OpenPack, published: ReadonlyMap<string, Guideline>): CitedRule[] {
  return rows(pack, 'rules.jsonl', GuidelineRule).map(([rule, where]) => {
    const guideline = published.get(rule.guideline)
    if (guideline === undefined)
      throw invalid(where, `rule ${rule.id} cites guideline ${rule.guideline}, which the pack lacks`)
    return { rule, guideline, pack: pack.ref }
  })
}

function rows<T>(
  pack: OpenPack,
  file: string,
  schema: { safeParse(raw: unknown): { success: true; data: T } | { success: false; error: Error } },
): [T, string][] {
  return pack
    .text(file)
    .split('\n')
    .flatMap((line, index): [T, string][] => {
      if (line === '') return []
      const where = `${pack.folder}/${file}:${index + 1}`
      const parsed = schema.safeParse(JSON.parse(line))
      if (!parsed.success) throw invalid(where, `the row is not of the schema: ${parsed.error.message}`)
      return [[parsed.data, where]]
    })
}

function invalid(where: string, what: string): Fault {
  return new Fault('FACTS_ROW_INVALID', where, what, 'Install the pack again, or report it to who made it.')
}
