import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CheckReport, checkVcf } from '../../../src/intake/vcf/conform/check-vcf.ts'
import type { Finding } from '../../../src/intake/vcf/conform/findings.ts'
import { sharedData } from '../../support/shared-data.ts'

/** The conformance files of GA4GH hts-specs, made by the authors of EBI vcf-validator. */
export const CORPUS = 'vcf/hts-specs'
export const VERSIONS = ['4.1', '4.2', '4.3'] as const

export interface ConformanceCase {
  readonly version: string
  readonly file: string
  readonly path: string
  readonly good: boolean
  /** "body_alt" of "failed_body_alt_003.vcf". */
  readonly kind: string
  /** What the authors wrote into the file about why it is bad; empty in some. */
  readonly cause: string
  readonly strict: CheckReport
  readonly lenient: CheckReport
  /** Strict refused it, and one of the refusing rules is about what the authors meant. */
  readonly named: boolean
}

/** Which rules are about what a kind of bad file breaks. */
const ABOUT: readonly (readonly [kind: RegExp, rules: RegExp])[] = [
  [/^body_alt/, /^VCF_ALT/],
  [/^body_chrom/, /^VCF_CHROM$/],
  [/^body_contiguous/, /^VCF_CHROM_SPLIT$/],
  [/^body_duplicated/, /^VCF_DUPLICATE_/],
  [/^body_filter/, /^VCF_FILTER/],
  [/^body_format/, /^VCF_FORMAT_/],
  [/^body_id/, /^VCF_ID/],
  [/^body_info/, /^VCF_(?:INFO_|INTEGER_RANGE)/],
  [/^body_no_newline/, /^VCF_LAST_LINE$/],
  [/^body_pos/, /^VCF_POS/],
  [/^body_ref/, /^VCF_REF/],
  [/^body_samples_ploidy/, /^VCF_SAMPLE_NUMBER$/],
  [/^body_sample/, /^VCF_(?:SAMPLE_|GENOTYPE|COLUMNS)/],
  // A file without a byte, whatever it is named after.
  [/^empty/, /^VCF_EMPTY$/],
  [/^fileformat/, /^VCF_(?:FILEFORMAT|VERSION)/],
  [/^header/, /^VCF_HEADER_/],
  [/^meta_alt/, /^VCF_(?:META_|ALT_)/],
  [/^meta_(?:assembly|pedigreedb)/, /^VCF_(?:URL|META_VALUE)$/],
  [/^meta_contig/, /^VCF_(?:META_|CONTIG_)/],
  [/^meta_pedigree/, /^VCF_(?:PEDIGREE|META)_/],
  [/^meta/, /^VCF_(?:META|RESERVED)_/],
]

export async function conformanceCases(): Promise<readonly ConformanceCase[]> {
  const cases: ConformanceCase[] = []
  for (const version of VERSIONS)
    for (const outcome of ['passed', 'failed']) {
      const folder = sharedData(join(CORPUS, version, outcome))!
      for (const file of readdirSync(folder).sort())
        cases.push(await readCase(version, file, join(folder, file)))
    }
  return cases
}

async function readCase(version: string, file: string, path: string): Promise<ConformanceCase> {
  const kind = file.replace(/^(?:failed|passed|complexfile_passed)_/, '').replace(/(?:_\d+)?\.vcf$/, '')
  const cause = /^##CauseOfFailure=(.*)$/m.exec(readFileSync(path, 'utf8'))?.[1]?.trim() ?? ''
  const strict = await checkVcf(file, { path }, { strict: true })
  const lenient = await checkVcf(file, { path }, { strict: false })
  return {
    version,
    file,
    path,
    good: !file.startsWith('failed'),
    kind,
    cause,
    strict,
    lenient,
    named: isNamed(kind, cause, strict),
  }
}

export function refusing(report: CheckReport): readonly Finding[] {
  return report.findings.filter(({ severity }) => severity === 'refuse')
}

/** A cause that names a key, "INFO AC Number is not A", is met only by a finding on that key. */
function isNamed(kind: string, cause: string, report: CheckReport): boolean {
  const about = ABOUT.find(([kinds]) => kinds.test(kind))?.[1]
  if (about === undefined) return false
  const [, key, aspect] = /^(?:INFO|FORMAT) ([A-Z0-9]{2,}) (?:(Type|Number) )?/.exec(cause) ?? []
  return refusing(report).some(({ code, first }) => {
    if (!about.test(code)) return false
    if (aspect !== undefined && !code.endsWith(aspect.toUpperCase())) return false
    return key === undefined || first.some(({ field, what }) => field === key || what.includes(` ${key} `))
  })
}
