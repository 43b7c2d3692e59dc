import type { PgxFinding } from '../../interpret/finding.ts'
import type { ReportInput } from './report-input.ts'

/** What this report cannot know, in plain words: for everyone first, then what this person's data add. */
export function limitsOf({ record, findings, notice }: ReportInput): readonly string[] {
  const limits = [
    'Decision support for health professionals who know the patient. Not a medical device. It does not replace clinical judgement, the drug label or local rules.',
    'Only the positions that define known alleles were looked at. Rare or new variants elsewhere in a gene are not seen, so a normal result does not exclude altered function.',
    'Age, kidney and liver function, pregnancy, adherence and other illness change drug response too, and are only considered where a recommendation above says so.',
  ]
  limits.push(cyp2d6Limit(findings.find((one) => one.gene === 'CYP2D6')))
  for (const { gene, from, blindTo } of findings) {
    if (from !== 'none' && blindTo !== undefined)
      limits.push(`${gene}: this data cannot show ${blindTo}; none was looked for.`)
  }
  const outside = findings.filter((one) => one.from === 'outside-call').map((one) => one.gene)
  if (outside.length > 0)
    limits.push(
      `Results of an outside laboratory were taken as sent and not checked here: ${outside.join(', ')}.`,
    )
  if (record.drugs.every((one) => one.status !== 'taking'))
    limits.push(
      'No medication list was given, so it is not known whether another drug changes these enzymes.',
    )
  const said = record.genotypes.flatMap((one) => one.notes.map((note) => `${one.source.name}: ${note}`))
  return [...(notice === undefined ? [] : [notice]), ...limits, ...said]
}

function cyp2d6Limit(finding: PgxFinding | undefined): string {
  if (finding?.from === 'outside-call')
    return 'CYP2D6 was taken from an outside call; whether it looked for deletions, duplications and hybrid genes depends on that method.'
  if (finding?.from === 'genotype')
    return 'CYP2D6 was read from single positions: without gene deletions, duplications and hybrid genes, so its true activity may be lower or higher than printed.'
  return 'CYP2D6 is not known. Its deletions, duplications and hybrid genes cannot be seen in a list of variants; send the result of a CYP2D6 assay as an outside call.'
}
