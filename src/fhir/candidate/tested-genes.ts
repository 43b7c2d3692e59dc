import type { AlterationKind, Assay } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings, isCoded, LOINC, list, text } from '../genomics/component.ts'
import { studiesOf } from '../genomics/study.ts'
import { genesOf, isSomatic, isSymbol } from './alterations.ts'
import { claims, references, stands } from './observed.ts'

/** "DNA region of interest panel": what a test looked at. */
const REGION_STUDIED = '53041-0'
const BIOMARKERS = ['94076-7', '81695-9']
/** LOINC and Sequence Ontology codes of what an analysis can find; a test for mutations finds both of the first two. */
const SUBSTITUTIONS = ['LA26801-3', 'LA6690-7', 'SO:1000002', 'SO:0001483']
const INDELS = ['LA6687-3', 'LA6688-1', 'LA6692-3', 'SO:0000159', 'SO:0000667', 'SO:1000032']
const COPIES = ['LA14033-7', 'SO:0001019']
const FUSIONS = ['SO:0001565']
/** A specimen of a tumour, or of the marrow that a tumour of the blood grows in. */
const OF_TUMOUR = /tumou?r|neoplas|cancer|carcinoma|biops|ffpe|paraffin|bone marrow/i

/**
 * What tests of the tumour looked at: genes of region-studied Observations, and of genomic studies with the changes they
 * find. A test counts only where it is said to be of the tumour: a germline panel says nothing about the tumour. A gene
 * with a part that was not callable is left out.
 */
export function assaysOf(resources: readonly Resource[]): readonly Assay[] {
  const specimens = new Map(
    resources.filter((one) => one.resourceType === 'Specimen').map((one) => [`Specimen/${one.id}`, one]),
  )
  const ofTumour = tumourResults(resources, specimens)
  const regions = resources
    .filter((one) => stands(one) && isCoded(one, REGION_STUDIED))
    .filter((one) => ofTumour.has(`Observation/${one.id}`) || isTumourSpecimen(one, specimens))
    .flatMap((one) => assayOf(nameOf(one), genesOf(one), new Set<AlterationKind>(['mutation'])))
  const studies = studiesOf(resources).flatMap((study) => {
    const somatic =
      [...(study.results ?? [])].some((one) => ofTumour.has(one)) ||
      study.specimens.some((one) => OF_TUMOUR.test(one))
    if (!somatic) return []
    // Of a place that was not callable it is not known which gene it is in.
    if (!study.uncallable.every(isSymbol)) return []
    const genes = study.studied.filter((one) => isSymbol(one) && !study.uncallable.includes(one))
    return assayOf(study.identifiers[0] ?? 'genomic study', genes, findsOf(study.changeTypes))
  })
  return [...regions, ...studies]
}

function findsOf(changeTypes: readonly Record<string, unknown>[]): ReadonlySet<AlterationKind> {
  const codes = changeTypes.flatMap((one) => text(one['code']) ?? [])
  const some = (wanted: readonly string[]) => wanted.some((one) => codes.includes(one))
  const finds: AlterationKind[] = []
  if (some(SUBSTITUTIONS) && some(INDELS)) finds.push('mutation')
  if (some(COPIES)) finds.push('copy-number')
  if (some(FUSIONS)) finds.push('fusion')
  return new Set(finds)
}

function assayOf(
  name: string,
  genes: readonly string[],
  finds: ReadonlySet<AlterationKind>,
): readonly Assay[] {
  return genes.length === 0 || finds.size === 0 ? [] : [{ name, genes: new Set(genes), finds }]
}

/** Results of reports that hold a somatic change, a biomarker of tumours, or come from a specimen of one. */
function tumourResults(
  resources: readonly Resource[],
  specimens: ReadonlyMap<string, Resource>,
): ReadonlySet<string> {
  const observations = new Map(
    resources
      .filter((one) => one.resourceType === 'Observation')
      .map((one) => [`Observation/${one.id}`, one]),
  )
  const reports = resources.filter((one) => one.resourceType === 'DiagnosticReport')
  return new Set(
    reports
      .filter((report) => {
        const results = references(report['result']).flatMap((one) => observations.get(one) ?? [])
        const germline = results.some((one) => isCoded(one, LOINC.variant) && isSomatic(one) === false)
        const somatic =
          results.some(
            (one) => (isCoded(one, LOINC.variant) && isSomatic(one) === true) || isCoded(one, ...BIOMARKERS),
          ) || references(report['specimen']).some((one) => isOfTumour(specimens.get(one)))
        return somatic && !germline
      })
      .flatMap((report) => references(report['result'])),
  )
}

function isTumourSpecimen(observation: Resource, specimens: ReadonlyMap<string, Resource>): boolean {
  return references([observation['specimen']]).some((one) => isOfTumour(specimens.get(one)))
}

function isOfTumour(specimen: Resource | undefined): boolean {
  if (specimen === undefined) return false
  const words = codings(specimen['type']).map(({ display }) => display ?? '')
  return claims(specimen, /tumor-specimen/) || words.some((one) => OF_TUMOUR.test(one))
}

function nameOf(observation: Resource): string {
  const device = text((observation['device'] as { display?: unknown } | undefined)?.display)
  const method = list([observation['method']]).flatMap((one) =>
    codings(one).flatMap(({ display }) => display ?? []),
  )
  return device ?? method[0] ?? `Observation/${observation.id}`
}
