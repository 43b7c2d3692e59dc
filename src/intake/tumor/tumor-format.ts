import type { PersonConditions } from '../../record/person-condition.ts'
import type { Resource } from '../../record/resource.ts'
import type { TumorPart } from '../../record/tumor-part.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'

/** Where a number becomes a word. These are knowledge, so the caller brings them from the packs. */
export interface TumorCuts {
  /** Ploidy above which a genome counts as doubled. */
  readonly doubledPloidy: number
  /** Copies from which a gene is amplified, in a genome that is not doubled and in one that is. */
  readonly amplified: number
  readonly amplifiedDoubled: number
  /** Percent of nuclei from which ER and PR are positive. */
  readonly positiveReceptor: number
}

/** How files of a tumour are to be read. Everything left out is taken from the files, and where they do not tell it is a fault. */
export interface TumorOptions {
  readonly cuts: TumorCuts
  /** The build, where the sender knows it; it is still checked against what the files say. */
  readonly assembly?: Assembly
  /** The column of a VCF that is the tumour. */
  readonly tumorSample?: string
  /** Codes of FILTER that do not make a variant fail. */
  readonly acceptFilters?: readonly string[]
  /** Predictors whose columns are read from tables. */
  readonly tools?: readonly string[]
  /** Tumours that Conditions of FHIR establish, each as a code or name. */
  readonly diagnosesIn?: (conditions: readonly Resource[]) => readonly string[]
  /** What resources of FHIR about one person say of their other conditions. */
  readonly conditionsIn?: (resources: readonly Resource[]) => PersonConditions
}

export interface TumorRequest {
  /** The file as it is called in faults. */
  readonly name: string
  /** Uncompressed bytes. */
  readonly text: AsyncIterable<Uint8Array>
  readonly options: TumorOptions
}

/** One format in which results of tumours come. */
export interface TumorFormat {
  readonly name: string
  /** Whether the first characters, up to 64 Ki, are of this format; never by the name of the file. */
  sniff(head: string): boolean
  /** One part for each sample of the file. Throws faults only. */
  read(request: TumorRequest): Promise<readonly TumorPart[]>
}

/** More variants, segments or values than this in one file are refused: a genome's inherited variants do not belong here. */
export const MOST_RECORDS = 2_000_000

export function tooMany(name: string): Fault {
  return new Fault(
    'TUMOR_TOO_MANY',
    name,
    `the file has more than ${MOST_RECORDS} records of tumours`,
    'Send the somatic calls alone, not every inherited variant.',
  )
}
