import type { AuditEntry } from './audit-entry.ts'

/** One access to a person's record, in words that the person can read. */
export interface AccessLine {
  /** ISO 8601 instant. */
  readonly at: string
  /** Id of the account or program, as the log has it. */
  readonly who: string
  /** "clinician", "laboratory" …; "not said" where nobody said it. */
  readonly role: string
  /** "to treat you". */
  readonly purpose: string
  /** "your report of genetic results". */
  readonly thing: string
  /** "looked at", "changed" … */
  readonly did: string
  readonly refused: boolean
  /** Opened in an emergency, past the usual rules. */
  readonly emergency: boolean
  /** The whole of it as one sentence. */
  readonly sentence: string
}

const ROLES: Readonly<Record<string, string>> = {
  clinician: 'a clinician',
  pharmacist: 'a pharmacist',
  geneticist: 'a geneticist',
  laboratory: 'a laboratory',
  researcher: 'a researcher',
  'privacy-officer': 'the privacy officer',
  'integration-engineer': 'a technician',
  administrator: 'an administrator',
  patient: 'you',
  system: 'a computer program',
}

/** v3-ActReason. */
const PURPOSES: Readonly<Record<string, string>> = {
  TREAT: 'to treat you',
  ETREAT: 'to treat you in an emergency',
  BTG: 'to treat you in an emergency',
  HPAYMT: 'for billing',
  HOPERAT: 'to run the hospital',
  HRESCH: 'for research',
  PATRQT: 'because you asked for it',
  PUBHLTH: 'for public health',
  LEGAL: 'for a legal matter',
  SYSDEV: 'to test the system',
}

const ACTIONS: Readonly<Record<AuditEntry['action'], string>> = {
  C: 'added to',
  R: 'looked at',
  U: 'changed',
  D: 'deleted',
  E: 'used',
}

/** By the last part of the address, or by the type of the resource. */
const THINGS: readonly (readonly [pattern: RegExp, thing: string])[] = [
  [/\/report\.(html|pdf)|\/fhir$|^garrod (report|fhir)/, 'your report of genetic results'],
  [/\/findings|\/plans?\b|MolecularSequence/, 'what your genes mean for your medicines'],
  [/\/drugs|Medication/, 'your list of medicines'],
  [/\/tumor/, 'what was found in your tumour'],
  [/\/(features|diagnosis|reanalysis)/, 'what was seen in you, and which diseases could explain it'],
  [/\/trials/, 'trials that you might enter'],
  [/\/amendments/, 'the corrections that you asked for'],
  [/\/record\b/, 'your whole record, as one archive'],
  [/\/(documents|proposals)/, 'your documents'],
  [/\/phenopacket/, 'what is known of you, for exchange with other systems'],
  [/\/try/, 'what a medicine would mean for you'],
  [/\/files|\/jobs|DocumentReference|^garrod ingest/, 'your files'],
  [/\/access/, 'the list of who looked at your record'],
  [/Observation|DiagnosticReport/, 'your test results'],
  [/Condition|FamilyMemberHistory|AllergyIntolerance|Procedure/, 'your medical history'],
  [/Consent/, 'your consent'],
  [/AuditEvent/, 'the list of who looked at your record'],
]

/** By kind of job. */
const JOBS: Readonly<Record<string, string>> = {
  upload: 'reading a file',
  'index-variants': 'finding your variants again by place',
  'index-all-variants': 'finding your variants again by place',
  'fold-variants': 'finding your variants again by place',
  'read-document': 'reading a document',
  'catch-up': 'bringing the record up to date',
  reinterpret: 'working out advice again',
  'reinterpret-all': 'working out advice again',
  reclassified: 'looking for who carries a variant',
  wishes: 'following what you want to be told',
  reanalyse: 'looking for an explanation again',
  'reanalyse-all': 'looking for an explanation again',
  'rematch-trials': 'looking for trials again',
  'rematch-trials-all': 'looking for trials again',
  'bulk-export': 'an export of records',
  'hl7v2-send': 'sending a message',
  notify: 'telling another system of a change',
}

/** "a look-up by name" for lists in which the person was one of several. */
const SEARCHES = new Set(['search', 'search-type', 'list'])

export function accessLine(entry: AuditEntry): AccessLine {
  const { at, action, outcome, who, kind } = entry
  const role = who.roles.length === 0 ? undefined : who.roles.map((one) => ROLES[one] ?? one).join(', ')
  const purpose = PURPOSES[entry.purpose] ?? `for the purpose ${entry.purpose}`
  const thing = thingOf(entry)
  const did = SEARCHES.has(entry.interaction) ? 'saw you in' : ACTIONS[action]
  const emergency = kind === 'break-glass' || entry.purpose === 'ETREAT' || entry.purpose === 'BTG'
  const name = role === undefined ? who.id : `${role} (${who.id})`
  const tried = `tried to see or change ${thing}`
  const deed = {
    success: `${did} ${thing}`,
    refused: `${tried}, and was not let`,
    failed: `${tried}, and it did not work`,
  }[outcome]
  return {
    at,
    who: who.id,
    role: role ?? 'not said',
    purpose,
    thing,
    did,
    refused: outcome !== 'success',
    emergency,
    sentence: `${capital(name)} ${deed}, ${purpose}.`,
  }
}

function thingOf({ what, kind, interaction, patients }: AuditEntry): string {
  if (kind === 'cds-hooks') return 'your genetic results, for advice while medicines were ordered'
  if (kind === 'hl7v2') return `your record, by a message between computers (${interaction})`
  if (kind === 'job') return `your record, in a task of the server (${JOBS[interaction] ?? interaction})`
  if (kind === 'break-glass') return 'your whole record, past the usual rules'
  if (SEARCHES.has(interaction)) {
    return patients.length > 1 ? 'a list of several patients' : 'a list of patients'
  }
  const found = THINGS.find(([pattern]) => what.some((one) => pattern.test(one)))
  return found?.[1] ?? 'your record'
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
