import type { DiplotypeCall, MissingPosition, PgxFinding } from '../../interpret/finding.ts'
import { gapWords } from '../../terms/gap-words.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { sureWords } from '../page/sure-words.ts'
import { dataAbsent, gene, question, tbd } from './code.ts'
import { observation, type ReportContext } from './report-context.ts'
import type { Annotation, CodeableConcept, Component, Observation, Reference } from './resource.ts'
import type { VariantEntry } from './variant.ts'

/** The Observations of one gene. */
export interface GeneEntry {
  readonly gene: string
  readonly genotype: Reference
  readonly haplotypes: readonly Reference[]
  /** False when no genotype could be given. */
  readonly answered: boolean
}

/**
 * Adds the genotype of one gene, and a haplotype for each allele that is certain to be there.
 * A gene without an answer gets an Observation with the same code and dataAbsentReason instead of a value. It claims
 * no profile: the genotype profile requires a value, and there is none to give.
 */
export function addGene(
  context: ReportContext,
  finding: PgxFinding,
  variants: readonly VariantEntry[],
): GeneEntry {
  const haplotypes = certainAlleles(finding).map((allele) => addHaplotype(context, finding, allele))
  const result = resultText(finding)
  const own = variants.filter((one) => one.gene === finding.gene).map((one) => one.reference)
  const derivedFrom = [...haplotypes, ...own]
  const components: Component[] = [geneStudied(context, finding.gene)]
  const conclusion = conclusionOf(finding)
  if (conclusion !== undefined) components.push({ code: tbd('conclusion-string'), valueString: conclusion })
  const rest: Partial<Observation> = {
    ...(result === undefined
      ? { dataAbsentReason: absence(finding) }
      : { valueCodeableConcept: { text: `${finding.gene} ${result}` } }),
    note: notesOf(finding, result !== undefined),
    ...(derivedFrom.length > 0 ? { derivedFrom } : {}),
    component: components,
  }
  const profile = result === undefined ? undefined : 'genotype'
  const genotype = context.entries.add(
    observation(context, profile, question(GENOMIC.genotype, 'Genotype'), rest),
    `${finding.gene} ${result ?? 'not known'}`,
  )
  return { gene: finding.gene, genotype, haplotypes, answered: result !== undefined }
}

function addHaplotype(context: ReportContext, finding: PgxFinding, allele: Allele): Reference {
  const name = starName(finding.gene, allele.allele)
  return context.entries.add(
    observation(context, 'haplotype', question(GENOMIC.haplotype, 'Haplotype'), {
      valueCodeableConcept: { text: name },
      ...(allele.function === undefined ? {} : { note: [{ text: `${allele.function} (CPIC).` }] }),
      component: [geneStudied(context, finding.gene)],
    }),
    name,
  )
}

type Allele = DiplotypeCall['alleles'][number]

/**
 * Alleles that every reported answer contains. Where *1/*3A and *3B/*3C both fit, none of the four is certain.
 * "Reference" in a list of found alleles means that nothing was found, so it is not one.
 */
function certainAlleles(finding: PgxFinding): Allele[] {
  const [first, ...others] = finding.diplotypes
  const found =
    first === undefined
      ? finding.alleles.filter((one) => one.allele !== 'Reference')
      : first.alleles.filter((one) =>
          others.every((other) => other.alleles.some((its) => its.allele === one.allele)),
        )
  return found.filter((one, at) => found.findIndex((other) => other.allele === one.allele) === at)
}

/** "CYP2C19*2"; other allele names keep a space: "DPYD c.1905+1G>A (*2A)". */
function starName(symbol: string, allele: string): string {
  return allele.startsWith('*') ? `${symbol}${allele}` : `${symbol} ${allele}`
}

function resultText(finding: PgxFinding): string | undefined {
  if (finding.diplotypes.length > 0) return finding.diplotypes.map((one) => one.name).join(' or ')
  if (finding.alleles.length > 0)
    return `${finding.alleles.map((one) => one.allele).join(', ')} (which strand each lies on is not known)`
  return finding.markers.length > 0 ? finding.markers.join(', ') : undefined
}

function geneStudied(context: ReportContext, symbol: string): Component {
  return {
    code: question(GENOMIC.geneStudied, 'Gene studied'),
    valueCodeableConcept: gene(symbol, context.genes),
  }
}

/** Phenotype by genotype, and by the drugs now taken where it differs. */
function conclusionOf(finding: PgxFinding): string | undefined {
  const parts: string[] = []
  const phenotypes = finding.phenotypes.filter((one) => !finding.markers.includes(one))
  if (phenotypes.length > 0) parts.push(phenotypes.join(' or '))
  if (finding.activityScores.length > 0) parts.push(`activity score ${finding.activityScores.join(' or ')}`)
  if (finding.markers.length > 0) parts.push(finding.markers.join(', '))
  const clinical = finding.clinical
  if (clinical?.phenotype !== undefined) {
    const drugs = [...new Set(clinical.because.map((one) => one.by.drug))].join(' and ')
    parts.push(`${clinical.phenotype} while taking ${drugs}`)
  }
  return parts.length > 0 ? parts.join('; ') : undefined
}

/** not-performed: nothing of the gene was read. unknown: something was, and it was not enough. */
function absence(finding: PgxFinding): CodeableConcept {
  return finding.from === 'none' && finding.positions.seen === 0
    ? dataAbsent('not-performed', 'Not tested')
    : dataAbsent('unknown', 'Not known')
}

function notesOf(finding: PgxFinding, answered: boolean): Annotation[] {
  const notes = new Set([...(answered ? sureWords(finding) : []), ...finding.why])
  if (finding.blindTo !== undefined) notes.add(`This kind of data cannot show: ${finding.blindTo}.`)
  for (const text of missingWords(finding.missing)) notes.add(text)
  return [...notes].map((text) => ({ text }))
}

/** One sentence for each reason: "Not in the file: rs1799853 (part of *2, *35), …". */
function missingWords(missing: readonly MissingPosition[]): string[] {
  const byReason = Map.groupBy(missing, (one) => gapWords(one.because))
  return [...byReason].map(([reason, positions]) => {
    const named = positions.map((one) => {
      const hidden = one.alleles.length > 0 ? ` (part of ${one.alleles.join(', ')})` : ''
      return `${one.rsid ?? one.locus}${hidden}`
    })
    return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}: ${named.join('; ')}.`
  })
}
