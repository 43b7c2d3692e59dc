import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scanLines } from '../../src/intake/scan/scan-lines.ts'
import { changeColumns, isVcf, readTableHeader } from '../../src/intake/sites/table-header.ts'
import type { FuzzedParser } from './fuzzed-parser.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-fuzz-table-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Tables as CADD, REVEL and AlphaMissense write them. */
export const SCORE_TABLE: FuzzedParser = {
  name: 'table of scores',
  seeds: () =>
    [
      '## CADD GRCh38-v1.7\n#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n1\t10001\tT\tA\t0.7\t8.478\n1\t10001\tT\tC\t0.5\t6\n',
      'chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL\n1,35142,.,G,A,T,M,0.02\n1,35143,45143,T,A,T,S,0.2\n',
      '# a comment\n#CHROM\tPOS\tREF\tALT\tgenome\tam_class\r\nchr1\t69094\tG\tT\thg38\tbenign\r\n',
    ].map((text) => Buffer.from(text)),
  read: async (bytes) => {
    const path = join(folder, 'table')
    writeFileSync(path, bytes)
    if (await isVcf(path, 'table')) return
    const header = await readTableHeader(path, 'table')
    const { separator, width, start } = header
    const options = {
      separator,
      columns: changeColumns('table', header, 'GRCh38', undefined),
      taken: [width - 1],
    }
    for await (const _ of scanLines(path, start, { kind: 'table', options }, { threads: 0, name: 'table' }));
  },
}
