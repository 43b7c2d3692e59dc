import * as z from 'zod'
import type { Covered } from '../../record/tumor-profile.ts'

const word = z.string().trim().min(1).max(200)

/** What a sender says of a file of a tumour, beside the file; what is left out is taken from the file, or is not known. */
export const Told = z.strictObject({
  /** How the specimen is called here: files of one name are one tumour. */
  specimen: word.optional(),
  /** What was read: what is not found in plasma may be in the tumour all the same. */
  specimenKind: z.enum(['tissue', 'plasma', 'blood', 'bone-marrow']).optional(),
  /** Of a file with several samples, the one that is this tumour; the tumour's column of a VCF. */
  tumorSample: word.optional(),
  assembly: z.enum(['GRCh37', 'GRCh38']).optional(),
  /** OncoTree code or name, or a code that maps to one. */
  diagnosis: word.optional(),
  /** Genes that were read for small variants: "all", or symbols separated by commas. Left out: nobody said. */
  genes: z.string().trim().min(1).max(50_000).optional(),
  /** Share of tumour cells of the specimen, 0 to 1. */
  purity: z.coerce.number().gt(0).max(1).optional(),
  /** The assay by name, as the laboratory calls it. */
  assay: word.optional(),
  /** Coding megabases that were read well enough to call. */
  megabases: z.coerce.number().gt(0).max(3500).optional(),
})
export type Told = z.infer<typeof Told>

/** Of the statements about several files of one tumour, the newest of each. */
export function joinedTold(all: readonly Told[]): Told {
  return Object.assign(
    {},
    ...all.map((one) => Object.fromEntries(Object.entries(one).filter(([, v]) => v !== undefined))),
  ) as Told
}

export function coveredOf(genes: string | undefined): Covered {
  if (genes === undefined) return undefined
  if (genes.toLowerCase() === 'all') return 'all'
  return new Set(genes.split(/[\s,;]+/).filter((one) => one !== ''))
}
