import type { CodeSystem } from './diagnosis-codes.ts'

/** A code of a classification as it is written in records. */
export interface SystemCode {
  readonly system: CodeSystem
  /** "C50.9", "8500/3", "C4872". */
  readonly code: string
  /** Site of ICD-O-3 beside a morphology. */
  readonly site: string | undefined
}

/** Names and addresses of systems, as FHIR, phenopackets and people write them. */
const SYSTEMS: readonly (readonly [RegExp, CodeSystem | 'icdo3-site'])[] = [
  [/^(ncit|nci|ncithesaurus|http:\/\/ncicb\.nci\.nih\.gov.*|http:\/\/ncithesaurus.*)$/i, 'ncit'],
  [/^(umls|cui|http:\/\/www\.nlm\.nih\.gov\/research\/umls)$/i, 'umls'],
  [
    /^(icd-?o-?3?([-. ]?(morphology|m))?|http:\/\/terminology\.hl7\.org\/CodeSystem\/icd-o-3|urn:oid:2\.16\.840\.1\.113883\.6\.43\.1)$/i,
    'icdo3',
  ],
  [/^(icd-?o-?3?[-. ]?(topography|t))$/i, 'icdo3-site'],
  [
    /^(icd-?10(-?(cm|gm|who))?|http:\/\/hl7\.org\/fhir\/sid\/icd-10(-cm|-gm)?|http:\/\/fhir\.de\/CodeSystem\/bfarm\/icd-10-gm|urn:oid:2\.16\.840\.1\.113883\.6\.(3|90))$/i,
    'icd10',
  ],
  [/^(hemeonc)$/i, 'hemeonc'],
  [/^(snomed( ?ct)?|sct|sctid|http:\/\/snomed\.info\/sct|urn:oid:2\.16\.840\.1\.113883\.6\.96)$/i, 'snomed'],
]

/**
 * "NCIT:C4872", "http://snomed.info/sct|254837009", "ICD-10 C50.9", "C50.9 8500/3", or a bare code whose shape tells its
 * system: 8500/3 is ICD-O-3, C50.9 ICD-10 (the sites of ICD-O-3 carry the same numbers), C4872 NCIt, C0006142 UMLS.
 * undefined: it is no such code.
 */
export function readSystemCode(text: string): SystemCode | undefined {
  const trimmed = text.trim()
  const morphology = /\b(\d{4}\/\d)\b/.exec(trimmed)?.[1]
  if (morphology !== undefined) {
    const site = /\b(C\d\d(?:\.?\d)?)\b/i.exec(trimmed)?.[1]
    return { system: 'icdo3', code: morphology, site: site === undefined ? undefined : dotted(site) }
  }
  const [, named, code] = /^(.+?)\s*[|:\s]\s*([A-Z]?\d[\w.]*)$/i.exec(trimmed) ?? []
  if (named !== undefined && code !== undefined) {
    const system = SYSTEMS.find(([shape]) => shape.test(named.trim()))?.[1]
    if (system === undefined) return undefined
    return system === 'icdo3-site' || system === 'icd10' || system === 'icdo3'
      ? { system: 'icd10', code: dotted(code), site: undefined }
      : { system, code: code.toUpperCase(), site: undefined }
  }
  if (/^C\d{7}$/i.test(trimmed)) return { system: 'umls', code: trimmed.toUpperCase(), site: undefined }
  if (/^[CD]\d[\dA](\.[\dA-Z]{1,4})?$/i.test(trimmed))
    return { system: 'icd10', code: trimmed.toUpperCase(), site: undefined }
  if (/^C\d{4,6}$/i.test(trimmed)) return { system: 'ncit', code: trimmed.toUpperCase(), site: undefined }
  if (/^\d{6,18}$/.test(trimmed)) return { system: 'snomed', code: trimmed, site: undefined }
  return undefined
}

/** "C509" is how some systems write C50.9. */
function dotted(code: string): string {
  const text = code.toUpperCase()
  return /^[CD]\d[\dA]\w/.test(text) ? `${text.slice(0, 3)}.${text.slice(3)}` : text
}
