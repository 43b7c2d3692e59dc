import type { Approval, Approvals } from '../../../knowledge/tumor/approvals.ts'
import type { EvidenceItem } from '../../../knowledge/tumor/tumor-evidence.ts'

/** Drugs given together, lower-case generic names in order of the alphabet. */
export type Regimen = readonly string[]

/** The generic name of a drug however it is called; names that nobody lists stay as they are, in lower case. */
export function drugName(name: string, approvals: Approvals): string {
  const [generic, ...more] = approvals.drugsNamed(name)
  return generic === undefined || more.length > 0 ? name.trim().toLowerCase() : generic
}

/** The treatments that an evidence item speaks of: drugs that stand for each other are one each. */
export function regimensOf(item: EvidenceItem, approvals: Approvals): readonly Regimen[] {
  const names = [...new Set(item.therapies.map((one) => drugName(one, approvals)))].sort()
  if (names.length === 0) return []
  return item.together === 'either' ? names.map((one) => [one]) : [names]
}

/**
 * Whether a label covers a treatment: the same targeted drugs, and beside them only what the label names. Chemotherapy
 * and the like that the label asks for besides is its backbone, and is left out of evidence as a rule.
 */
export function covers(approval: Approval, regimen: Regimen, approvals: Approvals): boolean {
  const targeted = targetedDrugs(approvals)
  const core = regimen.filter((one) => targeted.has(one))
  const rest = regimen.filter((one) => !targeted.has(one))
  return approval.regimens.some((partners) => {
    const label = coreOf(approval, partners, targeted)
    return (
      label.length === core.length &&
      label.every((one) => core.includes(one)) &&
      rest.every((one) => partners.includes(one))
    )
  })
}

/** The treatments of a label without their backbones. */
export function labelRegimens(approval: Approval, approvals: Approvals): readonly Regimen[] {
  const targeted = targetedDrugs(approvals)
  const found = approval.regimens.map((partners) => coreOf(approval, partners, targeted))
  return [...new Map(found.map((one) => [one.join(' + '), one])).values()]
}

function coreOf(approval: Approval, partners: readonly string[], targeted: ReadonlySet<string>): Regimen {
  return [...new Set([approval.drug, ...partners.filter((one) => targeted.has(one))])].sort()
}

const TARGETED = new WeakMap<Approvals, ReadonlySet<string>>()

/** Drugs that have an indication by biomarker of their own. */
function targetedDrugs(approvals: Approvals): ReadonlySet<string> {
  const done = TARGETED.get(approvals)
  if (done !== undefined) return done
  const drugs = new Set(approvals.all.map(({ drug }) => drug))
  TARGETED.set(approvals, drugs)
  return drugs
}
