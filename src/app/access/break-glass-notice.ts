import type { Resource } from '../../record/resource.ts'
import { BREAK_GLASS_REASONS } from '../../safeguard/break-glass/break-glass.ts'
import type { PatientId } from '../../terms/ids.ts'

/**
 * Tells the privacy officer, in the person's record, that the glass was broken. What the one who did it wrote down stays
 * in the review: others may read this.
 */
export function breakGlassNotice(grant: {
  readonly id: string
  readonly patient: PatientId
  readonly by: { readonly id: string; readonly reference: string | undefined }
  readonly reason: string
  readonly from: string
  readonly until: string
}): Resource {
  const { id, patient, by, reason, from, until } = grant
  const words = BREAK_GLASS_REASONS[reason] ?? reason
  return {
    resourceType: 'Communication',
    id,
    status: 'completed',
    priority: 'urgent',
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/communication-category', code: 'alert' }],
      },
    ],
    subject: { reference: `Patient/${patient}` },
    topic: { text: 'Emergency access to this record' },
    sent: from,
    recipient: [{ display: 'Privacy officer' }],
    sender:
      by.reference !== undefined && SENDERS.test(by.reference)
        ? { reference: by.reference }
        : { display: by.id },
    payload: [
      {
        contentString: `${by.id} has emergency access to this record until ${until}. Reason: ${words}. Review it at /api/access/break-glass.`,
      },
    ],
  }
}

/** Who may send a Communication (R4). */
const SENDERS = /^(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device)\//
