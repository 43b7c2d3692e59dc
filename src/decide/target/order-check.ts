import type { TherapyFinding } from '../../interpret/finding/therapy.ts'
import { indicationText } from './indication.ts'

/**
 * Why the order of a targeted drug is told of. resistant: a change of the tumour defeats it. absent: its biomarker was looked for
 * and is not there. not-on-record: nobody says whether it is there. other-test: it is there, by a test that is not known to be
 * approved. other-disease: no label that asks for a biomarker covers the diagnosis. withdrawn: none of its indications is in force.
 */
export type OrderState =
  | 'resistant'
  | 'absent'
  | 'not-on-record'
  | 'other-test'
  | 'other-disease'
  | 'withdrawn'

/** One ordered drug beside what the record says of the tumour. */
export interface OrderCheck {
  readonly drug: string
  readonly state: OrderState
  /** The indications that matter here, each with what was found and what is missing. */
  readonly indications: readonly {
    readonly id: string
    readonly text: string
    readonly biomarker: string
    readonly found: readonly string[]
    readonly missing: readonly string[]
    readonly testRequired: boolean
    /** Whether the approval was compared with the label or an announcement of it. */
    readonly verified: boolean
    /** Why the test on record is not enough; undefined unless the biomarker is met. */
    readonly test: string | undefined
    readonly approvedTests: readonly string[]
  }[]
  readonly resistance: readonly { readonly found: readonly string[]; readonly because: string }[]
  readonly label: string | undefined
}

/**
 * What an order of a drug is told of, from its indications of one agency beside the tumour; undefined where there is nothing to
 * tell. `unselected`: labels also allow the drug for this tumour, or for one that it may be, without the biomarker.
 */
export function checkTargetOrder(
  drug: string,
  findings: readonly TherapyFinding[],
  agency: string,
  unselected: boolean,
): OrderCheck | undefined {
  const ever = findings.filter(({ approval }) => approval.drug === drug && approval.agency === agency)
  const inForce = ever.filter(({ approval }) => approval.basis !== 'withdrawn')
  if (inForce.length === 0)
    return unselected || ever.length === 0 ? undefined : checked(drug, 'withdrawn', ever)
  const here = inForce.filter(({ disease }) => disease.state !== 'not-met')
  const met = here.filter((one) => one.biomarker.state === 'met' && !isDefeated(one))
  if (met.length > 0)
    return met.some(({ test }) => test.state !== 'not-documented')
      ? undefined
      : checked(drug, 'other-test', met)
  const defeated = here.filter(isDefeated)
  if (defeated.length > 0) return checked(drug, 'resistant', defeated)
  // A label that the biomarker only limits is for other tumours too.
  if (unselected || here.some(({ approval }) => approval.role === 'limits')) return undefined
  if (here.length === 0) return checked(drug, 'other-disease', inForce)
  return checked(
    drug,
    here.every(({ biomarker }) => biomarker.state === 'not-met') ? 'absent' : 'not-on-record',
    here,
  )
}

function isDefeated({ resistance }: TherapyFinding): boolean {
  return resistance.some(({ effect }) => effect === 'resistant')
}

function checked(drug: string, state: OrderState, findings: readonly TherapyFinding[]): OrderCheck {
  const resistance = new Map(
    findings.flatMap((one) =>
      one.resistance.map(({ found, because }) => [found.join(), { found, because }] as const),
    ),
  )
  return {
    drug,
    state,
    indications: findings.map(({ approval, biomarker, test }) => ({
      id: approval.id,
      text: indicationText(approval),
      biomarker: approval.biomarker,
      found: biomarker.because,
      missing: biomarker.missing,
      testRequired: approval.testRequired,
      verified: approval.checked !== undefined,
      test: biomarker.state === 'met' ? test.because : undefined,
      approvedTests: test.approved,
    })),
    resistance: [...resistance.values()],
    label: findings[0]?.approval.label,
  }
}
