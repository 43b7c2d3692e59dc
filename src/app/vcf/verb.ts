import type { Arguments, ExitCode, Io, Option } from '../command.ts'

/** One verb of "garrod vcf". */
export interface VcfVerb {
  readonly name: string
  /** After "garrod vcf <name>". */
  readonly usage: string
  readonly summary: string
  readonly options: Readonly<Record<string, Option>>
  readonly examples: readonly (readonly [command: string, what: string])[]
  readonly run: (input: Arguments, io: Io) => Promise<ExitCode>
}
