import type { DrugAdvice } from '../../decide/plan.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import { packRefText } from '../../terms/evidence.ts'
import { columns } from '../command-line/columns.ts'
import { type FullAnswer, phenotypeText, resultText } from './pgx-answer.ts'

/** Reasons that are listed one by one; of more only the number is told. */
const LISTED = 3

/** Severity at a glance, readable without colour. */
const MARKS: Readonly<Record<DrugAdvice['severity'], string>> = {
  critical: '[!!]',
  warning: '[! ]',
  info: '[i ]',
  none: '[ok]',
}

/** One person as the terminal shows it: advice first, then the genes behind it, then what was not known. */
export function personText(full: FullAnswer, asked: boolean): string {
  const { genotypes, findings, plan } = full
  const heading =
    genotypes === undefined
      ? 'outside calls only'
      : `${genotypes.sample} (${genotypes.source.name}, ${genotypes.assembly})`
  const parts = [heading]
  const drugs = asked ? plan.drugs.filter((drug) => drug.status !== 'reference') : plan.drugs
  if (drugs.length > 0) parts.push(drugs.map(asked ? drugText : drugLine).join('\n'))
  if (!asked && drugs.length > 0)
    parts.push('Name a drug with --drug for the whole recommendation, its citation and what it depends on.')
  if (plan.interactions.length > 0)
    parts.push(`Drug and drug and gene\n${plan.interactions.map((one) => `  ${one.sentence}`).join('\n')}`)
  parts.push(
    `Genes\n${indent(columns(findings.filter((finding) => !asked || finding.from !== 'none').map(geneRow), [12, 46, 44]))}`,
  )
  const notes = [...(genotypes?.notes ?? []), ...plan.notes]
  if (notes.length > 0) parts.push(`Notes\n${notes.map((note) => `  ${note}`).join('\n')}`)
  parts.push(
    `garrod ${plan.engine.version}; facts ${plan.facts.map(packRefText).join(', ')}\nDecision support for professionals. Not a medical device.`,
  )
  return `${parts.join('\n\n')}\n\n`
}

/** One line of the list that nobody asked one by one for: what to do, on which result, who says so. */
function drugLine(drug: DrugAdvice): string {
  const [first] = drug.recommendations
  if (first === undefined) return `${markOf(drug)} ${drug.headline}`
  const basis = first.basis.map((gene) => `${gene.gene} ${gene.phenotype ?? gene.result}`).join(', ')
  return `${markOf(drug)} ${drug.headline} (${basis}; ${first.source}, ${first.strength})`
}

/** What is not known is never shown as safe. */
function markOf(drug: DrugAdvice): string {
  if (drug.state === 'unknown' || (drug.state === 'partial' && drug.severity === 'none')) return '[? ]'
  return drug.state === 'no-guideline' ? '[- ]' : MARKS[drug.severity]
}

function drugText(drug: DrugAdvice): string {
  const lines = [`${markOf(drug)} ${drug.headline}`]
  for (const one of drug.recommendations) {
    const basis = one.basis
      .map(
        (gene) => `${gene.gene} ${gene.result}${gene.phenotype === undefined ? '' : `, ${gene.phenotype}`}`,
      )
      .join('; ')
    const asks = one.applies === 'yes' || one.asks.length === 0 ? '' : ` (depends on ${one.asks.join(', ')})`
    lines.push(`  ${one.source}${asks}: ${one.doThis} ${one.because}`.trimEnd())
    const pmid = one.citation.pmids[0]
    lines.push(
      `    ${basis} | ${one.citation.title} ${one.citation.version}, ${one.strength}${pmid === undefined ? '' : `, PMID ${pmid}`} | ${packRefText(one.citation.pack)}`,
    )
  }
  if (drug.difference !== undefined) lines.push(`  The sources differ: ${drug.difference}`)
  for (const dose of drug.dose) {
    lines.push(
      dose.known
        ? `  ${dose.equation}: ${dose.range === undefined ? dose.value : `${dose.range.from}–${dose.range.to}`} ${dose.unit}`
        : `  ${dose.equation}: not computed; missing ${dose.missing.join(', ')}`,
    )
  }
  for (const missing of drug.missing) lines.push(`  not known: ${missing}`)
  for (const { text, url } of drug.mentions ?? []) lines.push(`  ${text} ${url}`)
  return lines.join('\n')
}

function geneRow(finding: PgxFinding): string[] {
  const changed =
    finding.clinical !== undefined && finding.clinical.phenotype !== finding.lookup[0]?.phenotype
  const clinical = changed ? `; with the drugs taken: ${finding.clinical?.phenotype ?? 'unknown'}` : ''
  const phenotype = phenotypeText(finding) + clinical
  return [finding.gene, resultText(finding), phenotype === '' ? '-' : phenotype, remark(finding)]
}

/** What a reader must know of a gene in one cell: why there is no call, or what was not seen. */
function remark(finding: PgxFinding): string {
  if (finding.lookup.length === 0 && finding.markers.length === 0 && finding.diplotypes.length === 0)
    return finding.why.join(' ')
  const remarks: string[] = []
  if (finding.missing.length > 0) {
    const names = finding.missing.slice(0, LISTED).map((one) => one.rsid ?? one.locus)
    const rest = finding.missing.length - names.length
    remarks.push(
      `not seen: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}${finding.phenotypeCertain ? ' (same phenotype whatever they hold)' : ''}`,
    )
  }
  if (finding.blindTo !== undefined) remarks.push(`cannot show ${finding.blindTo}`)
  if (finding.from === 'outside-call') remarks.push('outside call')
  return remarks.join('; ')
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
