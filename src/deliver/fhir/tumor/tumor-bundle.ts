import type { TargetRanking } from '../../../decide/target/option.ts'
import type { AmpFinding, TieredAlteration } from '../../../interpret/finding/amp-tier.ts'
import type { TumorScores } from '../../../interpret/finding/tumor-scores.ts'
import type { SourceFile } from '../../../record/genotype.ts'
import type { SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import { type PackRef, packRefText } from '../../../terms/evidence.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import { patientOf } from '../bundle.ts'
import { GENETICS, type GeneIds, genomicsReporting, question } from '../code.ts'
import { contentUuid, Entries } from '../entries.ts'
import type { RefSeqOf } from '../germline-variant.ts'
import { addDevice, addProvenance } from '../provenance.ts'
import { DISCLAIMER, note } from '../report.ts'
import type { ReportContext } from '../report-context.ts'
import type { Bundle, Condition, Reference, ReportStatus } from '../resource.ts'
import { perhapsInherited } from './follow-up.ts'
import { copyNumberVariant, fusionVariant, somaticVariant } from './somatic-variant.ts'
import { conclusionOf, tierImplication } from './tier-implication.ts'
import { countedBurden, markerObservation } from './tumor-marker.ts'

interface TumorBundleInput {
  readonly patient: Parameters<typeof patientOf>[0]
  readonly profile: TumorProfile
  readonly scores: TumorScores
  readonly tiers: AmpFinding
  readonly ranking: TargetRanking
  /** Codes of OncoTree and NCIt, and the name; undefined: not known. */
  readonly diagnosis: TumorDiagnosisCodes | undefined
  /** Name of an alteration as the tiers tell it. */
  readonly nameOf: (variant: SomaticVariant) => string
  /** What was left out or not tested: one sentence each. */
  readonly notes: readonly string[]
  readonly files: readonly Pick<SourceFile, 'name' | 'sha256'>[]
  readonly facts: readonly PackRef[]
  readonly genes: GeneIds
  readonly refseqOf: RefSeqOf
  readonly engineVersion: string
  /** ISO 8601 instant; every date that the files do not tell is this one. */
  readonly issued: string
  readonly type: Bundle['type']
  readonly status: ReportStatus
}

interface TumorDiagnosisCodes {
  readonly oncotree: string
  readonly ncit: readonly string[]
  readonly name: string
}

/** Variants that mean nothing that is known are left out of the report beyond this tier. */
const REPORTED: ReadonlySet<string> = new Set(['I', 'II'])

/**
 * A tumour as a FHIR R4 Bundle by the Genomics Reporting guide STU3: its variants and markers, what each means for treatment, diagnosis
 * and outlook, and what should follow, under one genomic-report. Same input, same bytes.
 */
export function tumorBundle(input: TumorBundleInput): Bundle {
  const { profile, scores, tiers, issued, status, engineVersion } = input
  const entries = new Entries()
  const context: ReportContext = {
    entries,
    patient: entries.add(patientOf(input.patient)),
    device: addDevice(entries, engineVersion, 'Tumour interpretation software'),
    status,
    issued,
    genes: input.genes,
  }
  const named = new Map<string, Reference>()
  const take = (name: string, reference: Reference) => {
    named.set(name, reference)
    return reference
  }
  if (input.diagnosis !== undefined) entries.add(conditionOf(context, input.diagnosis))
  const tiered = new Set(tiers.alterations.map(({ name }) => name))
  const told = profile.variants.filter((one) => tiered.has(input.nameOf(one)))
  const variants = [
    ...told.map((one) => {
      const name = input.nameOf(one)
      return take(name, entries.add(somaticVariant(context, one, input.refseqOf), name))
    }),
    ...profile.copyNumbers
      .filter(({ call }) => call !== 'neutral')
      .map((one) => {
        const name = `${one.gene} ${one.call.replace('-', ' ')}`
        return take(name, entries.add(copyNumberVariant(context, one), name))
      }),
    ...profile.fusions.map((one) => {
      const name = `${one.five ?? '?'}::${one.three ?? '?'}`
      return take(name, entries.add(fusionVariant(context, one), name))
    }),
  ]
  const counted = countedBurden(context, scores)
  const markers = [
    ...(profile.markers ?? []).map((one) => entries.add(markerObservation(context, one))),
    ...(counted === undefined ? [] : [entries.add(counted, 'Tumour mutational burden, counted')]),
  ]
  const implications = tiers.alterations.flatMap((alteration) =>
    alteration.statements
      .filter(({ tier }) => REPORTED.has(tier))
      .flatMap((statement) => {
        const from = sourcesOf(alteration, named, markers)
        return from.length === 0
          ? []
          : [
              entries.add(
                tierImplication(context, tiers, alteration, statement, from),
                conclusionOf(alteration, statement),
              ),
            ]
      }),
  )
  const suspected = scores.origins
    .filter(({ confirm }) => confirm)
    .flatMap((origin) => {
      const name = input.nameOf(origin.variant)
      const variant = named.get(name)
      return variant === undefined ? [] : [perhapsInherited(context, name, origin, variant)]
    })
  const tasks = suspected.map(({ task }) => task)
  const packs = input.facts.map(packRefText).join(', ')
  const report = entries.add({
    resourceType: 'DiagnosticReport',
    meta: { profile: [genomicsReporting('genomic-report')] },
    extension: [
      ...tasks.map((valueReference) => ({ url: genomicsReporting('recommended-action'), valueReference })),
      note('test-disclaimer', DISCLAIMER),
      note('test-methodology', [`Garrod ${engineVersion}. Facts: ${packs}.`, ...input.notes].join(' ')),
    ],
    status,
    category: [GENETICS],
    code: question(GENOMIC.geneticAnalysisReport, 'Genetic analysis report'),
    subject: context.patient,
    issued,
    ...(implications.length + markers.length + variants.length === 0
      ? {}
      : {
          result: [
            ...implications,
            ...suspected.map(({ implication }) => implication),
            ...markers,
            ...variants,
          ],
        }),
    conclusion: summaryOf(input),
  })
  addProvenance(context, report, input.files, input.facts)
  const entry = input.type === 'collection' ? entries.collection() : entries.transaction()
  return {
    resourceType: 'Bundle',
    id: contentUuid(JSON.stringify(entry)),
    type: input.type,
    timestamp: issued,
    entry,
  }
}

function conditionOf({ patient }: ReportContext, { oncotree, ncit, name }: TumorDiagnosisCodes): Condition {
  const status = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
  const category = 'http://terminology.hl7.org/CodeSystem/condition-category'
  return {
    resourceType: 'Condition',
    clinicalStatus: { coding: [{ system: status, code: 'active' }] },
    category: [{ coding: [{ system: category, code: 'encounter-diagnosis' }] }],
    code: {
      coding: [
        ...ncit.map((code) => ({ system: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', code })),
        { system: 'http://data.mskcc.org/ontologies/oncotree', code: oncotree, display: name },
      ],
      text: name,
    },
    subject: patient,
  }
}

/** A state of the whole profile (a gene without mutation, a high burden) rests on everything that was observed of it. */
function sourcesOf(
  alteration: TieredAlteration,
  named: ReadonlyMap<string, Reference>,
  markers: readonly Reference[],
): readonly Reference[] {
  const own = named.get(alteration.name)
  if (own !== undefined) return [own]
  return alteration.kind === 'profile' ? markers : []
}

/** The best of each alteration, then the options of this disease, then what is open. */
function summaryOf({ tiers, ranking }: TumorBundleInput): string {
  const best = tiers.alterations
    .filter(({ tier }) => REPORTED.has(tier))
    .flatMap((one) => {
      const [first] = one.statements.filter(({ tier, level }) => tier === one.tier && level === one.level)
      return first === undefined ? [] : [`${conclusionOf(one, first)}.`]
    })
  const options = ranking.options
    .filter(({ standing, blocked }) => standing === 'this-disease' && !blocked)
    .map(({ indication, agency }) => `Approved (${agency}): ${indication}.`)
  const open = [...new Set(ranking.open.flatMap(({ missing }) => missing))]
  const lines = [
    ...best,
    ...options,
    ...(open.length === 0 ? [] : [`Not known, and would open options: ${open.join('; ')}.`]),
  ]
  return lines.length === 0
    ? 'Nothing that was found is known to guide treatment, diagnosis or outlook. What was not tested may.'
    : lines.join('\n')
}
