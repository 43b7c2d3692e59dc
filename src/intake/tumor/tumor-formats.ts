import { expression } from './expression.ts'
import { fusionTable } from './fusion-table.ts'
import { geneCopies } from './gene-copies.ts'
import { maf } from './maf.ts'
import { markerTable } from './marker-table.ts'
import { segments } from './segments.ts'
import { somaticVcf } from './somatic-vcf.ts'
import type { TumorFormat } from './tumor-format.ts'
import { tumorJson } from './tumor-json.ts'

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
