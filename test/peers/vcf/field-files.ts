import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkVcf } from '../../../src/intake/vcf/conform/check-vcf.ts'
import { sharedData } from '../../support/shared-data.ts'
import { refusing } from './conformance.ts'

const FOLDERS = ['vcf/real', 'vcf/vcf-js', 'vcf/bcftools/norm', 'vcf/hts-specs/examples/vcf']

/** Rows of a table: the files of programs that strict or lenient refuses, with the first place of each rule. */
export async function fieldFiles(): Promise<readonly string[]> {
  const rows: string[] = []
  let read = 0
  for (const folder of FOLDERS) {
    const path = sharedData(folder)
    if (path === undefined) continue
    for (const file of readdirSync(path)
      .filter((name) => /\.vcf(?:\.gz)?$/.test(name))
      .sort()) {
      read++
      const at = { path: join(path, file) }
      const lenient = await checkVcf(file, at, { strict: false })
      const strict = await checkVcf(file, at, { strict: true })
      if (strict.verdict !== 'refused') continue
      const why = refusing(strict).map(
        ({ code, count, first }) =>
          `\`${code}\` ${count} (line ${first[0]!.line}: ${first[0]!.what.replaceAll('|', '\\|').replaceAll('\\u0009', ' ')})`,
      )
      rows.push(
        `| ${basename(folder)}/${file} | ${strict.version ?? ''} | ${lenient.verdict} | refused | ${why.join('; ')} |`,
      )
    }
  }
  rows.push(`| the other ${read - rows.length} | | not refused | not refused | |`)
  return rows
}
