import type { Approval, Approvals } from '../../../knowledge/tumor/approvals.ts'
import type { EvidenceItem } from '../../../knowledge/tumor/tumor-evidence.ts'
import type {
  AmpRole,
  ApprovalUse,
  EvidenceUse,
  GuidelineFlag,
  TierStatement,
} from '../../finding/amp-tier.ts'
import { leavesOf } from '../category.ts'
import { pattern, readCategory } from '../read-category.ts'
import { levelOf, tierOf } from './amp-level.ts'
import { applies, diseaseFit } from './disease-fit.ts'
import { approvalFit, evidenceUse, fitOfDisease, type Look } from './evidence-use.ts'
import type { Open } from './known-profiles.ts'
import { covers, drugName, labelRegimens, type Regimen, regimensOf } from './regimen.ts'

/** What is known of one alteration, or of the profile as a whole. */
export interface About {
  readonly name: string
  /** Genes with a small variant: labels that ask for wild type exclude it. */
  readonly genes: readonly string[]
  readonly items: readonly EvidenceItem[]
  readonly approvals: readonly Approval[]
  /** Indications of which something is not known. */
  readonly maybe: readonly Open<Approval>[]
  readonly guidelines: readonly GuidelineFlag[]
  /** Drugs that this very change is known to defeat: evidence on its class says nothing for them. */
  readonly defeats: readonly string[]
}

/** One question while it is put together. */
interface Draft {
  readonly role: AmpRole
  readonly effect: string
  readonly therapies: Regimen
  readonly supports: EvidenceUse[]
  readonly disputes: EvidenceUse[]
}

const OPPOSITE: Readonly<Record<string, readonly string[]>> = {
  sensitivity: ['resistance', 'reduced-sensitivity'],
  resistance: ['sensitivity'],
  'reduced-sensitivity': ['sensitivity'],
  positive: ['negative'],
  negative: ['positive'],
  'better-outcome': ['poor-outcome'],
  'poor-outcome': ['better-outcome'],
}
const LEVELS = ['A', 'B', 'C', 'D']

/** Every statement about it, the strongest first. */
export function statementsOf(about: About, look: Look, labels: Approvals): readonly TierStatement[] {
  const drafts = draftsOf(about, look, labels)
  const made = drafts.map((one) => statement(one, drafts, about, look, labels))
  return made
    .map((one) => ({ ...one, contradictions: contradictionsOf(one, made) }))
    .map((one, place) => ({ one, place }))
    .sort((a, b) => order(a.one) - order(b.one) || a.place - b.place)
    .map(({ one }) => one)
}

/** The role that an item of evidence plays; undefined: no statement follows from it, and it is shown beside them. */
export function roleOf({ type, direction, significance, therapies }: EvidenceItem): AmpRole | undefined {
  if (type !== 'therapeutic' && type !== 'diagnostic' && type !== 'prognostic') return undefined
  if (direction === '' || (type === 'therapeutic' && therapies.length === 0)) return undefined
  return significance in OPPOSITE || significance === 'adverse-response' ? type : undefined
}

/** The questions: those of the evidence, then those that labels alone or guidelines alone answer. */
function draftsOf(about: About, look: Look, labels: Approvals): readonly Draft[] {
  const drafts = new Map<string, Draft>()
  const at = (role: AmpRole, effect: string, therapies: Regimen): Draft => {
    const key = [role, effect, ...therapies].join('|')
    const one = drafts.get(key) ?? { role, effect, therapies, supports: [], disputes: [] }
    drafts.set(key, one)
    return one
  }
  for (const item of about.items) {
    const role = roleOf(item)
    if (role === undefined || item.direction === '') continue
    for (const therapies of role === 'therapeutic' ? regimensOf(item, labels) : [[]])
      at(role, item.significance, therapies)[item.direction].push(evidenceUse(item, look))
  }
  for (const one of about.approvals)
    for (const therapies of labelRegimens(one, labels)) {
      const asked = [...drafts.values()].some(
        (draft) => draft.effect === 'sensitivity' && covers(one, draft.therapies, labels),
      )
      if (!asked) at('therapeutic', 'sensitivity', therapies)
    }
  // A label that asks for wild type adds to evidence of resistance; alone it may speak of another drug given before.
  for (const one of about.guidelines)
    at(one.role, one.effect, one.therapies.map((name) => drugName(name, labels)).sort())
  return [...drafts.values()]
}

function statement(
  draft: Draft,
  all: readonly Draft[],
  about: About,
  look: Look,
  labels: Approvals,
): Omit<TierStatement, 'contradictions'> {
  const { role, effect, therapies } = draft
  const approvals = approvalsOf(draft, about, look, labels)
  const flags = about.guidelines.filter(
    (one) =>
      one.role === role &&
      one.effect === effect &&
      (one.therapies.length === 0 ||
        same(
          one.therapies.map((name) => drugName(name, labels)),
          therapies,
        )),
  )
  const here = flags.filter((one) => applies(guidelineFit(one, look)))
  const exactAgainst = all.some(
    (other) =>
      other.role === role &&
      (OPPOSITE[effect] ?? []).includes(other.effect) &&
      same(other.therapies, therapies) &&
      other.supports.some(isExact),
  )
  const defeated = effect === 'sensitivity' && therapies.some((drug) => about.defeats.includes(drug))
  const overruled = exactAgainst || defeated ? draft.supports.filter((one) => !isExact(one)) : []
  const supports = draft.supports.filter((one) => !overruled.includes(one))
  const grounds = {
    approvals,
    guidelines: here,
    guidelinesElsewhere: flags.filter((one) => !here.includes(one)),
    supports,
    disputes: draft.disputes,
  }
  const { level, basis, why } = levelOf(grounds)
  return {
    ...{ role, effect, therapies },
    supports: [...supports].sort(strongestFirst),
    overruled: [...overruled].sort(strongestFirst),
    disputes: [...draft.disputes].sort(strongestFirst),
    tier: tierOf(level),
    level,
    basis,
    approvals,
    guidelines: flags,
    why:
      overruled.length === 0
        ? why
        : [
            ...why,
            `not counted, because ${defeated ? 'this very change is known to defeat the treatment' : 'evidence on this very change says the opposite'}: ${overruled.map(({ id }) => id).join(', ')}`,
          ],
    wouldChange: level === 'A' ? [] : wouldChange(draft, approvals, about, look, labels),
  }
}

function approvalsOf(
  { role, effect, therapies }: Draft,
  about: About,
  look: Look,
  labels: Approvals,
): ApprovalUse[] {
  if (role !== 'therapeutic') return []
  if (effect === 'sensitivity')
    return about.approvals
      .filter((one) => covers(one, therapies, labels))
      .map((one) => approvalUse(one, look, false))
  if (effect !== 'resistance') return []
  return exclusionsOf(about, labels)
    .filter(({ drug }) => therapies.length === 1 && therapies[0] === drug)
    .map((one) => approvalUse(one, look, true))
}

/** Labels that ask for a gene to be wild type that has this variant, and for nothing of another drug. */
function exclusionsOf({ genes, name }: About, labels: Approvals): readonly Approval[] {
  if (genes.length === 0) return []
  return labels.all.filter(({ biomarker, basis, role }) => {
    if (basis === 'withdrawn' || role === 'limits' || !/wild type/.test(biomarker)) return false
    return leavesOf(readCategory(biomarker, name)).some(
      (leaf) => leaf.kind === 'wild-type' && genes.includes(leaf.gene),
    )
  })
}

function approvalUse(one: Approval, look: Look, excludes: boolean): ApprovalUse {
  return {
    id: one.id,
    agency: one.agency,
    biomarker: one.biomarker,
    disease: one.disease.words,
    diseaseFit: approvalFit(one, look),
    with: [...new Set(one.regimens.flat())],
    label: one.label,
    excludes,
  }
}

function guidelineFit({ diagnosis }: GuidelineFlag, look: Look) {
  const code = look.tree.find(diagnosis)?.code
  return code === undefined
    ? fitOfDisease(diagnosis, look).fit
    : diseaseFit(look.diagnosis, [code], look.tree)
}

function wouldChange(
  { role, effect, therapies, supports }: Draft,
  approvals: readonly ApprovalUse[],
  about: About,
  look: Look,
  labels: Approvals,
): string[] {
  const open = about.maybe.filter(
    ({ known: { what } }) =>
      effect === 'sensitivity' && covers(what, therapies, labels) && applies(approvalFit(what, look)),
  )
  const conditions = new Set(supports.flatMap((one) => (one.if === undefined ? [] : [one.if])))
  return [
    ...new Set(
      open.map(
        ({ known: { what }, missing }) =>
          `${missing.join('; ')}: then level A by the ${what.agency} label (${what.id})`,
      ),
    ),
    ...approvals
      .filter((one) => one.diseaseFit === 'narrower' && !one.excludes)
      .map((one) => `a diagnosis of ${one.disease}: then level A by the ${one.agency} label (${one.id})`),
    ...[...conditions].map((one) => `if it holds that "${one}", evidence of that disease counts here`),
    ...(supports.some(({ diseaseFit: fit }) => fit === 'narrower')
      ? ['a more exact diagnosis: evidence of a part of this tumour type would count here']
      : []),
    ...(role === 'therapeutic' ? [] : ['a professional guideline that names it: then level A']),
  ]
}

function contradictionsOf(
  one: Omit<TierStatement, 'contradictions'>,
  all: readonly Omit<TierStatement, 'contradictions'>[],
): readonly string[] {
  const against = all.filter(
    (other) =>
      other.role === one.role &&
      other.approvals.length + other.supports.length > 0 &&
      (OPPOSITE[one.effect] ?? []).includes(other.effect) &&
      same(other.therapies, one.therapies),
  )
  return [
    ...(one.disputes.length > 0
      ? [`does not support it: ${one.disputes.map(({ id, level }) => `${id} (${level})`).join(', ')}`]
      : []),
    ...against.map(
      (other) =>
        `${other.effect.replace('-', ' ')}: tier ${other.tier}${other.level === undefined ? '' : `, level ${other.level}`} (${[...other.approvals.map(({ id }) => id), ...other.supports.map(({ id }) => id)].join(', ')})`,
    ),
  ]
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join('|') === [...b].sort().join('|')
}

function order({ level, approvals, supports }: TierStatement): number {
  const place = level === undefined ? 4 : LEVELS.indexOf(level)
  return place * 1000 - Math.min(approvals.length * 50 + supports.length, 999)
}

/** Evidence on one change or residue, rather than on a class of them. */
function isExact({ category }: EvidenceUse): boolean {
  const kind = pattern(category)?.kind
  return kind === 'change' || kind === 'residue'
}

/** Evidence of this tumour type before others, then by level, then by stars. */
function strongestFirst(a: EvidenceUse, b: EvidenceUse): number {
  return (
    Number(applies(b.diseaseFit)) - Number(applies(a.diseaseFit)) ||
    (a.level < b.level ? -1 : a.level > b.level ? 1 : 0) ||
    (b.rating ?? 0) - (a.rating ?? 0)
  )
}
