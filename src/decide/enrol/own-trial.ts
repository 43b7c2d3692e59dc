import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { issueWords } from '../../terms/schema-issue.ts'
import { type Criterion, type DraftLeaf, unreadable } from './criterion.ts'
import { type ClinicalVocabulary, diagnosisWithin } from './ctml/clinical-leaf.ts'
import { refuseEndless } from './ctml/document.ts'
import { malformed } from './malformed.ts'
import { PHASES, type Phase } from './phase.ts'
import type { TypedClause } from './program.ts'
import type { TrialSite } from './site.ts'

const comparison = z.enum(['==', '<=', '>=', '<', '>'])
const word = z.string().min(1)
const days = z.int().nonnegative().optional()

const SentLeaf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('age'), comparison, years: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('sex'), sex: z.enum(['female', 'male']) }),
  z.strictObject({ kind: z.literal('diagnosis'), name: word }),
  z.strictObject({
    kind: z.literal('alteration'),
    gene: word,
    of: z.array(z.enum(['mutation', 'copy-number', 'fusion'])).min(1),
    proteinChange: word.optional(),
    residue: word.optional(),
    classification: word.optional(),
    exon: z.int().positive().optional(),
    copyNumber: z
      .enum(['high-amplification', 'gain', 'neutral', 'heterozygous-deletion', 'homozygous-deletion'])
      .optional(),
    partner: word.optional(),
  }),
  z.strictObject({ kind: z.literal('wild-type'), gene: word }),
  z.strictObject({ kind: z.literal('marker'), marker: word, values: z.array(word).min(1) }),
  z.strictObject({ kind: z.literal('burden'), comparison, perMegabase: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('treated'), drug: word, withinDays: days }),
  z.strictObject({
    kind: z.literal('lab'),
    test: word,
    comparison,
    value: z.number(),
    unit: z.string(),
    withinDays: days,
  }),
  z.strictObject({ kind: z.literal('performance'), comparison, ecog: z.int().min(0).max(5) }),
  z.strictObject({ kind: z.literal('lines'), comparison, count: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('anything'), about: word }),
  z.strictObject({ kind: z.literal('unreadable'), what: word, mend: word }),
])
type SentLeaf = z.infer<typeof SentLeaf>

const SentDays = z.strictObject({ kind: z.literal('age'), comparison, days: z.int().nonnegative() })

interface SentDraft extends Omit<DraftLeaf, 'reads'> {
  readonly reads: SentCriterion | null
}

type SentCriterion =
  | SentLeaf
  | z.infer<typeof SentDays>
  | SentDraft
  | { readonly kind: 'all' | 'any'; readonly of: readonly SentCriterion[] }
  | { readonly kind: 'not'; readonly of: SentCriterion }

const SentCriterion: z.ZodType<SentCriterion> = z.lazy(() =>
  z.union([
    SentLeaf,
    SentDays,
    z.strictObject({
      kind: z.literal('draft'),
      id: word,
      side: z.enum(['inclusion', 'exclusion', 'unstated']),
      text: word,
      reads: SentCriterion.nullable(),
      rest: z.array(z.string()),
    }),
    z.strictObject({ kind: z.enum(['all', 'any']), of: z.array(SentCriterion) }),
    z.strictObject({ kind: z.literal('not'), of: SentCriterion }),
  ]),
)

const SentSite = z.strictObject({
  name: word,
  status: word.optional(),
  city: word.optional(),
  state: word.optional(),
  postalCode: word.optional(),
  country: word.optional(),
  position: z
    .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .optional(),
})

const SentTrial = z.strictObject({
  protocol: word,
  status: word.optional(),
  nctId: word.optional(),
  title: word.optional(),
  phases: z.array(z.enum(PHASES)).default([]),
  drugs: z.array(word).default([]),
  sites: z.array(SentSite).max(10_000).default([]),
  clauses: z.array(
    z.strictObject({
      path: z.string().default('trial'),
      level: z.enum(['trial', 'step', 'arm', 'dose']).default('trial'),
      code: z.string().default(''),
      suspended: z.boolean().default(false),
      /** Places of this cohort, and those that are promised to somebody; when none is left it is closed. */
      places: z.int().nonnegative().optional(),
      reserved: z.int().nonnegative().optional(),
      criterion: SentCriterion,
    }),
  ),
})

/** A trial written in the eligibility language itself, as "garrod trials show --json" prints it. */
export interface OwnTrial {
  readonly protocol: string
  readonly status: string | undefined
  readonly nctId: string | undefined
  readonly title: string | undefined
  readonly phases: readonly Phase[]
  readonly drugs: readonly string[]
  readonly sites: readonly TrialSite[]
  readonly clauses: readonly TypedClause[]
}

export function isOwnTrial(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'protocol' in document && 'clauses' in document
}

/** Throws TRIAL_MALFORMED, naming the field, and what endless documents are refused for. */
export function readOwnTrial(document: unknown, where: string, vocabulary: ClinicalVocabulary): OwnTrial {
  if (typeof document === 'object' && document !== null) refuseEndless(document, where)
  const parsed = SentTrial.safeParse(document)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    const { path, what } =
      first === undefined ? { path: [], what: 'it is no trial' } : malformed(first, document)
    throw new Fault(
      'TRIAL_MALFORMED',
      [where, ...path].join('.'),
      what,
      'Criteria are all, any, not, age, sex, diagnosis, alteration, wild-type, marker, burden, treated, lines, lab, performance, anything, unreadable; see docs/trials.md for their fields.',
    )
  }
  const { protocol, status, nctId, title, phases, drugs, sites, clauses } = parsed.data
  return {
    protocol,
    status,
    nctId,
    title,
    phases: PHASES.filter((one) => phases.includes(one)),
    drugs,
    sites: sites.map((one) => said(one)),
    clauses: clauses.map(({ places, reserved, suspended, criterion, ...rest }) => ({
      ...rest,
      protocol,
      suspended: suspended || (places !== undefined && places <= (reserved ?? 0)),
      ...(places === undefined ? {} : { places: { of: places, reserved: reserved ?? 0 } }),
      criterion: criterionOf(criterion, vocabulary),
    })),
  }
}

/** Reads one criterion of this form. Throws TRIAL_MALFORMED, and what endless documents are refused for. */
export function readCriterion(document: unknown, where: string, vocabulary: ClinicalVocabulary): Criterion {
  if (typeof document === 'object' && document !== null) refuseEndless(document, where)
  const parsed = SentCriterion.safeParse(document)
  if (parsed.success) return criterionOf(parsed.data, vocabulary)
  const [first] = parsed.error.issues
  throw new Fault(
    'TRIAL_MALFORMED',
    [where, ...(first?.path ?? []).map(String)].join('.'),
    issueWords(first, 'it is no criterion'),
    'See docs/trials.md for the form.',
  )
}

function criterionOf(sent: SentCriterion, vocabulary: ClinicalVocabulary): Criterion {
  switch (sent.kind) {
    case 'draft':
      return { ...sent, reads: sent.reads === null ? null : criterionOf(sent.reads, vocabulary) }
    case 'all':
    case 'any':
      return { kind: sent.kind, of: sent.of.map((one) => criterionOf(one, vocabulary)) }
    case 'not':
      return { kind: 'not', of: criterionOf(sent.of, vocabulary) }
    case 'diagnosis': {
      const within = diagnosisWithin(sent.name, vocabulary.tree, vocabulary.groups)
      return within === undefined
        ? unreadable(
            `the diagnosis "${sent.name}" is not in OncoTree ${vocabulary.tree.version}`,
            'Name a type of OncoTree.',
          )
        : { kind: 'diagnosis', name: sent.name, in: within }
    }
    default:
      return said<Criterion>(sent)
  }
}

/** Without the fields that were left out. */
function said<T extends object>(sent: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(sent).filter(([, one]) => one !== undefined)) as T
}

/** A criterion as this form writes it: without what reading works out again. */
export function plainCriterion(criterion: Criterion): object {
  const { written: _written, ...rest } = criterion
  if (rest.kind === 'all' || rest.kind === 'any') return { kind: rest.kind, of: rest.of.map(plainCriterion) }
  if (rest.kind === 'not') return { kind: 'not', of: plainCriterion(rest.of) }
  if (rest.kind === 'draft')
    return { ...rest, reads: rest.reads === null ? null : plainCriterion(rest.reads) }
  if (rest.kind === 'diagnosis') return { kind: 'diagnosis', name: rest.name }
  return rest
}

/** The trial as this form writes it: what `readOwnTrial` reads again as the same. */
export function plainTrial({
  protocol,
  status,
  nctId,
  title,
  phases,
  drugs,
  sites,
  clauses,
}: OwnTrial): object {
  return {
    protocol,
    ...said({ status, nctId, title }),
    ...(phases.length === 0 ? {} : { phases }),
    ...(drugs.length === 0 ? {} : { drugs }),
    ...(sites.length === 0 ? {} : { sites }),
    clauses: clauses.map(plainClause),
  }
}

export function plainClause({
  protocol: _protocol,
  criterion,
  places,
  suspended,
  ...about
}: TypedClause): object {
  const full = places !== undefined && places.of <= places.reserved
  return {
    ...about,
    // A cohort that is only full opens again when a place does.
    suspended: suspended && !full,
    ...(places === undefined
      ? {}
      : { places: places.of, ...(places.reserved > 0 ? { reserved: places.reserved } : {}) }),
    criterion: plainCriterion(criterion),
  }
}
