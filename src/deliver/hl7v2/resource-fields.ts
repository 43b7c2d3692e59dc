import type { Coding, Resource } from '../../record/resource.ts'
import type { FieldText } from './segment-text.ts'

/** FHIR CodeableConcept. */
export interface Concept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}

/** HL7 names (table 0396) of terminologies. Others are sent as local ("L"), with their own codes. */
const NAMES: Readonly<Record<string, string>> = {
  'http://loinc.org': 'LN',
  'http://snomed.info/sct': 'SCT',
  'http://www.genenames.org': 'HGNC',
  'http://varnomen.hgvs.org': 'HGVS',
  'http://www.ncbi.nlm.nih.gov/refseq': 'REFSEQ',
  'http://www.ncbi.nlm.nih.gov/snp': 'DBSNP',
  'http://www.ncbi.nlm.nih.gov/clinvar': 'CLINVAR-V',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RXNORM',
  'http://www.whocc.no/atc': 'ATC',
  'http://hl7.org/fhir/sid/icd-10': 'I10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'I10C',
  'http://unitsofmeasure.org': 'UCUM',
}

/** CWE: the first code and, where there is one, a second; the text as original text. */
export function cwe(concept: Concept | undefined): FieldText {
  const [first, second] = concept?.coding ?? []
  if (first === undefined) return [undefined, concept?.text]
  return [
    first.code,
    first.display ?? concept?.text,
    nameOf(first.system),
    ...(second === undefined ? [] : [second.code, second.display, nameOf(second.system)]),
  ]
}

function nameOf(system: string | undefined): string {
  return NAMES[system ?? ''] ?? 'L'
}

/** A FHIR date or dateTime as DTM. */
export function dtm(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const parts =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?[.\d]*(Z|[+-]\d\d:\d\d)?)?)?)?$/.exec(text)
  if (parts === null) return undefined
  const [, year, month = '', day = '', hour = '', minute = '', second = '', zone = ''] = parts
  return `${year}${month}${day}${hour}${minute}${second}${zone === 'Z' ? '+0000' : zone.replace(':', '')}`
}

interface Identifier {
  readonly system?: string
  readonly value?: string
  readonly type?: Concept
}

/** The namespace that an identifier system of ours stands for: "urn:id:HOSP" is HOSP; other URIs are universal ids. */
function authority(system: string | undefined): string {
  const id = /^urn:id:(.+)$/.exec(system ?? '')?.[1]
  if (id !== undefined) return decodeURIComponent(id)
  const oid = /^urn:oid:(.+)$/.exec(system ?? '')?.[1]
  return oid === undefined ? `&${system ?? ''}&URI` : `&${oid}&ISO`
}

/** PID of a Patient. The parts of an authority are subcomponents, so they are joined before and not escaped again. */
export function pidSegment(patient: Resource, text: (field: string | undefined) => string): string {
  const identifiers = (patient['identifier'] as readonly Identifier[] | undefined) ?? []
  const cx = identifiers.flatMap(({ system, value, type }) => {
    if (value === undefined) return []
    const kind = type?.coding?.[0]?.code ?? 'MR'
    const parts = authority(system).split('&').map(text).join('&')
    return [`${text(value)}^^^${parts}^${text(kind)}`]
  })
  const [name] =
    (patient['name'] as
      | readonly { text?: string; family?: string; given?: readonly string[] }[]
      | undefined) ?? []
  const words = name?.text?.trim().split(/\s+/) ?? []
  const family = name?.family ?? words.at(-1)
  const given = name?.given ?? words.slice(0, -1)
  const sex = { male: 'M', female: 'F', other: 'O', unknown: 'U' }[String(patient['gender'])] ?? 'U'
  return `PID|1||${cx.join('~')}||${[family, ...given].map(text).join('^')}||${dtm(patient['birthDate']) ?? ''}|${sex}`
}

/** The number of an order or report by its type (PLAC, FILL), else the first. */
export function numberField(resource: Resource, type: 'PLAC' | 'FILL'): FieldText {
  const all = (resource['identifier'] as readonly Identifier[] | undefined) ?? []
  const one = all.find((identifier) => identifier.type?.coding?.some(({ code }) => code === type))
  if (one === undefined) return undefined
  const [namespace, universal, kind] = authority(one.system).split('&')
  return [one.value, namespace, universal, kind]
}
