import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bgzip } from '../support/bgzip-writer.ts'
import { sharedData } from '../support/shared-data.ts'
import { vcfText } from '../support/vcf-text.ts'

const LARGEST = 64 << 10

const PLAIN = vcfText(
  3,
  [
    '##INFO=<ID=AC,Number=A,Type=Integer,Description="count, \\"quoted\\"">',
    '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="d">',
    '##contig=<ID=chr10,length=133797422>',
    '##ALT=<ID=DEL,Description="d">',
  ],
  'A B',
  [
    'chr10 94781859 rs4244285 G A 50 PASS AC=1;AF=0.5 GT:PL 0/1:10,0,20 0|0:.',
    'chr10 94842866 . A G,* . q10 DP=4 GT:PL 1/2:1,2,3,4,5,6 ./.',
    'chr10 94852738 . C <DEL> . . SVTYPE=DEL;END=94852800;CIPOS=-5,5 GT 0/1 .',
    'chr10 94852800 . C C]chr2:1000] 9.5 . SVTYPE=BND GT 1 0',
  ],
)
const BLOCKS = vcfText(2, ['##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="d">'], 'A', [
  'chr10 94781800 . G <NON_REF> . . END=94781858 GT:DP:MIN_DP 0/0:30:20',
  'chr10 94781859 . G A,<NON_REF> 50 . . GT:DP:AD 0/1:30:15,15,0',
])

/** Whole small files: written here, and those of the evaluation data where they are present. */
export function vcfSeeds(): readonly Uint8Array[] {
  return [Buffer.from(PLAIN), Buffer.from(BLOCKS), ...FOLDERS.flatMap(filesOf)]
}

/** The same as gzip and bgzip: damage meets the compression first. */
export function packedSeeds(): readonly Uint8Array[] {
  return [gzipSync(PLAIN), bgzip(PLAIN), bgzip(PLAIN, 100), bgzip(BLOCKS, 64)]
}

const FOLDERS = ['4.1/passed', '4.2/passed', '4.3/passed', '4.3/failed'].map(
  (name) => `vcf/hts-specs/${name}`,
)
FOLDERS.push('vcf/vcf-js', 'vcf/bcftools/norm')

function filesOf(folder: string): Buffer[] {
  const path = sharedData(folder)
  if (path === undefined) return []
  return readdirSync(path)
    .filter((name) => name.endsWith('.vcf') && statSync(join(path, name)).size <= LARGEST)
    .map((name) => readFileSync(join(path, name)))
}
