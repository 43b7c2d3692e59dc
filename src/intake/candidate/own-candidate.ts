import * as z from 'zod'
import type { Alteration, Assay, Candidate, Home, LabResult, Treatment } from '../../record/candidate.ts'
import { Fault } from '../../terms/fault.ts'
import { issueWords } from '../../terms/schema-issue.ts'

const Kind = z.enum(['mutation', 'copy-number', 'fusion'])

/** What a test could have seen, as a file says it. */
const SentAssay = z.strictObject({
  name: z.string().min(1),
  genes: z.union([z.literal('all'), z.array(z.string().min(1)).max(50_000)]),
  finds: z.array(Kind).min(1),
})

const SentAlteration = z.strictObject({
  kind: Kind,
  gene: z.string().min(1),
  partner: z.string().min(1).nullable().optional(),
  proteinChange: z.string().min(1).optional(),
  classification: z.string().min(1).optional(),
  exon: z.int().positive().optional(),
  copyNumber: z
    .enum(['high-amplification', 'gain', 'neutral', 'heterozygous-deletion', 'homozygous-deletion'])
    .optional(),
})

const Day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'YYYY-MM-DD')

const SentTreatment = z.strictObject({
  drug: z.string().min(1),
  until: Day.optional(),
  ongoing: z.boolean().optional(),
})

const SentLab = z.strictObject({
  test: z.string().min(1),
  value: z.number(),
  unit: z.string().default(''),
  upperLimit: z.number().positive().optional(),
  beyond: z.enum(['<', '<=', '>', '>=']).optional(),
  date: Day.optional(),
})

const SentHome = z.strictObject({
  position: z
    .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional(),
  postalCode: z.string().min(1).optional(),
  country: z.string().min(1).optional(),
})

const SentCandidate = z.strictObject({
  id: z.string().min(1),
  birthDate: z
    .string()
    .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'YYYY, YYYY-MM or YYYY-MM-DD')
    .optional(),
  deceased: z.boolean().optional(),
  sex: z.enum(['female', 'male']).optional(),
  diagnosis: z.string().min(1).optional(),
  alterations: z.array(SentAlteration).default([]),
  assays: z.array(SentAssay).default([]),
  markers: z.record(z.string(), z.string().min(1)).default({}),
  tmb: z.number().nonnegative().optional(),
  treatments: z.array(z.union([z.string().min(1), SentTreatment])).optional(),
  labs: z.array(SentLab).optional(),
  ecog: z.int().min(0).max(5).optional(),
  karnofsky: z.int().min(0).max(100).multipleOf(10).optional(),
  home: SentHome.optional(),
  priorLines: z.int().nonnegative().optional(),
  priorLinesAtLeast: z.int().nonnegative().optional(),
  treatmentsComplete: z.boolean().default(false),
})

/** A person in Garrod's own form. Throws CANDIDATE_MALFORMED, naming the field. */
export function readOwnCandidate(document: unknown, where: string): Candidate {
  const parsed = SentCandidate.safeParse(document)
  if (!parsed.success) throw candidateFault(where, parsed.error)
  const { assays, tmb, alterations, treatments, labs, home, ...rest } = parsed.data
  return present<Candidate>({
    ...rest,
    alterations: alterations.map((one) => present<Alteration>(one)),
    assays: assays.map(assayOf),
    burden: tmb,
    treatments: treatments?.map((one) => (typeof one === 'string' ? { drug: one } : present<Treatment>(one))),
    labs: labs?.map((one) => present<LabResult>(one)),
    home: home === undefined ? undefined : present<Home>(home),
  })
}

/** Reads one assay. Throws CANDIDATE_MALFORMED. */
export function readAssay(document: unknown, where: string): Assay {
  const parsed = SentAssay.safeParse(document)
  if (!parsed.success) throw candidateFault(where, parsed.error)
  return assayOf(parsed.data)
}

function assayOf({ name, genes, finds }: z.infer<typeof SentAssay>): Assay {
  return { name, genes: genes === 'all' ? 'all' : new Set(genes), finds: new Set(finds) }
}

function candidateFault(where: string, error: z.ZodError): Fault {
  const [first] = error.issues
  const at = first === undefined || first.path.length === 0 ? where : `${where}.${first.path.join('.')}`
  return new Fault(
    'CANDIDATE_MALFORMED',
    at,
    issueWords(first, 'it is no candidate'),
    'See docs/trials.md for the form.',
  )
}

/** The value without the fields that are undefined: what is unknown is absent. */
function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}
