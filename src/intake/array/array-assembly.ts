import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { PanelRows } from './panel-rows.ts'

/** The build that the comments name and the positions of known rsids bear out. */
export function arrayAssembly(
  name: string,
  comments: string,
  rows: PanelRows,
  stated: Assembly | undefined,
): Assembly {
  const old = /build\s*36|ncbi36|hg18/i.test(comments)
  const named37 = /build\s*37|grch37|hg19/i.test(comments)
  const named38 = /build\s*38|grch38|hg38/i.test(comments)
  const { GRCh37: for37, GRCh38: for38 } = rows.agreeing
  const counts = `${for37} panel rsids lie where GRCh37 has them, ${for38} where GRCh38 has them`
  if (old && !named37 && !named38) {
    throw new Fault(
      'BUILD_UNSUPPORTED',
      name,
      'the file is of build 36',
      'Download the raw data again; companies now export build 37.',
    )
  }
  const claimed = stated ?? (named37 === named38 ? undefined : named37 ? 'GRCh37' : 'GRCh38')
  const shown = for37 >= 2 && for38 === 0 ? 'GRCh37' : for38 >= 2 && for37 === 0 ? 'GRCh38' : undefined
  if (claimed !== undefined && shown !== undefined && claimed !== shown) {
    throw new Fault(
      'BUILD_CONTRADICTS',
      name,
      `${stated === undefined ? 'the header' : '--assembly'} says ${claimed}, but ${counts}`,
      'Send the file as the company exported it, or correct the option.',
    )
  }
  if (for37 >= 2 && for38 >= 2) {
    throw new Fault(
      'BUILD_MIXED',
      name,
      `positions are of two builds: ${counts}`,
      'Send the file as it was exported.',
    )
  }
  const assembly = shown ?? claimed
  if (assembly === undefined) {
    throw new Fault(
      'BUILD_UNKNOWN',
      name,
      `the file names no genome build and too few positions tell it: ${counts}`,
      'State it with --assembly GRCh37 or --assembly GRCh38.',
    )
  }
  return assembly
}
