import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import { codingsOf, componentsOf, hasCode, type Json, objectOf, textOf } from './elements.ts'
import type { Linked } from './linked.ts'

const VARIANT = GENOMIC.variant
/** Burden and microsatellites: asked of tumours alone. */
const BIOMARKERS = [GENOMIC.tumorMutationalBurden, GENOMIC.microsatelliteInstability]
/** LOINC answers of 48002-0, genomic source class. */
const GERMLINE = ['LA6683-2', 'LA18194-3', 'LA26807-0', 'LA10429-1', 'LA18196-8']
const SOMATIC = ['LA6684-0', 'LA18195-0']
/** A specimen of a tumour, or of the marrow that a tumour of the blood grows in. */
const OF_TUMOUR = /tumou?r|neoplas|cancer|carcinoma|biops|ffpe|paraffin|bone marrow|ctdna|circulating/i

/** What the person was born with, or what the tumour acquired; undefined: the result does not say. */
export function sourceOf(observation: Json): 'germline' | 'somatic' | undefined {
  const said = componentsOf(observation, GENOMIC.genomicSourceClass).map((one) => one['valueCodeableConcept'])
  const germline = said.some((one) => hasCode(one, ...GERMLINE))
  const somatic =
    said.some((one) => hasCode(one, ...SOMATIC)) || claims(observation, /^mcode-cancer-genetic-variant/)
  return germline === somatic ? undefined : somatic ? 'somatic' : 'germline'
}

/** Whether results are of the tumour, by what they, their specimens and their reports say. */
export class TumourResults {
  readonly #linked: Linked
  readonly #inTumourReport = new Set<Json>()
  readonly #inGermlineReport = new Set<Json>()
  /** Specimens that tell by their results what they are. */
  readonly #ofTumour = new Set<Json>()
  readonly #ofGermline = new Set<Json>()

  constructor(linked: Linked) {
    this.#linked = linked
    for (const one of linked.all) if (one['resourceType'] === 'Observation') this.#specimen(one)
    for (const one of linked.all) if (one['resourceType'] === 'DiagnosticReport') this.#report(one)
  }

  /** True, or false of a test of the germline; undefined: nobody says. */
  has(observation: Json): boolean | undefined {
    const source = sourceOf(observation)
    if (source !== undefined) return source === 'somatic'
    const specimen = this.#linked.at(observation['specimen'])
    if (specimen !== undefined && this.#isOfTumour(specimen)) return true
    const [tumour, germline] = [
      this.#inTumourReport.has(observation),
      this.#inGermlineReport.has(observation),
    ]
    return tumour === germline ? undefined : tumour
  }

  #isOfTumour(specimen: Json): boolean {
    return isOfTumour(specimen) || (this.#ofTumour.has(specimen) && !this.#ofGermline.has(specimen))
  }

  #specimen(observation: Json): void {
    const specimen = this.#linked.at(observation['specimen'])
    if (specimen === undefined) return
    const source = hasCode(observation['code'], VARIANT) ? sourceOf(observation) : undefined
    if (source === 'germline') this.#ofGermline.add(specimen)
    else if (source === 'somatic' || hasCode(observation['code'], ...BIOMARKERS)) this.#ofTumour.add(specimen)
  }

  /** A report of somatic changes, of a marker of tumours or of a specimen of one; a report of both is neither. */
  #report(report: Json): void {
    const results = this.#linked.every(report['result'])
    const variants = results.filter((one) => hasCode(one['code'], VARIANT))
    const germline = variants.some((one) => sourceOf(one) === 'germline')
    const tumour =
      variants.some((one) => sourceOf(one) === 'somatic') ||
      results.some((one) => hasCode(one['code'], ...BIOMARKERS)) ||
      this.#linked.every(report['specimen']).some((one) => this.#isOfTumour(one))
    if (germline === tumour) return
    for (const one of results) (tumour ? this.#inTumourReport : this.#inGermlineReport).add(one)
  }
}

export function isOfTumour(specimen: Json | undefined): boolean {
  return (
    specimen?.['resourceType'] === 'Specimen' &&
    (claims(specimen, /tumor-specimen/) || OF_TUMOUR.test(specimenWords(specimen)))
  )
}

/** What a person would read of the kind of a specimen. */
export function specimenWords(specimen: Json): string {
  const type = specimen['type']
  return [
    ...codingsOf(type).map(({ code, display }) => display ?? code),
    textOf(objectOf(type)?.['text']) ?? '',
  ].join(' ')
}

/** Profiles that a resource claims, by the last part of their address. */
export function claims(resource: Json, profile: RegExp): boolean {
  const said = objectOf(resource['meta'])?.['profile']
  return (
    Array.isArray(said) &&
    said.some((one) => profile.test(String(one).replace(/\|.*$/, '').replace(/^.*\//, '')))
  )
}
