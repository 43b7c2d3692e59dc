import * as z from 'zod'

/** One row of a publisher's recommendation table, as a release carries it. */
export interface GuidelineRow {
  /** The publisher's id of the row, e.g. "PA166296758". */
  readonly id: string
  readonly source: string
  /** The publisher's id of the guideline. */
  readonly guideline: string
  readonly drugs: readonly string[]
  /** The publisher's name of the people meant; undefined where none is given. */
  readonly population: string | undefined
  readonly strength: string | undefined
  /** By gene: a phenotype, an activity score, an allele's presence as printed, or a diplotype "*1/*28". */
  readonly lookup: Readonly<Record<string, string>>
  readonly implications: readonly string[]
  readonly text: string
}

/** What a release says about one guideline. */
export interface UpstreamGuideline {
  readonly id: string
  readonly source: string
  readonly version: number | undefined
  readonly drugs: readonly string[]
  readonly genes: readonly string[]
  readonly citations: readonly { readonly pmid: string; readonly year: number | undefined }[]
}

/** A release read into memory. */
export interface GuidelineRelease {
  readonly rows: readonly GuidelineRow[]
  readonly guidelines: readonly UpstreamGuideline[]
}

/** A result as text, or the copies of each allele: { "*1": 1, "*28": 1 } is "*1/*28". */
const LookupValue = z.union([
  z.string(),
  z.record(z.string(), z.number().int().positive()).transform((copies) =>
    Object.keys(copies)
      .sort()
      .flatMap((allele) => Array.from({ length: copies[allele]! }, () => allele))
      .join('/'),
  ),
])
const LookupKey = z.record(z.string(), LookupValue)

/** One line of a release kept as rows (recommendations.jsonl); fields we do not read are let through. */
export const RowLine = z.object({
  id: z.string(),
  source: z.string(),
  guideline: z.string(),
  drugs: z.array(z.string()).min(1),
  population: z.string().nullable(),
  strength: z.string().nullable(),
  lookup: LookupKey,
  implications: z.array(z.string()),
  text: z.string().min(1),
})

const Citation = z.object({ pmid: z.string().nullish(), year: z.number().nullish() })

/** One entry of guidelines.json beside the rows. */
export const GuidelineEntry = z.object({
  id: z.string(),
  source: z.string(),
  version: z.number().nullish(),
  drugs: z.array(z.string()),
  genes: z.array(z.string()),
  citations: z.array(Citation).default([]),
})

const Named = z.object({ name: z.string() })

/** One guideline of the ClinPGx form that PharmCAT carries, with its recommendations inside. */
export const GuidelineBundle = z.object({
  guideline: z.object({
    id: z.string(),
    source: z.string(),
    version: z.number().nullish(),
    relatedChemicals: z.array(Named),
    relatedGenes: z.array(z.object({ symbol: z.string() })),
  }),
  recommendations: z.array(
    z.object({
      id: z.string(),
      population: z.string().nullish(),
      classification: z.object({ term: z.string() }).nullish(),
      relatedChemicals: z.array(Named),
      text: z.object({ html: z.string() }),
      implications: z
        .array(z.string())
        .nullish()
        .transform((list) => list ?? []),
      lookupKey: z
        .array(LookupKey)
        .nullish()
        .transform((list) => list ?? []),
    }),
  ),
  citations: z.array(Citation).default([]),
})
export type GuidelineBundle = z.infer<typeof GuidelineBundle>

export function citationsOf(
  citations: readonly z.infer<typeof Citation>[],
): { pmid: string; year: number | undefined }[] {
  return citations.flatMap(({ pmid, year }) =>
    pmid === null || pmid === undefined ? [] : [{ pmid, year: year ?? undefined }],
  )
}
