import type { PersonConditions } from '../../../record/person-condition.ts'
import type { Resource } from '../../../record/resource.ts'
import type { TumorPart } from '../../../record/tumor-part.ts'
import type { CopyNumberCall, Fusion, SomaticVariant } from '../../../record/tumor-profile.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import { MarkerSet } from '../marker/marker-set.ts'
import { type DatedMarker, isOfMarker, newestMarkers } from '../marker/newest-markers.ts'
import type { TumorCuts } from '../tumor-format.ts'
import { componentsOf, genesOf, hasCode, type Json, textOf, wordsOf } from './elements.ts'
import type { Linked } from './linked.ts'
import { assayOf, markerResults, writtenValue } from './marker-observation.ts'
import { isWithdrawn, notStanding } from './standing.ts'
import { studiedGenes } from './studied-genes.ts'
import { sourceOf, type TumourResults } from './tumour-results.ts'
import { type Consequence, consequenceOf, observedVariant } from './variant-observation.ts'

const VARIANT = GENOMIC.variant
/** "DNA region of interest panel": what a test looked at; with ranges, only parts of its genes. */
const STUDIED = GENOMIC.regionsStudied
const RANGES = GENOMIC.rangesExamined

/** What the reader of FHIR is told beside the resources. */
export interface FhirReading {
  readonly cuts: TumorCuts
  /**
   * Whose results these are where they do not say it: those of a file of a tumour are the tumour's; in the record of a person
   * a change may as well be inherited, and settles nothing about the tumour.
   */
  readonly whose: 'tumour' | 'record'
  /** Tumours that Conditions establish, each as a code or name; left out: diagnoses are not read. */
  readonly diagnosesIn?: ((conditions: readonly Resource[]) => readonly string[]) | undefined
  /** Left out: other conditions of the person are not read. */
  readonly conditionsIn?: ((resources: readonly Resource[]) => PersonConditions) | undefined
}

/** Whether an Observation is of a kind that is read here, whatever it says. */
export function isTumourResult(observation: Json, linked: Linked): boolean {
  return (
    hasCode(observation['code'], VARIANT, STUDIED, 'molecular-consequence') ||
    rearranged(observation) !== undefined ||
    markerResults(observation, linked).some((one) => isOfMarker({ ...one, where: '' }))
  )
}

/** The gene that a test for rearrangements names. */
function rearranged(observation: Json): string | undefined {
  return /^(.+) gene rearrangements? \[Presence\]/.exec(wordsOf(observation['code']) ?? '')?.[1]
}

/** What the resources about one person say of the tumour. */
export class TumourCollector {
  readonly #file: string
  readonly #linked: Linked
  readonly #whose: TumourResults
  readonly #reading: FhirReading
  readonly #variants: SomaticVariant[] = []
  readonly #copies: CopyNumberCall[] = []
  readonly #fusions: Fusion[] = []
  readonly #markers: MarkerSet
  readonly #results: DatedMarker[] = []
  readonly #conditions: Resource[] = []
  readonly #tested = {
    variants: new Set<string>(),
    copyNumbers: new Set<string>(),
    fusions: new Set<string>(),
    /** In blood or saliva, for what a person was born with. */
    germline: new Set<string>(),
  }
  /** Changes of which nobody says whether the tumour has them. */
  readonly #unattributed = { variants: [] as SomaticVariant[], copyNumbers: [] as CopyNumberCall[] }
  /** Genes with something of which it is not known what: they are not without a change. */
  readonly #doubted = new Set<string>()
  /** Names of the tests that variants were found with. */
  readonly #assays = new Set<string>()
  /** The list and place that a variant went to, by its Observation. */
  readonly #places = new Map<Json, { readonly list: SomaticVariant[]; readonly at: number }>()
  /** STU3 tells what a variant does in an Observation of its own. */
  readonly #consequences: { readonly of: Json; readonly says: Consequence }[] = []
  #records = 0

  constructor(file: string, linked: Linked, whose: TumourResults, reading: FhirReading) {
    this.#file = file
    this.#linked = linked
    this.#whose = whose
    this.#reading = reading
    this.#markers = new MarkerSet(reading.cuts)
  }

  take(resource: Json): void {
    this.#records++
    const type = String(resource['resourceType'])
    const id = textOf(resource['id']) ?? `${type} ${this.#records}`
    if (type === 'Condition') {
      this.#conditions.push(resource as Resource)
      return
    }
    const code = resource['code']
    const doubt = notStanding(resource, this.#reading.whose === 'tumour')
    if (doubt !== undefined) {
      if (isTumourResult(resource, this.#linked)) this.#markers.leaveOut(doubt, id)
      if (hasCode(code, VARIANT) && !isWithdrawn(resource))
        for (const gene of genesOf(resource)) this.#doubted.add(gene)
      return
    }
    const where = `${this.#file}, Observation/${id}`
    if (hasCode(code, VARIANT)) this.#variant(resource, where, id)
    else if (hasCode(code, 'molecular-consequence')) {
      for (const of of this.#linked.every(resource['derivedFrom']))
        this.#consequences.push({ of, says: consequenceOf(resource) })
    } else if (hasCode(code, STUDIED)) {
      if (componentsOf(resource, RANGES).length > 0) return
      const kind = this.#countsAsTest(resource)
        ? 'variants'
        : this.#whose.has(resource) === false
          ? 'germline'
          : undefined
      if (kind !== undefined) for (const gene of genesOf(resource)) this.#tested[kind].add(gene)
    } else this.#marker(resource, where)
  }

  studies(): void {
    for (const { genes, finds } of studiedGenes(this.#linked, this.#whose))
      for (const kind of finds) for (const gene of genes) this.#tested[kind].add(gene)
  }

  /** A germline panel says nothing about the tumour. */
  #countsAsTest(resource: Json): boolean {
    return this.#whose.has(resource) ?? this.#reading.whose === 'tumour'
  }

  #variant(resource: Json, where: string, id: string): void {
    const found = observedVariant(resource, where, this.#reading.cuts)
    const assay = assayOf(resource, this.#linked)
    const source = sourceOf(resource)
    const isOurs = this.#countsAsTest(resource)
    if (assay !== undefined && isOurs) this.#assays.add(assay)
    switch (found.kind) {
      case 'variant': {
        // An inherited change is told as such; one that may be either stands apart.
        const list = isOurs || source === 'germline' ? this.#variants : this.#unattributed.variants
        this.#places.set(resource, { list, at: list.length })
        list.push(found.variant)
        break
      }
      case 'copy-number':
        if (source === 'germline') this.#markers.leaveOut('a change of copy number that is inherited', id)
        else (isOurs ? this.#copies : this.#unattributed.copyNumbers).push(...found.calls)
        break
      case 'fusion':
        if (source === 'germline') this.#markers.leaveOut('a rearrangement that is inherited', id)
        else this.#fusions.push(found.fusion)
        break
      case 'absent':
        for (const gene of found.genes)
          if (isOurs) this.#tested.variants.add(gene)
          else if (source === 'germline') this.#tested.germline.add(gene)
        break
      case 'left-out':
        this.#markers.leaveOut(found.reason, id)
        for (const gene of found.doubts) this.#doubted.add(gene)
    }
  }

  #marker(resource: Json, where: string): void {
    const gene = rearranged(resource)
    if (gene !== undefined) {
      const { value = '' } = writtenValue(resource) ?? {}
      if (/^(positive|present|detected)/i.test(value)) this.#fusions.push({ five: undefined, three: gene })
      else if (/^(negative|absent|not detected)/i.test(value)) this.#tested.fusions.add(gene)
      return
    }
    for (const one of markerResults(resource, this.#linked)) this.#results.push({ ...one, where })
  }

  part(sample: string | undefined): TumorPart {
    this.#addConsequences()
    const { standing, older } = newestMarkers(this.#results)
    for (const { written, test, where } of standing) this.#markers.addKnown(written, test, where)
    for (const { written } of older) this.#markers.leaveOut('an older result of a marker', written.name)
    const markers = this.#markers.markers()
    const { variants, copyNumbers } = this.#unattributed
    const apart = new Set([...variants, ...copyNumbers].flatMap(({ gene }) => gene ?? []))
    // A gene with a change that may be the tumour's is not without one.
    const some = (genes: ReadonlySet<string>) => {
      const left = new Set([...genes].filter((one) => !apart.has(one) && !this.#doubted.has(one)))
      return left.size === 0 ? undefined : left
    }
    const { assay, diagnosis, notes } = this.#stated()
    const placed = this.#variants.find(({ place }) => place !== undefined)
    return {
      file: this.#file,
      format: 'FHIR',
      content: [
        ...(this.#variants.length + variants.length > 0 || this.#tested.variants.size > 0
          ? (['small variants'] as const)
          : []),
        ...(this.#copies.length + copyNumbers.length > 0 ? (['copy number of genes'] as const) : []),
        ...(this.#fusions.length > 0 ? (['fusions'] as const) : []),
        ...(markers.length > 0 ? (['markers'] as const) : []),
      ],
      sample,
      said: {
        variants: this.#variants,
        copyNumbers: this.#copies,
        fusions: this.#fusions,
        markers,
        covered: {
          variants: some(this.#tested.variants),
          copyNumbers: some(this.#tested.copyNumbers),
          fusions: some(this.#tested.fusions),
          ...(this.#tested.germline.size === 0 ? {} : { germline: some(this.#tested.germline) }),
        },
        ...(variants.length + copyNumbers.length === 0 ? {} : { unattributed: this.#unattributed }),
        ...(assay === undefined ? {} : { assay: { name: assay, design: undefined } }),
        // Each variant carries its own build: a bundle may join reports of both.
        ...(placed === undefined ? {} : { assembly: placed.assembly }),
        ...(diagnosis === undefined ? {} : { diagnosis }),
      },
      records: this.#records,
      leftOut: this.#markers.leftOut(),
      notes,
    }
  }

  #addConsequences(): void {
    for (const { of, says } of this.#consequences) {
      const place = this.#places.get(of)
      const variant = place?.list[place.at]
      if (place === undefined || variant === undefined) continue
      place.list[place.at] = {
        ...variant,
        hgvsP: variant.hgvsP ?? says.protein,
        ...(variant.hgvsC === undefined && says.coding !== undefined ? { hgvsC: says.coding } : {}),
        consequences: [...new Set([...variant.consequences, ...says.terms])],
      }
    }
  }

  /** Of several tests nobody says which one answers what, and of several cancers which one these results are of. */
  #stated(): { assay: string | undefined; diagnosis: string | undefined; notes: readonly string[] } {
    const [assay, ...otherAssays] = this.#assays
    const diagnoses = this.#reading.diagnosesIn?.(this.#conditions) ?? []
    const { variants, copyNumbers } = this.#unattributed
    const apart = [...new Set([...variants, ...copyNumbers].flatMap(({ gene }) => gene ?? []))].sort()
    return {
      assay: otherAssays.length > 0 ? undefined : assay,
      diagnosis: diagnoses.length === 1 ? diagnoses[0] : undefined,
      notes: [
        ...(diagnoses.length > 1
          ? [
              `The record has ${diagnoses.length} cancers (${diagnoses.join(' / ')}): name the one of this tumour with --diagnosis.`,
            ]
          : []),
        ...(apart.length > 0
          ? [
              `Changes of ${apart.join(', ')} do not say whether the tumour has them or the person was born with them: they settle nothing.`,
            ]
          : []),
      ],
    }
  }
}
