import * as z from 'zod'
import { CRITERION_CODES } from '../../interpret/finding/germline.ts'
import { isPathogenic, type VariantEvidence } from '../../interpret/germline/germline.ts'
import { Fault } from '../../terms/fault.ts'
import { notJson } from '../../terms/not-json.ts'
import { issueWords } from '../../terms/schema-issue.ts'

const Source = z.string().min(1)
const Share = z.number().min(0).max(1)
const Count = z.number().int().nonnegative()

/** What each tool prints, [from, to]; a tool that is not named is held to nothing. */
const SCALES: Readonly<Record<string, readonly [from: number, to: number]>> = {
  REVEL: [0, 1],
  AlphaMissense: [0, 1],
  VEST4: [0, 1],
  SpliceAI: [0, 1],
  BayesDel: [-1.5, 1],
  CADD: [0, 100],
}

function isOnScale(tool: string, value: number): boolean {
  const scale = SCALES[tool]
  return scale === undefined || (value >= scale[0] && value <= scale[1])
}

/** Evidence of one variant as it is handed over in JSON; names and meaning are those of VariantEvidence. */
const EvidenceSchema = z.strictObject({
  variant: z
    .strictObject({
      assembly: z.enum(['GRCh37', 'GRCh38']).default('GRCh38'),
      chromosome: z
        .string()
        .regex(/^chr([1-9]|1\d|2[0-2]|X|Y|M)$/)
        .transform((text) => text as `chr${string}`),
      position: z.number().int().positive(),
      ref: z.string().regex(/^[ACGTN]+$/),
      alt: z.string().regex(/^[ACGTN]+$/),
      gene: z.string().optional(),
      transcript: z.string().optional(),
      hgvsC: z.string().optional(),
      hgvsP: z.string().optional(),
      consequences: z.array(z.string()).default([]),
    })
    .transform(({ gene, transcript, hgvsC, hgvsP, ...rest }) => ({
      ...rest,
      gene,
      transcript,
      hgvsC,
      hgvsP,
    })),
  gene: z
    .strictObject({
      inheritance: z.array(z.enum(['AD', 'AR', 'XL', 'SD', 'MT'])).exactOptional(),
      lossOfFunction: z.enum(['established', 'likely', 'no']).exactOptional(),
      missenseZ: z.number().exactOptional(),
      missenseCauses: z.enum(['usual', 'never']).exactOptional(),
      ba1: Share.exactOptional(),
      bs1: Share.exactOptional(),
      pm2: Share.exactOptional(),
      source: Source,
    })
    .exactOptional(),
  population: z
    .strictObject({
      filteringFrequency: Share.exactOptional(),
      frequency: Share.exactOptional(),
      alleles: Count.exactOptional(),
      homozygotes: Count.exactOptional(),
      absent: z.boolean().exactOptional(),
      source: Source,
    })
    .refine(
      ({ absent, frequency = 0, filteringFrequency = 0 }) =>
        absent !== true || frequency + filteringFrequency === 0,
      {
        error: 'absent, and yet with a frequency above 0: one of the two is wrong',
      },
    )
    .refine(({ alleles, homozygotes = 0 }) => alleles === undefined || 2 * homozygotes <= alleles, {
      error: 'more homozygotes than the alleles allow',
    })
    .exactOptional(),
  healthy: z.strictObject({ carriers: Count, fullPenetrance: z.boolean(), source: Source }).exactOptional(),
  scores: z
    .array(
      z
        .strictObject({ tool: z.string(), value: z.number(), source: Source })
        .refine(({ tool, value }) => isOnScale(tool, value), {
          error:
            'outside the scale of the tool: REVEL, AlphaMissense, VEST4 and SpliceAI are 0 to 1, CADD is Phred-scaled',
        }),
    )
    .exactOptional(),
  loss: z
    .strictObject({
      nmd: z.enum(['predicted', 'escapes']).exactOptional(),
      proteinShare: Share.exactOptional(),
      criticalRegion: z.boolean().exactOptional(),
      skipKeepsFrame: z.boolean().exactOptional(),
      inRelevantTranscript: z.boolean().exactOptional(),
      frequentTruncations: z.boolean().exactOptional(),
      otherTranscriptStart: z.boolean().exactOptional(),
      pathogenicUpstreamOfNextStart: z.boolean().exactOptional(),
      source: Source,
    })
    .exactOptional(),
  region: z
    .strictObject({
      hotspot: z.boolean().exactOptional(),
      repeat: z.boolean().exactOptional(),
      source: Source,
    })
    .exactOptional(),
  comparators: z
    .array(
      z.strictObject({
        class: z.enum(['pathogenic', 'likely-pathogenic', 'uncertain', 'likely-benign', 'benign']),
        kind: z.enum(['same-change', 'same-residue']),
        id: z.string(),
        splicing: z.boolean().exactOptional(),
        source: Source,
      }),
    )
    .exactOptional(),
  deNovo: z
    .array(
      z.strictObject({
        parents: z.enum(['confirmed', 'assumed']),
        phenotype: z.enum(['specific', 'consistent', 'heterogeneous', 'none', 'unknown']),
        source: Source,
      }),
    )
    .exactOptional(),
  inTrans: z
    .array(
      z.strictObject({
        other: z.enum(['pathogenic', 'likely-pathogenic', 'uncertain', 'same']),
        phase: z.enum(['confirmed', 'unknown']),
        consanguineous: z.boolean().exactOptional(),
        source: Source,
      }),
    )
    .exactOptional(),
  besidePathogenic: z
    .strictObject({ phase: z.enum(['in-cis', 'in-trans-dominant']), source: Source })
    .exactOptional(),
  segregation: z
    .strictObject({
      meioses: Count,
      families: Count,
      affectedWithout: Count,
      phenocopyExcluded: z.boolean().exactOptional(),
      source: Source,
    })
    .refine(({ meioses, families }) => meioses === 0 || families > 0, {
      error: 'meioses of no family',
    })
    .exactOptional(),
  functional: z
    .strictObject({
      result: z.enum(['damaging', 'normal']),
      oddsPath: z.number().positive().exactOptional(),
      controls: z.strictObject({ pathogenic: Count, benign: Count }).exactOptional(),
      source: Source,
    })
    .exactOptional(),
  cases: z
    .strictObject({
      oddsRatio: z.number().positive().exactOptional(),
      oddsRatioLow: z.number().positive().exactOptional(),
      source: Source,
    })
    .refine(({ oddsRatio, oddsRatioLow = 0 }) => oddsRatio === undefined || oddsRatioLow <= oddsRatio, {
      error: 'the lower end of the interval lies above the odds ratio',
    })
    .exactOptional(),
  phenotype: z
    .strictObject({ strength: z.enum(['supporting', 'moderate', 'strong']), source: Source })
    .exactOptional(),
  otherCause: z.strictObject({ found: z.boolean(), source: Source }).exactOptional(),
  stated: z
    .array(
      z.strictObject({
        code: z.enum(CRITERION_CODES),
        met: z.boolean(),
        strength: z.enum(['stand-alone', 'very-strong', 'strong', 'moderate', 'supporting']).exactOptional(),
        because: z.string().min(1),
        source: Source,
      }),
    )
    .refine((all) => new Set(all.map(({ code }) => code)).size === all.length, {
      error: 'a criterion is stated twice: state it once, with what holds',
    })
    .refine((all) => !all.some(({ code, strength }) => isPathogenic(code) && strength === 'stand-alone'), {
      error: 'a criterion for pathogenic cannot stand alone',
    })
    .exactOptional(),
})

/** Evidence of one JSON text. Throws EVIDENCE_NOT_JSON, EVIDENCE_INVALID naming the field. */
export function readEvidence(text: string, where: string): VariantEvidence {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw new Fault('EVIDENCE_NOT_JSON', where, `${notJson(error, text)}`, 'Send one JSON object.')
  }
  const parsed = EvidenceSchema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Fault(
    'EVIDENCE_INVALID',
    `${where}, ${issue?.path.join('.') || 'the object'}`,
    issueWords(issue, 'not evidence of a variant'),
    'Every piece of evidence names its source; frequencies are 0 to 1. See docs/germline.md.',
  )
}
