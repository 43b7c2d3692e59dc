import { createHash } from 'node:crypto'
import type { VerdictWord } from '../../decide/enrol/ruling.ts'
import type { Resource } from '../../record/resource.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { KeptTrialAnswer } from './person-trials.ts'

const GARROD_FLAG = 'urn:garrod:flag'
const WATCH = 'trial-watch'
const KEPT = 'urn:garrod:trial-matches'
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** What was last told of each trial, by protocol number: the verdict, and how it is called. */
export type KeptVerdicts = Readonly<Record<string, { readonly verdict: VerdictWord; readonly name: string }>>

/** One change that care may follow from. */
export interface TrialChange {
  readonly protocol: string
  readonly name: string
  /** met: the person may enter now. settled: what was open is so no more, they may not. closed: they might have, it is closed. */
  readonly kind: 'met' | 'settled' | 'closed'
}

export function watchId(patient: PatientId): string {
  return `trial-watch-${createHash('sha256').update(patient).digest('hex').slice(0, 40)}`
}

/** The Flag that a person's trials are to be watched, with the verdicts that were told last. */
export function watchFlag(patient: PatientId, wanted: boolean, kept: KeptVerdicts, at: string): Resource {
  return {
    resourceType: 'Flag',
    id: watchId(patient),
    // Verdicts rest on results of genes.
    meta: { security: [{ system: ACT_CODE, code: 'GDIS' }] },
    ...(wanted ? { extension: [{ url: KEPT, valueString: JSON.stringify(kept) }] } : {}),
    status: wanted ? 'active' : 'inactive',
    code: {
      coding: [{ system: GARROD_FLAG, code: WATCH }],
      text: 'Look again for trials when the record or a trial changes',
    },
    subject: { reference: `Patient/${patient}` },
    period: wanted ? { start: at } : { end: at },
  }
}

/** The verdicts that a Flag keeps; undefined where it does not ask for anything. */
export function watched(flag: Resource | undefined): KeptVerdicts | undefined {
  const { coding = [] } = (flag?.['code'] ?? {}) as { coding?: readonly { system?: string; code?: string }[] }
  const asks =
    flag?.['status'] === 'active' &&
    coding.some(({ system, code }) => system === GARROD_FLAG && code === WATCH)
  if (!asks) return undefined
  const extensions = (flag['extension'] ?? []) as readonly { url?: string; valueString?: string }[]
  const text = extensions.find(({ url }) => url === KEPT)?.valueString
  return text === undefined ? {} : (JSON.parse(text) as KeptVerdicts)
}

/** Since when; kept over changes of the verdicts. */
export function watchedSince(flag: Resource | undefined): string | undefined {
  return (flag?.['period'] as { start?: string } | undefined)?.start
}

/** What is worth keeping: trials that are met or open to a result; all others count as not met. */
export function verdictsOf(answers: readonly KeptTrialAnswer[]): KeptVerdicts {
  return Object.fromEntries(
    answers
      .filter(({ verdict }) => verdict !== 'not met')
      .toSorted((a, b) => (a.protocol < b.protocol ? -1 : 1))
      .map(({ protocol, verdict, nctId, title }) => [
        protocol,
        {
          verdict,
          name: [protocol, nctId, title].filter((one) => one !== undefined && one !== '').join(' '),
        },
      ]),
  )
}

/**
 * Changes since the verdicts that were told: newly met; met before and not any more, because the trial or its cohort is
 * closed or the record says otherwise; unknown before and settled. A trial that becomes unknown is none: nothing can be done
 * that could not be done before.
 */
export function changesBetween(
  before: KeptVerdicts,
  now: KeptVerdicts,
  isOpen: (protocol: string) => boolean,
): readonly TrialChange[] {
  const changes: TrialChange[] = []
  for (const [protocol, { verdict, name }] of Object.entries(now)) {
    if (verdict === 'met' && before[protocol]?.verdict !== 'met')
      changes.push({ protocol, name, kind: 'met' })
  }
  for (const [protocol, { verdict, name }] of Object.entries(before)) {
    if (now[protocol] !== undefined) continue
    if (!isOpen(protocol)) {
      if (verdict === 'met') changes.push({ protocol, name, kind: 'closed' })
    } else changes.push({ protocol, name, kind: 'settled' })
  }
  return changes.sort((a, b) =>
    a.kind === b.kind ? (a.protocol < b.protocol ? -1 : 1) : a.kind < b.kind ? -1 : 1,
  )
}
