import { type Findings, shown } from './findings.ts'
import type { HeaderModel } from './header-model.ts'

const FIXED = ['#CHROM', 'POS', 'ID', 'REF', 'ALT', 'QUAL', 'FILTER', 'INFO']

/** The "#CHROM" line (section 1.5; 1.3 in 4.1 and 4.2): eight columns, then FORMAT and the samples. */
export function checkColumns(text: string, line: number, header: HeaderModel, findings: Findings): void {
  const names = text.split('\t')
  const at = { line, column: '#CHROM' }
  const expected = names.length > 8 ? [...FIXED, 'FORMAT'] : FIXED
  const wrong = expected.findIndex((name, i) => names[i] !== name)
  if (wrong >= 0)
    findings.add('VCF_HEADER_COLUMN', at, () => {
      const found = names[wrong]
      return `column ${wrong + 1} is ${found === undefined ? 'missing' : shown(found)}, expected "${expected[wrong]}"`
    })
  // A line without its fixed columns is refused; records are still held to the eight.
  header.columns = Math.max(names.length, FIXED.length)
  header.samples = names.slice(9)
  if (names.length === 9) findings.add('VCF_HEADER_FORMAT', at, () => 'no sample follows FORMAT')
  const seen = new Map<string, number>()
  for (const [i, sample] of header.samples.entries()) {
    const earlier = seen.get(sample)
    if (sample === '' || sample.trim() !== sample)
      findings.add('VCF_SAMPLE_NAME', at, () => `column ${i + 10} is named ${shown(sample)}`)
    else if (earlier !== undefined)
      findings.add(
        'VCF_SAMPLE_REPEATED',
        at,
        () => `columns ${earlier + 10} and ${i + 10} are both ${shown(sample)}`,
      )
    else seen.set(sample, i)
  }
}
