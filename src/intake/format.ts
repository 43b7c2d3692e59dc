import type { GenotypeSet, SourceFile } from '../record/genotype.ts'
import type { Assembly, PanelLocus } from '../terms/genome.ts'
import type { EvidenceRules } from './vcf/sample-call.ts'

/** How a file is to be read. Everything left out has a stated default. */
export interface ReadOptions {
  /** The build, where the sender knows it; it is still checked against the file. */
  readonly assembly?: Assembly
  /** Names of the samples wanted, in the order wanted; all when left out. */
  readonly samples?: readonly string[]
  /** When a record is evidence; see DEFAULT_RULES. */
  readonly rules?: Partial<EvidenceRules>
  /** sorted (default): positions out of order are a fault. any: they are read in whatever order they come. */
  readonly order?: 'sorted' | 'any'
  /** Longest line in bytes; default 64 MiB. */
  readonly longestLine?: number
}

/** What a reader is given: uncompressed bytes and what is to be found in them. */
export interface ReadRequest {
  readonly name: string
  readonly text: AsyncIterable<Uint8Array>
  readonly panel: readonly PanelLocus[]
  readonly options: ReadOptions
  /** The file's description; complete once `text` has ended. */
  source(): SourceFile
}

/** One file format that genotypes come in. */
export interface GenotypeFormat {
  readonly name: string
  readonly source: SourceFile['format']
  /** Whether the first bytes (uncompressed, up to 64 KiB) are of this format. */
  sniff(head: Uint8Array): boolean
  /** One set per sample, in the file's order or in the order asked for. Throws faults only. */
  read(request: ReadRequest): AsyncIterable<GenotypeSet>
  /** The samples of a file, from its header alone; undefined for formats that hold one unnamed person. */
  samples?(name: string, text: AsyncIterable<Uint8Array>): Promise<readonly string[]>
}
