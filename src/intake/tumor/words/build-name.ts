import { Fault } from '../../../terms/fault.ts'
import type { Assembly } from '../../../terms/genome.ts'

/** The build that a word names: "37", "hg19", "GRCh38.p13", "b37". Throws BUILD_UNSUPPORTED. */
export function buildNamed(word: string, where: string): Assembly {
  if (/^(37|hg19|b37|hs37d5|grch37(\.\S*)?|grch37-lite)$/i.test(word.trim())) return 'GRCh37'
  if (/^(38|hg38|b38|grch38(\.\S*)?)$/i.test(word.trim())) return 'GRCh38'
  throw new Fault(
    'BUILD_UNSUPPORTED',
    where,
    `"${word}" is not a build that is read`,
    'GRCh37 (hg19, 37) and GRCh38 (hg38, 38) are. Lift the file over, or correct the name.',
  )
}
