import { fileURLToPath } from 'node:url'
import {
  alternativesOf,
  type Literal,
  patternText,
  readCategory,
} from '../../../src/interpret/tumor/tumor.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { type Approval, approvals } from '../../../src/knowledge/tumor/approvals.ts'
import { type OncoTree, oncoTree } from '../../../src/knowledge/tumor/oncotree.ts'
import { type Statement, statements } from './statement.ts'

/** Codes that the set uses and OncoTree's release of the pack does not, or only as a broader or narrower type. */
const DISEASES: Readonly<Record<string, readonly string[]>> = {
  ALL: ['BLL', 'TLL'],
  'ncit:C132146': ['_SOLID_'],
  'ncit:C3163': ['CLLSLL'],
  'ncit:C135017': ['NSCLC'],
  'ncit:C3467': ['MYCF', 'PCALCL', 'SS'],
  'ncit:C9385': ['RCC'],
  'ncit:C7007': ['HMBL'],
  'ncit:C27031': ['PANET'],
}

/** Our approvals beside the statements. */
class Comparison {
  readonly ours: readonly Approval[]
  readonly #tree: OncoTree
  readonly #names: (name: string) => readonly string[]

  constructor() {
    const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
    const book = approvals(facts)
    this.#tree = oncoTree(facts)
    this.ours = book.all
    this.#names = book.drugsNamed
  }

  /** Our names of a drug that the set names; "a; b" is a fixed combination. */
  drugs(generic: string): readonly string[] {
    const found = this.#names(generic)
    return found.length > 0 ? found : this.#names(generic.split('; ').join(' and '))
  }

  /** Our approvals of the drug by that agency, in the disease, for the biomarker: each narrows the one before. */
  find(statement: Statement) {
    const names = this.drugs(statement.generic)
    const drug = this.ours.filter(
      (one) => names.includes(one.drug) && one.agency.toLowerCase() === statement.agency,
    )
    const disease = drug.filter((one) => this.#sameDisease(one, statement))
    return { drug, disease, same: disease.filter((one) => sameBiomarker(one, statement)) }
  }

  #sameDisease({ disease }: Approval, { oncotree }: Statement): boolean {
    const codes = DISEASES[oncotree] ?? [this.#tree.find(oncotree)?.code ?? oncotree]
    if (codes.includes('_SOLID_')) return disease.solid
    return disease.oncotree.some((mine) =>
      codes.some((code) => this.#tree.lineage(mine).has(code) || this.#tree.lineage(code).has(mine)),
    )
  }
}

/** Whether one of our alternatives says what the statement says, no more and no less. */
function sameBiomarker({ id, biomarker }: Approval, { literals }: Statement): boolean {
  const alternatives = (alternativesOf(readCategory(biomarker, id)) ?? []).map((way) =>
    // "HER2 positive (IHC 3+)": the set keeps the status and drops the score.
    way.filter(({ pattern }) => !(pattern.kind === 'protein-score' && pattern.scale === 'IHC')),
  )
  const holds = (way: readonly Literal[]) =>
    way.every((one) => literals.some((other) => sameLiteral(one, other)))
  // "ER and PR positive" is one way to be hormone receptor positive: every condition belongs to an alternative that holds.
  const held = alternatives.filter(holds)
  return (
    held.length > 0 && literals.every((one) => held.some((way) => way.some((mine) => sameLiteral(mine, one))))
  )
}

/** The day of the newest approval that the origin of the set holds: what was approved later cannot be in it. */
export const SET_UNTIL = '2026-02-10'

/** What the set and the pack share, and where they differ. */
interface Agreement {
  readonly statements: number
  readonly recalled: number
  readonly combined: number
  readonly indications: number
  readonly indicationsRecalled: number
  /** Indications by their day beside ours: the same, a later one (of a later version of the label), an earlier one. */
  readonly dates: { readonly same: number; readonly later: number; readonly earlier: readonly string[] }
  readonly missed: readonly {
    readonly statement: Statement
    readonly kind: 'drug' | 'disease' | 'biomarker'
  }[]
  /** Our approvals of the drugs of the set that are no newer than it, and those that no statement says. */
  readonly ours: readonly Approval[]
  readonly extra: readonly Approval[]
}

/**
 * The part of one agency: "fda". Indications that are newer than the set are not counted as ours, nor are withdrawn ones but those
 * of a drug that has no other and that the set still holds.
 */
export function agreement(agency: string): Agreement {
  const compared = new Comparison()
  const found = statements()
    .filter((one) => one.agency === agency)
    .map((statement) => ({ statement, ...compared.find(statement) }))
  const recalled = found.filter(({ same }) => same.length > 0)
  const indications = [...Map.groupBy(found, ({ statement }) => statement.indication).values()]
  const drugs = new Set(found.flatMap(({ statement }) => compared.drugs(statement.generic)))
  const hit = new Set(recalled.flatMap(({ same }) => same.map(({ id }) => id)))
  const inForce = new Set(
    compared.ours
      .filter((one) => one.agency.toLowerCase() === agency && one.basis !== 'withdrawn')
      .map(({ drug }) => drug),
  )
  const ours = compared.ours.filter(
    (one) =>
      drugs.has(one.drug) &&
      one.agency.toLowerCase() === agency &&
      (one.basis === 'withdrawn'
        ? hit.has(one.id) && !inForce.has(one.drug)
        : hit.has(one.id) || (one.approved ?? '') <= SET_UNTIL),
  )
  return {
    statements: found.length,
    recalled: recalled.length,
    combined: recalled.filter(({ statement, same }) => same.some((one) => sameTherapies(one, statement)))
      .length,
    indications: indications.length,
    indicationsRecalled: indications.filter((rows) => rows.some(({ same }) => same.length > 0)).length,
    dates: datesOf(found),
    missed: found.flatMap(({ statement, drug, disease, same }) =>
      same.length > 0
        ? []
        : [
            {
              statement,
              kind: drug.length === 0 ? 'drug' : disease.length === 0 ? 'disease' : 'biomarker',
            } as const,
          ],
    ),
    ours,
    extra: ours.filter(({ id }) => !hit.has(id)),
  }
}

function datesOf(
  found: readonly { readonly statement: Statement; readonly same: readonly Approval[] }[],
): Agreement['dates'] {
  const dated = [
    ...new Map(
      found
        .filter(({ statement, same }) => same.length > 0 && statement.approved !== undefined)
        .map((one) => [one.statement.indication, one]),
    ).values(),
  ]
  const same = dated.filter(({ statement, same: ours }) =>
    ours.some(({ approved }) => approved === statement.approved),
  )
  const earlier = dated.filter(({ statement, same: ours }) =>
    ours.every(({ approved }) => approved !== undefined && approved > statement.approved!),
  )
  return {
    same: same.length,
    later: dated.length - same.length - earlier.length,
    earlier: earlier.map(({ statement }) => statement.generic),
  }
}

/** Every drug of the statement is in one of our combinations; leucovorin and prednisone are often left out of the set. */
function sameTherapies({ drug, regimens }: Approval, { therapies }: Statement): boolean {
  return regimens.some((regimen) => {
    const all = new Set([drug, ...drug.split(/, | and /), ...regimen])
    return therapies.every((name) => all.has(name))
  })
}

/** Two ways to write one condition, or a class and its member (any mutation, residue, exon; a list of a test and its class). */
function sameLiteral(mine: Literal, theirs: Literal): boolean {
  // The share of tumour cells that stain: labels of one antibody call it TC, of the other TPS.
  const [a, b] = [mine, theirs].map((one) => textOf(one).replace('PD-L1 TC', 'PD-L1 TPS'))
  if (a === b) return true
  if (!('gene' in mine.pattern && 'gene' in theirs.pattern)) return false
  if (mine.pattern.gene !== theirs.pattern.gene) {
    const fusion = mine.pattern.kind === 'fusion' && theirs.pattern.kind === 'fusion'
    return (
      fusion && (mine.pattern.partner === theirs.pattern.gene || theirs.pattern.partner === mine.pattern.gene)
    )
  }
  const [notA, notB] = [isAbsence(mine), isAbsence(theirs)]
  if (notA !== notB) return false
  if (notA) return true
  const classes = new Set(['mutation', 'activating', 'residue', 'change', 'region', 'exon', 'pathogenic'])
  const [one, other] = [mine.pattern, theirs.pattern]
  if (one.kind === 'fusion' || other.kind === 'fusion') return one.kind === other.kind
  if (one.kind === 'change' && other.kind === 'change') return one.change === other.change
  if (one.kind === 'exon' && other.kind === 'exon') return one.from === other.from && one.what === other.what
  if (one.kind === 'residue' && other.kind === 'change') return other.change.startsWith(one.residue)
  if (one.kind === 'residue' && other.kind === 'residue') return one.residue === other.residue
  if (one.kind === 'pathogenic' && other.kind === 'pathogenic')
    return one.origin === undefined || one.origin === other.origin
  // A class beside its member: any mutation and one change of it.
  const broad = (kind: string) => ['mutation', 'activating', 'region', 'pathogenic'].includes(kind)
  return classes.has(one.kind) && classes.has(other.kind) && (broad(one.kind) || broad(other.kind))
}

function isAbsence({ pattern, present }: Literal): boolean {
  return pattern.kind === 'wild-type' ? present : !present
}

function textOf({ pattern, present }: Literal): string {
  return `${present ? '' : 'NOT '}${patternText(pattern)}`
}
