/** Whether people may enter: now, later, or no more. */
export type Accrual = 'open' | 'not-yet' | 'closed'

/** Words of CTML, ClinicalTrials.gov and FHIR R4 for the status of a trial or of one of its sites. */
const WORDS: Readonly<Record<string, Accrual>> = {
  open: 'open',
  'open to accrual': 'open',
  recruiting: 'open',
  active: 'open',
  available: 'open',
  // Those who may come are chosen already.
  'enrolling by invitation': 'closed',
  'not yet open': 'not-yet',
  'not yet recruiting': 'not-yet',
  approved: 'not-yet',
  'in review': 'not-yet',
  new: 'not-yet',
}

/** Any other word closes: nobody is sent to a trial whose word for "open" we do not know. Undefined when nobody said. */
export function accrualOf(status: string | undefined): Accrual | undefined {
  if (status === undefined || status.trim() === '') return undefined
  return WORDS[status.trim().toLowerCase().replace(/[-_]+/g, ' ')] ?? 'closed'
}

/** Words of the same sources for trials that take nobody any more, or not now. */
const CLOSED: ReadonlySet<string> = new Set([
  ...[
    'closed',
    'closed to accrual',
    'closed to accrual and intervention',
    'completed',
    'administratively completed',
  ],
  ...[
    'terminated',
    'withdrawn',
    'suspended',
    'disapproved',
    'temporarily closed to accrual',
    'inactive',
    'unknown',
  ],
  ...['temporarily closed to accrual and intervention', 'active not recruiting', 'active, not recruiting'],
  ...[
    'enrolling by invitation',
    'no longer available',
    'temporarily not available',
    'approved for marketing',
  ],
])

/** Whether a word is known to close a trial. */
export function isClosedWord(status: string): boolean {
  return CLOSED.has(status.trim().toLowerCase().replace(/[-_]+/g, ' '))
}
