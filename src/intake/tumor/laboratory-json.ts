import * as z from 'zod'
import type { TumorPart } from '../../record/tumor-part.ts'
import type { Covered, TumorAssay, TumorProfile } from '../../record/tumor-profile.ts'
import { Fault } from '../../terms/fault.ts'
import { issueWords } from '../../terms/schema-issue.ts'
import { MarkerSet } from './marker/marker-set.ts'
import type { TumorCuts } from './tumor-format.ts'
import { copyNumberWord } from './words/copy-number-word.ts'
import { fusionNamed } from './words/fusion-name.ts'

const Share = z.number().gt(0).max(1)
/** "all", or genes; a gene of which only some exons are covered is {"gene": "EGFR", "exons": [18, 19]}. */
const Genes = z.union([
  z.literal('all'),
  z.array(
    z.union([
      z.string().min(1),
      z.strictObject({ gene: z.string().min(1), exons: z.array(z.number().int().positive()) }),
    ]),
  ),
])
const Assay = z.strictObject({
  name: z.string().min(1).optional(),
  design: z.enum(['tumour-normal', 'tumour-only']).optional(),
  specimen: z.enum(['tissue', 'plasma', 'blood', 'bone-marrow']).optional(),
  codingMegabases: z.number().positive().optional(),
  detectionLimit: Share.optional(),
  genes: z
    .strictObject({ variants: Genes, copyNumbers: Genes, fusions: Genes, germline: Genes })
    .partial()
    .optional(),
})
const Marker = z.strictObject({
  marker: z.string().min(1),
  value: z.union([z.string(), z.number()]),
  unit: z.string().optional(),
  scale: z.string().optional(),
  assay: z.string().optional(),
  specimen: z.enum(['tissue', 'plasma']).optional(),
  date: z.iso.date().optional(),
})
/** Results and assay of one sample, or an assay alone, which is then of every sample. */
const LaboratoryDocument = z.strictObject({
  sample: z.string().min(1).optional(),
  diagnosis: z.string().min(1).optional(),
  purity: Share.optional(),
  ploidy: z.number().min(0.5).max(20).optional(),
  assay: Assay.optional(),
  markers: z.array(Marker).optional(),
  copyNumbers: z
    .array(
      z.strictObject({
        gene: z.string().min(1),
        call: z.string(),
        copies: z.number().nonnegative().optional(),
      }),
    )
    .optional(),
  fusions: z.array(z.string()).optional(),
})

export function isLaboratoryDocument(document: unknown): boolean {
  return (
    typeof document === 'object' &&
    document !== null &&
    Object.keys(LaboratoryDocument.shape).some((key) => key in document)
  )
}

/** Throws TUMOR_JSON_INVALID with the path: a field that is not known may be a misspelt one, and a gene then untested. */
export function readLaboratory(document: unknown, file: string, where: string, cuts: TumorCuts): TumorPart {
  const parsed = LaboratoryDocument.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Fault(
      'TUMOR_JSON_INVALID',
      `${where}, ${issue?.path.join('.') || 'top'}`,
      issueWords(issue, 'the document is not as it must be'),
      `Fields: ${Object.keys(LaboratoryDocument.shape).join(', ')}. Shares are from 0 to 1. See docs/tumor.md.`,
    )
  }
  const { data } = parsed
  const set = new MarkerSet(cuts)
  for (const [i, { marker, value, unit, scale, assay, specimen, date }] of (data.markers ?? []).entries())
    set.add(
      {
        name: marker,
        value: String(value),
        ...(unit === undefined ? {} : { unit }),
        ...(scale === undefined ? {} : { scale }),
      },
      {
        ...(assay === undefined ? {} : { assay }),
        ...(specimen === undefined ? {} : { specimen }),
        ...(date === undefined ? {} : { date }),
      },
      `${where}, markers.${i}`,
    )
  const markers = set.markers()
  const assay = data.assay === undefined ? undefined : assayOf(data.assay)
  const { purity, ploidy, diagnosis } = data
  const copyNumbers = data.copyNumbers?.map(({ gene, call, copies }, i) => ({
    gene,
    call: copyNumberWord(call, `${where}, copyNumbers.${i}`),
    ...(copies === undefined ? {} : { copies }),
  }))
  return {
    file,
    format: 'laboratory JSON',
    content: [
      ...(assay === undefined ? [] : (['assay'] as const)),
      ...(data.markers === undefined ? [] : (['markers'] as const)),
      ...(copyNumbers === undefined ? [] : (['copy number of genes'] as const)),
      ...(data.fusions === undefined ? [] : (['fusions'] as const)),
    ],
    sample: data.sample,
    said: {
      markers,
      ...(assay === undefined ? {} : { assay: assay.assay, covered: assay.covered }),
      ...(copyNumbers === undefined ? {} : { copyNumbers }),
      ...(data.fusions === undefined
        ? {}
        : { fusions: data.fusions.map((text, i) => fusionNamed(text, `${where}, fusions.${i}`)) }),
      ...(purity === undefined ? {} : { purity }),
      ...(ploidy === undefined ? {} : { ploidy }),
      ...(diagnosis === undefined ? {} : { diagnosis }),
    },
    records: 1,
    leftOut: set.leftOut(),
    notes: [],
  }
}

function assayOf(given: z.infer<typeof Assay>): {
  assay: TumorAssay
  covered: TumorProfile['covered']
} {
  const { name, design, specimen, codingMegabases, detectionLimit, genes } = given
  const exons: Record<string, readonly number[]> = {}
  if (Array.isArray(genes?.variants))
    for (const one of genes.variants)
      if (typeof one !== 'string') exons[one.gene] = [...one.exons].sort((a, b) => a - b)
  return {
    assay: {
      name,
      design,
      ...(specimen === undefined ? {} : { specimen }),
      ...(codingMegabases === undefined ? {} : { codingMegabases }),
      ...(detectionLimit === undefined ? {} : { detectionLimit }),
      ...(Object.keys(exons).length === 0 ? {} : { exons }),
    },
    covered: {
      variants: coveredOf(genes?.variants),
      copyNumbers: coveredOf(genes?.copyNumbers),
      fusions: coveredOf(genes?.fusions),
      ...(genes?.germline === undefined ? {} : { germline: coveredOf(genes.germline) }),
    },
  }
}

/** Genes that were covered whole: one that is covered in part cannot be called without a change. */
function coveredOf(genes: z.infer<typeof Genes> | undefined): Covered {
  if (genes === undefined || genes === 'all') return genes
  return new Set(genes.filter((one) => typeof one === 'string'))
}
