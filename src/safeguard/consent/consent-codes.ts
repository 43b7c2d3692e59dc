import { type Coding, tokenOf } from '../../record/resource.ts'

export const RESOURCE_TYPES = 'http://hl7.org/fhir/resource-types'
export const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
/** Of `Consent.provision.code` that says what a person wants to be told: see `result-choice.ts`. */
export const RESULT_CHOICE = 'urn:garrod:result-choice'
export const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** Low to high: unrestricted, low, moderate, normal, restricted, very restricted (HL7 v3 Confidentiality). */
const LEVELS = ['U', 'L', 'M', 'N', 'R', 'V']

/** Other spellings of a code system met in consents and labels: value sets named as systems, a trailing slash. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'http://loinc.org/': 'http://loinc.org',
  'http://snomed.info/sct/': 'http://snomed.info/sct',
  'http://terminology.hl7.org/ValueSet/v3-InformationSensitivityPolicy': ACT_CODE,
  'http://terminology.hl7.org/ValueSet/v3-Confidentiality': CONFIDENTIALITY,
  'http://hl7.org/fhir/v3/Confidentiality': CONFIDENTIALITY,
  'http://hl7.org/fhir/v3/ActCode': ACT_CODE,
  'urn:oid:2.16.840.1.113883.5.25': CONFIDENTIALITY,
  'urn:oid:2.16.840.1.113883.5.4': ACT_CODE,
}

/** Token of a code under which it is compared: one spelling of its system. */
export function codeToken({ system, code }: Coding): string {
  return tokenOf(system === undefined ? undefined : (SPELLINGS[system] ?? system), code)
}

/** Kinds of each sensitivity (HL7 v3 ActCode, InformationSensitivityPolicy). */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  SPI: ['BH', 'MH', 'PSY', 'PSYTHPN', 'SUD'],
  BH: ['COGN', 'DVD', 'EMOTDIS'],
  SUD: ['ETHUD', 'OPIOIDUD'],
}

/** One content under an older and a newer code: a denial of either is one of both. */
const SAME: Readonly<Record<string, string>> = { ETH: 'SUD', SUD: 'ETH', SICKLE: 'SCA', SCA: 'SICKLE' }

/**
 * Every label that a provision on these is about: the kinds of a sensitivity; of a confidentiality all above it (a
 * denial) or below it (a permission).
 */
export function labelsMeant(labels: readonly string[], type: 'permit' | 'deny'): readonly string[] {
  const meant = new Set<string>()
  const add = (label: string): void => {
    if (meant.has(label)) return
    meant.add(label)
    const bar = label.indexOf('|')
    const system = label.slice(0, bar)
    const code = label.slice(bar + 1)
    if (system === CONFIDENTIALITY) {
      const level = LEVELS.indexOf(code)
      const covered = level < 0 ? [] : type === 'deny' ? LEVELS.slice(level) : LEVELS.slice(0, level + 1)
      for (const one of covered) meant.add(tokenOf(CONFIDENTIALITY, one))
    }
    if (system !== ACT_CODE) return
    for (const one of KINDS[code] ?? []) add(tokenOf(ACT_CODE, one))
    const same = SAME[code]
    if (same !== undefined && type === 'deny') add(tokenOf(ACT_CODE, same))
  }
  for (const label of labels) add(label)
  return [...meant]
}
