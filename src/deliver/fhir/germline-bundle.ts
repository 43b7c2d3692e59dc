import type { GermlineFinding } from '../../interpret/finding/germline.ts'
import type { SourceFile } from '../../record/genotype.ts'
import { type PackRef, packRefText } from '../../terms/evidence.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { patientOf } from './bundle.ts'
import { GENETICS, type GeneIds, genomicsReporting, question } from './code.ts'
import { diagnosticImplication } from './diagnostic-implication.ts'
import { contentUuid, Entries } from './entries.ts'
import { germlineVariant, type RefSeqOf, variantTitle } from './germline-variant.ts'
import { addDevice, addProvenance } from './provenance.ts'
import { DISCLAIMER, note } from './report.ts'
import type { ReportContext } from './report-context.ts'
import type { Bundle, Reference, ReportStatus } from './resource.ts'

interface GermlineBundleInput {
  readonly patient: Parameters<typeof patientOf>[0]
  readonly findings: readonly GermlineFinding[]
  /** What was not looked for, or could not be told: one sentence each. */
  readonly notes: readonly string[]
  readonly files: readonly SourceFile[]
  readonly facts: readonly PackRef[]
  readonly genes: GeneIds
  readonly refseqOf: RefSeqOf
  readonly engineVersion: string
  /** ISO 8601 instant; every date in the bundle is this one. */
  readonly issued: string
  readonly type: Bundle['type']
  readonly status: ReportStatus
}

/**
 * Germline findings as a FHIR R4 Bundle by the Genomics Reporting guide STU3: each variant with what it means for its
 * carrier, under one genomic-report. Same input, same bytes.
 */
export function germlineBundle(input: GermlineBundleInput): Bundle {
  const { findings, engineVersion, facts, issued, status } = input
  const entries = new Entries()
  const context: ReportContext = {
    entries,
    patient: entries.add(patientOf(input.patient)),
    device: addDevice(entries, engineVersion, 'Germline variant classification software'),
    status,
    issued,
    genes: input.genes,
  }
  const variants: Reference[] = []
  const implications: Reference[] = []
  for (const finding of findings) {
    const title = variantTitle(finding)
    const variant = entries.add(germlineVariant(context, finding, input.refseqOf), title)
    variants.push(variant)
    for (const disease of finding.diseases.length > 0 ? finding.diseases : [undefined]) {
      const implication = diagnosticImplication(context, finding, variant, disease)
      implications.push(entries.add(implication, `${title}: ${wordsOf(finding)}`))
    }
  }
  const packs = facts.map(packRefText).join(', ')
  const report = entries.add({
    resourceType: 'DiagnosticReport',
    meta: { profile: [genomicsReporting('genomic-report')] },
    extension: [
      note('test-disclaimer', DISCLAIMER),
      note('test-methodology', [`Garrod ${engineVersion}. Facts: ${packs}.`, ...input.notes].join(' ')),
    ],
    status,
    category: [GENETICS],
    code: question(GENOMIC.geneticAnalysisReport, 'Genetic analysis report'),
    subject: context.patient,
    issued,
    ...(findings.length === 0 ? {} : { result: [...implications, ...variants] }),
    conclusion: conclusionOf(findings),
  })
  addProvenance(context, report, input.files, facts)
  const entry = input.type === 'collection' ? entries.collection() : entries.transaction()
  return {
    resourceType: 'Bundle',
    id: contentUuid(JSON.stringify(entry)),
    type: input.type,
    timestamp: issued,
    entry,
  }
}

const wordsOf = ({ classification }: GermlineFinding) => classification.class.replace('-', ' ')

/** One line for each finding, with why it is told. */
function conclusionOf(findings: readonly GermlineFinding[]): string {
  if (findings.length === 0)
    return 'No variant is told. What was not covered by the test was not looked at: it may hold one.'
  return findings
    .map((one) => {
      const names = one.diseases.map(
        ({ name, certainty }) => `${certainty === 'sure' ? '' : 'possibly '}${name}`,
      )
      const disease = names.length === 0 ? '' : `, for ${names.join('; ')}`
      const { known } = one
      const others = known === undefined ? '' : `; ${known.by} says ${known.text} (${known.stars} stars)`
      return `${variantTitle(one)}: ${wordsOf(one)} by the criteria assessed${disease}${others} (${one.roles.join(', ')}).`
    })
    .join('\n')
}
