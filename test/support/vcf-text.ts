import { type CheckReport, checkVcf } from '../../src/intake/vcf/conform/check-vcf.ts'

/** A VCF of the given minor version: header lines, sample names, and records whose columns are separated by spaces. */
export function vcfText(
  minor: number,
  header: readonly string[],
  samples: string,
  records: readonly string[],
): string {
  const columns = `#CHROM POS ID REF ALT QUAL FILTER INFO${samples === '' ? '' : ` FORMAT ${samples}`}`
  const rows = [columns, ...records].map((row) => row.replaceAll(' ', '\t'))
  return `${[`##fileformat=VCFv4.${minor}`, ...header, ...rows].join('\n')}\n`
}

export function checkText(text: string | Uint8Array, strict = true): Promise<CheckReport> {
  return checkVcf('test.vcf', { bytes: Buffer.from(text as string) }, { strict })
}

/** "RULE@line field" of every refusal, first places only. */
export async function refusals(text: string | Uint8Array, strict = true): Promise<readonly string[]> {
  return places(await checkText(text, strict), 'refuse')
}

export async function warnings(text: string | Uint8Array, strict = true): Promise<readonly string[]> {
  return places(await checkText(text, strict), 'warn')
}

function places(report: CheckReport, severity: 'refuse' | 'warn'): readonly string[] {
  return report.findings
    .filter((finding) => finding.severity === severity)
    .map(
      ({ code, first: [place] }) =>
        `${code}@${place!.line}${place!.field === undefined ? '' : ` ${place!.field}`}`,
    )
}
