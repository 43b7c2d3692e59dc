import * as z from 'zod'
import type { DrugAdvice, NamedDrug, Plan } from '../../decide/plan.ts'
import type { Card } from '../../deliver/cds-hooks/card.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { GenotypeSet, OutsideCall } from '../../record/genotype.ts'
import type { ClinicalContext, DrugUse, Measurement, Sex } from '../../record/patient-record.ts'
import type { AccessPage } from '../../safeguard/audit/who-looked.ts'
import type { PackRef } from '../../terms/evidence.ts'
import type { TumorUpload } from '../board/read-tumor-upload.ts'

/**
 * The JSON API of the web front, under /api. The page imports this file as types only.
 * What is `undefined` in a type is a missing key in JSON.
 *
 *   GET   /api/patients?search=&after=    PatientPage (`after`: the page before said it as `next`)
 *   POST  /api/patients                   NewPatient -> 201 PatientSummary; 409 PATIENT_POSSIBLY_KNOWN
 *   GET   /api/patients/:id               PatientSummary
 *   PATCH /api/patients/:id               PatientChange -> PatientSummary
 *   POST  /api/patients/:id/drugs         DrugList -> DrugListReply
 *   POST  /api/patients/:id/files         multipart (FileFields, then one file) -> 202 Job
 *   GET   /api/jobs?state=                QueueJob[], newest change first
 *   GET   /api/jobs/:id                   of an upload Job: ask again while it is neither "stored" nor "refused"; else QueueJob
 *   POST  /api/jobs/:id/retry, …/cancel   QueueJob
 *   POST  /api/patients/:id/tumor/files   multipart (Told of src/app/board, then one file) -> 202 Job
 *   GET   /api/patients/:id/tumor         TumorReply, and the routes below it: src/app/board/board-api.ts
 *   GET   /api/patients/:id/findings      FindingsReply
 *   GET   /api/patients/:id/plan?which=   PlanReply (src/decide/plan.ts): drugs of the record and those that the findings change
 *                                         something for; with "all" every drug that has a guideline
 *   GET   /api/patients/:id/plans         PlansReply: what was issued as a report, newest first
 *   GET   /api/patients/:id/plans/:v      Plan, as it was issued
 *   POST  /api/patients/:id/try           TryDrug -> TryReply
 *   GET   /api/patients/:id/report.html   the clinician's page
 *   GET   /api/patients/:id/report.pdf    the same on paper
 *   GET   /api/patients/:id/fhir          FHIR R4 Bundle (?transaction=true for one to POST to a server)
 *   GET   /api/patients/:id/access?before= AccessReply: who looked, newest first (`before`: the page before said it as `next`)
 *   GET   /api/facts                      FactsReply
 *   GET   /api/drugs?query=               DrugsReply
 *
 * A fault answers 4xx with FaultReply; a bug answers 500 with FaultReply whose `where` is an id that the log knows.
 */
export interface FaultReply {
  readonly code: string
  readonly where: string
  readonly what: string
  readonly mend: string
  /** PATIENT_POSSIBLY_KNOWN: who the person may be, of those whom the caller may see. */
  readonly people?: readonly string[]
}

export interface PatientRow {
  readonly id: string
  readonly name: string | undefined
  readonly sex: Sex
  readonly birthDate: string | undefined
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
  /** Genotype sets stored: one for each file and sample. */
  readonly files: number
  /** Genes called by other laboratories. */
  readonly outsideCalls: number
}

export interface PatientPage {
  /** By name, then id. */
  readonly patients: readonly PatientRow[]
  /** How many match the search. */
  readonly total: number
  /** Give it as `after` for the next page; missing on the last one. */
  readonly next: string | undefined
}

/** A file as the summary shows it: counts instead of calls. */
export interface FileSummary extends Pick<GenotypeSet, 'sample' | 'source' | 'assembly' | 'notes'> {
  readonly calls: number
  readonly gaps: number
}

export interface PatientSummary extends Omit<PatientRow, 'files' | 'outsideCalls'> {
  readonly drugs: readonly DrugUse[]
  readonly files: readonly FileSummary[]
  readonly outsideCalls: readonly OutsideCall[]
  readonly measurements: readonly Measurement[]
  readonly context: ClinicalContext
  /** Said when part of the record is not shown to the caller. */
  readonly withheld?: string
}

export interface FindingsReply {
  readonly findings: readonly PgxFinding[]
  readonly facts: readonly PackRef[]
  /** Said when part of the record is not shown to the caller, so that this does not rest on it. */
  readonly withheld?: string
}

export interface PlanReply extends Plan {
  readonly withheld?: string
}

/** Plans that left as a report (page, PDF or FHIR), each with what it rests on. */
export interface PlansReply {
  readonly plans: readonly {
    readonly version: number
    readonly engine: { readonly name: string; readonly version: string }
    readonly facts: readonly PackRef[]
    readonly recordVersion: number
    readonly madeAt: string
  }[]
}

/** Who looked at a record or changed it, and why, in words for the person it is about. */
export type AccessReply = AccessPage

export interface DrugListReply {
  readonly drugs: readonly DrugUse[]
}

/**
 * What happens to an uploaded file after its last byte arrived. The upload's own progress is the browser's to show
 * (XMLHttpRequest upload events); nothing is stored before "stored".
 */
export interface Job {
  readonly id: string
  readonly patient: string
  readonly file: string
  readonly state: 'waiting' | 'reading' | 'stored' | 'refused'
  /** Bytes of the file read so far, and in all. */
  readonly bytes: { readonly read: number; readonly total: number }
  /** Why it was refused. */
  readonly fault: FaultReply | undefined
  /** What was stored. */
  readonly stored:
    | FileSummary
    | { readonly outsideCalls: number }
    | { readonly tumor: TumorUpload }
    | undefined
}

/** One job of the queue. Says nothing about people. */
export interface QueueJob {
  readonly id: string
  /** "upload", "reinterpret", "export" … */
  readonly kind: string
  readonly state: 'waiting' | 'running' | 'done' | 'dead' | 'cancelled'
  readonly attempt: number
  readonly attempts: number
  readonly progress: { readonly done: number; readonly of: number | undefined; readonly text: string }
  readonly fault: { readonly code: string; readonly what: string; readonly mend: string } | undefined
  readonly madeAt: string
  readonly changedAt: string
}

/** What a prescriber who orders the drug now would see. */
export interface TryReply {
  /** The drug that the text means; several for a combination product. */
  readonly drugs: readonly NamedDrug[]
  /** Advice on each of them, most harmful first. */
  readonly advice: readonly DrugAdvice[]
  /** Empty: the prescriber would not be interrupted. */
  readonly cards: readonly Card[]
  readonly withheld?: string
}

export interface FactsReply {
  readonly engine: { readonly name: 'garrod'; readonly version: string }
  readonly packs: readonly {
    readonly id: string
    readonly version: string
    readonly title: string
    readonly source: string
    readonly retrieved: string
    readonly licence: string
    readonly attribution: string
    readonly limits: readonly string[]
  }[]
}

export interface DrugsReply {
  /** Best match first. */
  readonly drugs: readonly (NamedDrug & {
    /** The name that matched, when it is not the generic name. */
    readonly matched: string | undefined
  })[]
}

const text = (most: number) => z.string().trim().min(1).max(most)
const birthDate = z.string().regex(/^\d{4}(-\d\d(-\d\d)?)?$/, 'use YYYY, YYYY-MM or YYYY-MM-DD')
const sex = z.enum(['female', 'male', 'other', 'unknown'])
const measurement = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('weight'), value: z.number().positive().max(700), unit: z.literal('kg') }),
  z.strictObject({ kind: z.literal('height'), value: z.number().positive().max(300), unit: z.literal('cm') }),
  z.strictObject({ kind: z.literal('age'), value: z.number().min(0).max(130), unit: z.literal('a') }),
  z.strictObject({ kind: z.literal('inr'), value: z.number().positive().max(20), unit: z.literal('{INR}') }),
])
const context = z.strictObject({
  indications: z.array(text(80)).max(50).optional(),
  race: z.enum(['white', 'black', 'asian', 'other']).optional(),
  smoker: z.boolean().optional(),
  targetInr: z.number().positive().max(20).optional(),
})

/** The context without keys that are there but undefined. */
export function clinicalContext(given: z.output<typeof context>): ClinicalContext {
  const { indications, race, smoker, targetInr } = given
  return {
    ...(indications === undefined ? {} : { indications }),
    ...(race === undefined ? {} : { race }),
    ...(smoker === undefined ? {} : { smoker }),
    ...(targetInr === undefined ? {} : { targetInr }),
  }
}

export const NewPatient = z.strictObject({
  /** Chosen by the server when absent. */
  id: text(64).optional(),
  name: text(200).optional(),
  sex: sex.default('unknown'),
  birthDate: birthDate.optional(),
  identifiers: z
    .array(z.strictObject({ system: text(200), value: text(100) }))
    .max(20)
    .default([]),
  measurements: z.array(measurement).max(20).default([]),
  context: context.default({}),
  /** Ids of people with the same name, birth date and sex who are not this person, as PATIENT_POSSIBLY_KNOWN named them. */
  anotherPerson: z.array(text(64)).max(50).default([]),
})
export type NewPatient = z.input<typeof NewPatient>

/** What is given replaces what was there; what is not given stays. */
export const PatientChange = z.strictObject({
  name: text(200).optional(),
  sex: sex.optional(),
  birthDate: birthDate.optional(),
  measurements: z.array(measurement).max(20).optional(),
  context: context.optional(),
})
export type PatientChange = z.input<typeof PatientChange>

/** The whole list; it replaces the one before. Names are resolved, a name that is not known is refused. */
export const DrugList = z.strictObject({
  drugs: z
    .array(
      z.strictObject({
        text: text(200),
        rxcui: text(8).optional(),
        status: z.enum(['taking', 'considered']).default('taking'),
      }),
    )
    .max(200),
})
export type DrugList = z.input<typeof DrugList>

/** Form fields of an upload; they come before the file part. */
export const FileFields = z.strictObject({
  /** Which sample of a file that holds several. */
  sample: text(200).optional(),
})
export type FileFields = z.input<typeof FileFields>

export const TryDrug = z.strictObject({ drug: text(200) })
export type TryDrug = z.input<typeof TryDrug>
