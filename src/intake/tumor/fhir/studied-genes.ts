import { codingsOf, hasCode, type Json, objectOf, objectsOf, textOf } from './elements.ts'
import type { Linked } from './linked.ts'
import { claims, isOfTumour, type TumourResults } from './tumour-results.ts'

/** LOINC and Sequence Ontology codes of what an analysis can find; a test for mutations finds both of the first two. */
const SUBSTITUTIONS = ['LA26801-3', 'LA6690-7', 'SO:1000002', 'SO:0001483']
const INDELS = ['LA6687-3', 'LA6688-1', 'LA6692-3', 'SO:0000159', 'SO:0000667', 'SO:1000032']
const COPIES = ['LA14033-7', 'SO:0001019']
const FUSIONS = ['SO:0001565']

/** Genes of one test, and what it could find in them. */
interface StudiedGenes {
  readonly genes: readonly string[]
  readonly finds: readonly ('variants' | 'copyNumbers' | 'fusions')[]
}

/**
 * Genes that genomic studies of the tumour looked at (Genomics Reporting STU3, genomic-study and its analyses, or a report
 * with the same extensions), with the changes they find. A gene of which a part was not callable is left out, and of a study
 * with a place that was not callable every gene: it is not known which one it is in.
 */
export function studiedGenes(linked: Linked, results: TumourResults): readonly StudiedGenes[] {
  return linked.all.flatMap((one): readonly StudiedGenes[] => {
    const isStudy = one['resourceType'] === 'Procedure' && claims(one, /^genomic-study$/)
    if (!isStudy && one['resourceType'] !== 'DiagnosticReport') return []
    const analyses = linked.every(extensions(one, 'analysis-ext').map((its) => its['valueReference']))
    const parts = [one, ...analyses]
    const all = (name: string) => parts.flatMap((part) => extensions(part, `analysis-${name}`))
    const regions = all('regions').flatMap((its) => objectsOf(its['extension']))
    const named = (...kinds: readonly string[]) =>
      regions.filter((its) => kinds.includes(textOf(its['url']) ?? '')).flatMap(regionName)
    const types = all('change-type').map((its) => its['valueCodeableConcept'])
    const has = (codes: readonly string[]) => types.some((type) => hasCode(type, ...codes))
    const finds: StudiedGenes['finds'][number][] = []
    if (has(SUBSTITUTIONS) && has(INDELS)) finds.push('variants')
    if (has(COPIES)) finds.push('copyNumbers')
    if (has(FUSIONS)) finds.push('fusions')
    const uncallable = named('uncallable', 'uncalled')
    const genes = named('studied').filter((gene) => isSymbol(gene) && !uncallable.includes(gene))
    const isWhole = uncallable.every(isSymbol)
    return finds.length > 0 && genes.length > 0 && isWhole && ofTumour(one, parts, linked, results)
      ? [{ genes, finds }]
      : []
  })
}

/** By what came of it, or by what it was run on. */
function ofTumour(study: Json, parts: readonly Json[], linked: Linked, results: TumourResults): boolean {
  const reports = linked.all.filter(
    (one) =>
      one === study ||
      (one['resourceType'] === 'DiagnosticReport' &&
        objectsOf(one['extension']).some(
          (its) =>
            /genomic-study-reference$/.test(textOf(its['url']) ?? '') &&
            linked.at(its['valueReference']) === study,
        )),
  )
  const found = reports.flatMap((one) => linked.every(one['result']))
  if (found.some((one) => results.has(one) === true)) return true
  const named = parts.flatMap((part) => [
    ...extensions(part, 'analysis-specimen').map((its) => its['valueReference']),
    ...objectsOf(part['specimen']),
  ])
  return named.some((one) => {
    const specimen = linked.at(one)
    if (specimen !== undefined) return isOfTumour(specimen)
    return isOfTumour({
      resourceType: 'Specimen',
      type: { text: textOf(objectOf(one)?.['display']) ?? '' },
    })
  })
}

function extensions(resource: Json, name: string): readonly Json[] {
  return objectsOf(resource['extension']).filter((one) =>
    (textOf(one['url']) ?? '').endsWith(`/genomic-study-${name}`),
  )
}

function regionName(extension: Json): readonly string[] {
  const concept = extension['valueCodeableConcept']
  const [first] = codingsOf(concept)
  const said =
    textOf(extension['valueString']) ??
    textOf(objectOf(extension['valueReference'])?.['reference']) ??
    first?.display ??
    first?.code ??
    textOf(objectOf(concept)?.['text'])
  return said === undefined ? [] : [said]
}

/** HGNC symbol, and no HGNC id or place. */
function isSymbol(name: string): boolean {
  return /^[A-Z][A-Z0-9-]*(orf\d+)?$/.test(name) && !/^HGNC/.test(name)
}
