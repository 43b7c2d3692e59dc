import type { Resource } from '../../../record/resource.ts'
import type { Line } from '../segment/observation-line.ts'
import { isWithdrawn, type ResultStatus } from '../segment/result-status.ts'
import { type Coding, conceptOf } from '../value/coded.ts'

const PROFILES = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition'

/** Profile of the Genomics Reporting guide (STU3). */
export function profile(name: string): string {
  return `${PROFILES}/${name}`
}

const LABORATORY = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/observation-category',
      code: 'laboratory',
      display: 'Laboratory',
    },
  ],
}
export const GENETICS = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE', display: 'Genetics' }],
}

/** What every resource of one report says alike. */
export interface ReportFrame {
  readonly subject: { readonly reference: string }
  readonly id: (...place: readonly string[]) => string
  /** URI of the message; the segment is appended. */
  readonly source: string
  /** Order in which reports of one sender are newer than others; see `orderOf`. */
  readonly reported: string | undefined
  readonly effective: string | undefined
  readonly issued: string | undefined
  readonly specimen: { readonly reference: string } | undefined
  readonly basedOn: Readonly<Record<string, unknown>> | undefined
  readonly performer: string | undefined
  /** HGNC ids by symbol. */
  readonly genes: ReadonlyMap<string, string>
}

/** Tag that carries `ReportFrame.reported`. */
export const REPORTED_TAG = 'urn:garrod:hl7v2:reported'
/** Tag of a resource all of whose lines are corrections: what they leave out still holds. */
export const PARTIAL_TAG = 'urn:garrod:hl7v2:corrections-only'
/** Tag for each component that such a message withdraws: its LOINC code. */
export const WITHDRAWN_TAG = 'urn:garrod:hl7v2:withdrawn'

export function metaOf(
  frame: ReportFrame,
  lines: readonly Line[],
  profiles: readonly string[],
): Resource['meta'] {
  const [first] = lines
  const tag: Coding[] = frame.reported === undefined ? [] : [{ system: REPORTED_TAG, code: frame.reported }]
  return {
    ...(profiles.length === 0 ? {} : { profile: profiles }),
    source: first === undefined ? frame.source : `${frame.source}#OBX-${first.obx.occurrence}`,
    ...(tag.length === 0 ? {} : { tag }),
  }
}

/** The elements that Observations of every kind share. */
export function observationOf(
  frame: ReportFrame,
  lines: readonly Line[],
  status: ResultStatus,
  what: {
    readonly place: readonly string[]
    readonly genomic: boolean
    readonly profile?: string
    readonly code: Readonly<Record<string, unknown>>
    readonly rest: Readonly<Record<string, unknown>>
  },
): Resource {
  const effective = lines.find((one) => one.effective !== undefined)?.effective?.text ?? frame.effective
  const notes = [...new Set(lines.flatMap((one) => one.notes))].map((text) => ({ text }))
  const method = lines.map((one) => one.obx.text(17, 2) ?? one.obx.text(17)).find((one) => one !== undefined)
  const extraNotes = (what.rest['note'] as readonly unknown[] | undefined) ?? []
  const { note: _note, ...rest } = what.rest
  return {
    resourceType: 'Observation',
    id: frame.id(...what.place),
    meta: metaOf(frame, lines, what.profile === undefined ? [] : [profile(what.profile)])!,
    ...(frame.basedOn === undefined ? {} : { basedOn: [frame.basedOn] }),
    status,
    category: what.genomic ? [LABORATORY, GENETICS] : [LABORATORY],
    code: what.code,
    subject: frame.subject,
    ...(effective === undefined ? {} : { effectiveDateTime: effective }),
    ...(frame.issued === undefined ? {} : { issued: frame.issued }),
    ...(frame.performer === undefined ? {} : { performer: [{ display: frame.performer }] }),
    ...(method === undefined ? {} : { method: { text: method } }),
    ...(frame.specimen === undefined ? {} : { specimen: frame.specimen }),
    ...rest,
    ...(notes.length + extraNotes.length === 0 ? {} : { note: [...notes, ...extraNotes] }),
  }
}

/** A line that is a result by itself: one Observation for each value. */
export function plainObservations(frame: ReportFrame, line: Line, genomic: boolean): Resource[] {
  const code = conceptOf(line.code) ?? { text: 'not named' }
  const sent = line.code.sent[0]
  const at = (repetition: number) => [
    'observation',
    sent?.code ?? line.code.text ?? '',
    sent?.system ?? '',
    line.subId,
    String(line.nth),
    String(repetition),
  ]
  const flags = line.obx.repetitions(8).flatMap((one) => one.text(1) ?? [])
  const range = line.obx.text(7)
  const rest = {
    ...(flags.length === 0 ? {} : { interpretation: flags.map(interpretationOf) }),
    ...(range === undefined ? {} : { referenceRange: [{ text: range }] }),
  }
  if (line.values.length === 0) {
    const absent =
      isWithdrawn(line.status) || line.status === 'registered' ? {} : { dataAbsentReason: ABSENT }
    return [
      observationOf(frame, [line], line.status, {
        place: at(0),
        genomic,
        code,
        rest: { ...absent, ...rest },
      }),
    ]
  }
  return line.values.map((value, i) =>
    observationOf(frame, [line], line.status, {
      place: at(i),
      genomic,
      code,
      rest: { ...value.fhir, ...rest },
    }),
  )
}

export const ABSENT = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
      code: 'unknown',
      display: 'Unknown',
    },
  ],
}

/** HL7 table 0078 and FHIR share these codes. */
const FLAGS = new Set([
  'L',
  'LL',
  'H',
  'HH',
  'N',
  'A',
  'AA',
  'S',
  'R',
  'I',
  'U',
  'D',
  'B',
  'W',
  'POS',
  'NEG',
  'IND',
  'DET',
  'ND',
  'HU',
  'LU',
  '<',
  '>',
])

function interpretationOf(flag: string): Readonly<Record<string, unknown>> {
  const code = flag.trim().toUpperCase()
  return FLAGS.has(code)
    ? { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code }] }
    : { text: flag }
}
