import { createHash } from 'node:crypto'
import type { Codes } from '../../guideline/codes.ts'
import type { Effect, GuidelineRule, Population, When } from '../../guideline/guideline-rule.ts'
import { interruptOf, isAsUsual } from '../../guideline/interrupt.ts'
import type { Codebook } from './codebook.ts'
import { productsOf } from './collapse.ts'
import type { GuidelineRow } from './guideline-row.ts'
import { plainText, textHash } from './guideline-text.ts'
import { actionsFor } from './rule-actions.ts'

/** Something in a release that nobody has coded yet. The rule made from it says so; it guesses nothing. */
export interface Uncoded {
  /**
   * text: the recommendation is unknown. considerations: its main part is coded, what it adds is not. implication,
   * population, strength: that part of the row.
   */
  readonly what: 'text' | 'considerations' | 'implication' | 'population' | 'strength'
  /** Hash of the unknown text, or the unknown word itself. */
  readonly which: string
  readonly guideline: string
  readonly drugs: readonly string[]
  /** Publisher's ids of the rows. */
  readonly rows: readonly string[]
}

/** Rules as they come out of one release. */
interface RulesOfRelease {
  readonly rules: readonly GuidelineRule[]
  readonly uncoded: readonly Uncoded[]
}

/** The population of a row whose population is not coded; nobody is known to belong to it. */
const UNLISTED: Population = { code: 'unlisted' }

/**
 * Turns the rows of one publisher into rules, and collapses rows that say the same without loss: expanding all rules
 * gives back every row and nothing else. Rules, and the values in them, come in a fixed order.
 */
export function rulesOf(rows: readonly GuidelineRow[], codebook: Codebook, codes: Codes): RulesOfRelease {
  const unknown = new UncodedList()
  const bases = new Bases(rows)
  const alike = new Map<string, { said: Said; drug: string; rows: GuidelineRow[] }>()
  for (const row of rows) {
    for (const drug of row.drugs) {
      const said = sayingOf(row, drug, codebook, codes, unknown)
      const key = JSON.stringify([said, drug, bases.signature(row)])
      const same = alike.get(key)
      if (same === undefined) alike.set(key, { said, drug, rows: [row] })
      else same.rows.push(row)
    }
  }
  const byDrugs = new Map<string, { said: Said; when: When[]; drugs: string[] }>()
  for (const { said, drug, rows: same } of alike.values()) {
    for (const product of productsOf(same.map((row) => row.lookup))) {
      const when = [...product].map(
        ([gene, values]): When => ({ gene, basis: bases.of(same[0]!, gene), in: [...values] }),
      )
      const key = JSON.stringify([said, when])
      const found = byDrugs.get(key)
      if (found === undefined) byDrugs.set(key, { said, when, drugs: [drug] })
      else found.drugs.push(drug)
    }
  }
  const rules = [...byDrugs.values()].map(({ said, when, drugs }) => named(said, when, drugs.sort()))
  return { rules: rules.sort(inOrder), uncoded: unknown.list }
}

/** All of a rule but whom it is for. */
type Said = Omit<GuidelineRule, 'id' | 'drugs' | 'when'>

function sayingOf(
  row: GuidelineRow,
  drug: string,
  codebook: Codebook,
  codes: Codes,
  unknown: UncodedList,
): Said {
  const base = {
    guideline: row.guideline,
    population: codebook.population(row.population) ?? unknown.population(row, UNLISTED),
    effects: effectsOf(row, codebook, unknown),
    strength: strengthOf(row, unknown),
    textSha256: textHash(row.text),
  }
  const coded = codebook.text(row.text) ?? codebook.main(row.text)
  if (coded === undefined) {
    unknown.add('text', base.textSha256, row)
    return {
      ...base,
      actions: [{ code: 'INFORM', inform: ['uncoded-text-see-guideline'] }],
      interrupt: 'info',
    }
  }
  const actions = actionsFor(coded, drug)
  const whole = codebook.text(row.text) !== undefined || textHash(plainText(row.text)) === coded.mainSha256
  if (!whole) {
    unknown.add('considerations', base.textSha256, row)
    actions.push({ code: 'INFORM', inform: ['uncoded-considerations-see-guideline'] })
  }
  const rule = { actions, effects: base.effects, strength: base.strength }
  const interrupt = isAsUsual(rule) ? 'none' : (coded.interrupt ?? interruptOf(rule, codes))
  return { ...base, actions, interrupt }
}

function effectsOf(row: GuidelineRow, codebook: Codebook, unknown: UncodedList): Effect[] {
  const withResult = Object.keys(row.lookup).filter((gene) => row.lookup[gene] !== 'No Result')
  const effects = row.implications.flatMap((text): Effect[] => {
    const coded = codebook.implication(text)
    if (coded !== undefined)
      return coded.effects.flatMap((effect) =>
        effect.gene === '*' ? withResult.map((gene) => ({ ...effect, gene })) : [effect],
      )
    unknown.add('implication', textHash(text), row)
    const gene = /^([A-Z0-9-]+):/.exec(text)?.[1]
    return (gene === undefined ? withResult : [gene]).map((one) => ({
      gene: one,
      exposure: 'unknown',
      risk: 'unknown',
    }))
  })
  return effects.sort((a, b) => (a.gene < b.gene ? -1 : a.gene > b.gene ? 1 : 0))
}

const STRENGTHS: Readonly<Record<string, GuidelineRule['strength']>> = {
  Strong: 'strong',
  Moderate: 'moderate',
  Optional: 'optional',
  'No recommendation': 'none',
  'No Recommendation': 'none',
  'N/A': 'none',
  'n/a': 'none',
  Unspecified: 'unspecified',
}

/** DPWG prints no strength: its "N/A" says nothing of the recommendation, unlike CPIC's. */
function strengthOf(row: GuidelineRow, unknown: UncodedList): GuidelineRule['strength'] {
  if (row.strength === undefined || (row.source === 'DPWG' && row.strength === 'N/A')) return 'unspecified'
  const strength = STRENGTHS[row.strength]
  if (strength === undefined) unknown.add('strength', row.strength, row)
  return strength ?? 'unspecified'
}

/**
 * How each gene of a guideline is looked up: by score when any of its rows has a number, by marker when any has an
 * allele, else by phenotype. A diplotype shows by itself.
 */
class Bases {
  readonly #byGene = new Map<string, When['basis']>()

  constructor(rows: readonly GuidelineRow[]) {
    for (const { guideline, lookup } of rows) {
      for (const [gene, value] of Object.entries(lookup)) {
        const key = `${guideline} ${gene}`
        if (/^≥?\d+\.\d+( \(|$)/.test(value)) this.#byGene.set(key, 'activityScore')
        else if (value.startsWith('*') && !value.includes('/')) this.#byGene.set(key, 'marker')
      }
    }
  }

  of({ guideline, lookup }: GuidelineRow, gene: string): When['basis'] {
    if (/^\S+\/\S+$/.test(lookup[gene] ?? '') && lookup[gene] !== 'n/a') return 'diplotype'
    return this.#byGene.get(`${guideline} ${gene}`) ?? 'phenotype'
  }

  /** Rows whose lookups can be written together have the same signature. */
  signature(row: GuidelineRow): string {
    return Object.keys(row.lookup)
      .sort()
      .map((gene) => `${gene} ${this.of(row, gene)}`)
      .join()
  }
}

/** Adds an id made of what the rule covers and of the text it was coded from, so that it lasts between releases. */
function named(said: Said, when: When[], drugs: string[]): GuidelineRule {
  const covered = JSON.stringify([said.population.code, said.strength, said.textSha256, drugs, when])
  const id = `${said.guideline}-${createHash('sha256').update(covered).digest('hex').slice(0, 8)}`
  return {
    id,
    guideline: said.guideline,
    drugs,
    when,
    population: said.population,
    actions: said.actions,
    effects: said.effects,
    strength: said.strength,
    interrupt: said.interrupt,
    textSha256: said.textSha256,
  }
}

function inOrder(a: GuidelineRule, b: GuidelineRule): number {
  const [x, y] = [sortKey(a), sortKey(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

function sortKey(rule: GuidelineRule): string {
  return [rule.guideline, rule.drugs.join(), rule.population.code, JSON.stringify(rule.when), rule.id].join(
    '\n',
  )
}

/** Collects what is not coded, once for each text and guideline. */
class UncodedList {
  readonly #found = new Map<
    string,
    { what: Uncoded['what']; which: string; guideline: string; drugs: Set<string>; rows: Set<string> }
  >()

  add(what: Uncoded['what'], which: string, row: GuidelineRow): void {
    const key = JSON.stringify([what, which, row.guideline])
    const found = this.#found.get(key) ?? {
      what,
      which,
      guideline: row.guideline,
      drugs: new Set(),
      rows: new Set(),
    }
    this.#found.set(key, found)
    for (const drug of row.drugs) found.drugs.add(drug)
    found.rows.add(row.id)
  }

  population(row: GuidelineRow, instead: Population): Population {
    this.add('population', row.population ?? 'none', row)
    return instead
  }

  get list(): Uncoded[] {
    return [...this.#found.values()].map(({ drugs, rows, ...one }) => ({
      ...one,
      drugs: [...drugs].sort(),
      rows: [...rows].sort(),
    }))
  }
}
