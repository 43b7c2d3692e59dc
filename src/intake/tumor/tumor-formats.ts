import { expression } from './table/expression.ts'
import { fusionTable } from './table/fusion-table.ts'
import { geneCopies } from './table/gene-copies.ts'
import { maf } from './table/maf.ts'
import { markerTable } from './table/marker-table.ts'
import { segments } from './table/segments.ts'
import type { TumorFormat } from './tumor-format.ts'
import { tumorJson } from './tumor-json.ts'
import { somaticVcf } from './vcf/somatic-vcf.ts'

/** Every format of results of tumours, in the order in which they are asked whether a file is theirs. */
export const TUMOR_FORMATS: readonly TumorFormat[] = [
  somaticVcf,
  tumorJson,
  fusionTable,
  segments,
  maf,
  markerTable,
  expression,
  geneCopies,
]
