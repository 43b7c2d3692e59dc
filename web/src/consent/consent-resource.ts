import type { Resource } from '../../../src/record/resource.ts'
import { ACT_CODE } from '../../../src/safeguard/consent/consent-codes.ts'

/** What a switch of the page is about. */
export type Matter = 'treatment' | 'research'

/** Marks the Consents that the switches of this page write. */
const SWITCH = 'urn:garrod:consent-switch'
const SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope'
const REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'

const SCOPES: Readonly<Record<Matter, string>> = { treatment: 'patient-privacy', research: 'research' }
const PURPOSES: Readonly<Record<Matter, string>> = { treatment: 'TREAT', research: 'HRESCH' }

/**
 * A Consent (R4) for one matter. Treatment is about genetic results alone: who treats still sees who the person is.
 * Research is about the whole record, which is closed to research without it.
 */
export function consentOf(matter: Matter, permitted: boolean, patient: string, at: string): Resource {
  return {
    resourceType: 'Consent',
    identifier: [{ system: SWITCH, value: matter }],
    status: 'active',
    scope: { coding: [{ system: SCOPE, code: SCOPES[matter] }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] }],
    patient: { reference: `Patient/${patient}` },
    dateTime: at,
    policyRule: { text: 'As the person said, entered on the page of the record.' },
    provision: {
      type: permitted ? 'permit' : 'deny',
      purpose: [{ system: REASON, code: PURPOSES[matter] }],
      ...(matter === 'treatment' ? { securityLabel: [{ system: ACT_CODE, code: 'GDIS' }] } : {}),
    },
  }
}

/** Which switch an active Consent belongs to; undefined: written by somebody else. */
export function switchOf(consent: Resource): Matter | undefined {
  const { identifier, status } = consent as {
    identifier?: readonly { system?: string; value?: string }[]
    status?: string
  }
  const value = identifier?.find(({ system }) => system === SWITCH)?.value
  return status === 'active' && (value === 'treatment' || value === 'research') ? value : undefined
}

const FOR: Readonly<Record<string, string>> = {
  TREAT: 'treatment',
  ETREAT: 'emergency treatment',
  HPAYMT: 'payment',
  HOPERAT: 'running the hospital',
  HRESCH: 'research',
  PATRQT: 'what the person asks for',
  PUBHLTH: 'public health',
}
const ABOUT: Readonly<Record<string, string>> = {
  GDIS: 'genetic results',
  HIV: 'HIV',
  PSY: 'mental health',
  SUD: 'substance use',
  ETH: 'substance use',
  SEX: 'sexual health',
}

interface Written {
  readonly type?: string
  readonly period?: { readonly start?: string; readonly end?: string }
  readonly purpose?: readonly { readonly code?: string }[]
  readonly securityLabel?: readonly { readonly code?: string }[]
  readonly provision?: readonly unknown[]
}

interface ConsentWords {
  readonly says: string
  readonly since: string | undefined
  readonly until: string | undefined
  readonly status: string
  /** Exceptions that these words do not tell. */
  readonly exceptions: number
}

/** The heart of a Consent in plain words. What it cannot put into words it counts, and never leaves out in silence. */
export function wordsOf(consent: Resource): ConsentWords {
  const { provision, dateTime, status, scope } = consent as {
    provision?: Written
    dateTime?: string
    status?: string
    scope?: { coding?: readonly { code?: string }[] }
  }
  const named = (codes: Written['purpose'], words: Readonly<Record<string, string>>) =>
    (codes ?? []).map(({ code = '' }) => words[code] ?? code).join(', ')
  const what = named(provision?.securityLabel, ABOUT) || 'the record'
  const purposes = named(provision?.purpose, FOR) || scope?.coding?.[0]?.code || 'every purpose'
  const verb =
    provision?.type === 'permit'
      ? 'may be used for'
      : provision?.type === 'deny'
        ? 'must not be used for'
        : 'follows a policy named in the consent for'
  return {
    says: `${what[0]!.toUpperCase()}${what.slice(1)} ${verb} ${purposes}.`,
    since: provision?.period?.start ?? dateTime,
    until: provision?.period?.end,
    status: status ?? 'not said',
    exceptions: provision?.provision?.length ?? 0,
  }
}
