import { HeaderReader } from '../../intake/vcf/header.ts'
import type { VariantFile } from '../../intake/vcf/scan/records-at.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { Arguments, Option } from '../command.ts'

export const ASSEMBLY: Option = {
  type: 'string',
  value: 'BUILD',
  help: 'GRCh38 or GRCh37, where the header does not tell; it is still checked',
}

/** The build of a file by its header, or by --assembly. Throws BUILD_UNKNOWN and BUILD_CONTRADICTS. */
export function assemblyOfFile(file: VariantFile, input: Arguments): Assembly {
  const said = saidAssembly(input)
  const reader = new HeaderReader(file.name)
  for (const [i, line] of file.header.lines.entries()) if (line.startsWith('##')) reader.meta(line, i + 1)
  const claims = reader.builds
  const known = said ?? claims[0]?.assembly
  if (known === undefined) throw buildUnknown(file.name)
  const other = claims.find(({ assembly }) => assembly !== known)
  if (other !== undefined) {
    throw new Fault(
      'BUILD_CONTRADICTS',
      `${file.name}:${other.line}`,
      `the header speaks of ${other.assembly}, ${said === undefined ? 'and elsewhere of' : 'but --assembly is'} ${known}`,
      'Find out which build the positions are of; annotating across builds gives wrong answers.',
    )
  }
  return known
}

/** The build of --assembly. Throws USAGE_OPTION. */
export function saidAssembly(input: Arguments): Assembly | undefined {
  const said = input.text('assembly')
  if (said === undefined || said === 'GRCh37' || said === 'GRCh38') return said
  throw new Fault('USAGE_OPTION', '--assembly', `"${said}" is not a build`, 'Use GRCh38 or GRCh37.')
}

export function buildUnknown(name: string): Fault {
  return new Fault(
    'BUILD_UNKNOWN',
    name,
    'the header does not tell of which genome build the positions are',
    'Say it with --assembly GRCh38 or --assembly GRCh37.',
  )
}
