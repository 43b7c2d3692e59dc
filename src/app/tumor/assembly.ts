import { Fault } from '../../terms/fault.ts'
import type { Arguments } from '../command.ts'

/** The build that --assembly names. Throws USAGE_CHOICE. */
export function assemblyOf(input: Arguments): 'GRCh38' | 'GRCh37' | undefined {
  const build = input.text('assembly')
  if (build === undefined || build === 'GRCh38' || build === 'GRCh37') return build
  throw new Fault('USAGE_CHOICE', '--assembly', `"${build}" is not a choice`, 'Use GRCh38 or GRCh37.')
}
