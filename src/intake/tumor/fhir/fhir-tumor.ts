import type { TumorPart } from '../../../record/tumor-part.ts'
import type { CopyNumberCall, Fusion, MarkerTest, SomaticVariant } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import { MarkerSet } from '../marker-set.ts'
import { diagnosisOf } from './diagnosis-condition.ts'
import {
  componentsOf,
  genesOf,
  hasCode,
  type Json,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  wordsOf,
} from './elements.ts'
import { type Consequence, consequenceOf, observedVariant } from './variant-observation.ts'

const DEEPEST = 20

export function isFhir(document: unknown): document is Json {
  return textOf(objectOf(document)?.['resourceType']) !== undefined
}

/** Resources about tumours as parts, one for each subject. Throws FRACTION_INVALID, MARKER_INVALID. */
export function fhirParts(documents: readonly Json[], file: string): TumorPart[] {
  if (documents.length === 0) return []
  const subjects = new Map<string, Collector>()
  let records = 0
  for (const resource of documents.flatMap((one) => resourcesOf(one, 0))) {
    const type = resource['resourceType']
    if (type !== 'Observation' && type !== 'Condition') continue
    records++
    const subject =
      textOf(objectOf(resource['subject'])?.['reference'])?.replace(/^.*\/(?=Patient\/)/, '') ?? ''
    const found = subjects.get(subject) ?? new Collector(file)
    subjects.set(subject, found)
    found.take(resource, type)
  }
  if (records === 0)
    throw new Fault(
      'TUMOR_EMPTY',
      file,
      'the FHIR document holds no Observation and no Condition',
      'Send the bundle with the variants, markers and diagnoses in it, not references to them.',
    )
  return [...subjects].map(([subject, found]) =>
    found.part(subjects.size === 1 ? undefined : subject || undefined),
  )
}

function resourcesOf(document: Json, depth: number): readonly Json[] {
  if (depth > DEEPEST) return []
  const inner = [
    ...objectsOf(document['entry']).map((entry) => objectOf(entry['resource'])),
    ...objectsOf(document['contained']),
  ].filter((one) => one !== undefined)
  return [document, ...inner.flatMap((one) => resourcesOf(one, depth + 1))]
}

class Collector {
  readonly #file: string
  readonly #variants: SomaticVariant[] = []
  readonly #copies: CopyNumberCall[] = []
  readonly #fusions: Fusion[] = []
  readonly #markers = new MarkerSet()
  readonly #diagnoses: string[] = []
  readonly #tested = new Set<string>()
  readonly #testedFusions = new Set<string>()
  /** Names of the tests that variants were found with. */
  readonly #assays = new Set<string>()
  /** Place in the list of variants by the id of the Observation. */
  readonly #byId = new Map<string, number>()
  /** STU3 tells what a variant does in an Observation of its own. */
  readonly #consequences: { readonly of: string; readonly says: Consequence }[] = []
  #records = 0

  constructor(file: string) {
    this.#file = file
  }

  take(resource: Json, type: 'Observation' | 'Condition'): void {
    this.#records++
    const id = textOf(resource['id']) ?? `${type} ${this.#records}`
    if (type === 'Condition') {
      const diagnosis = diagnosisOf(resource)
      if (diagnosis !== undefined) this.#diagnoses.push(diagnosis)
      return
    }
    const status = textOf(resource['status'])
    if (status === 'entered-in-error' || status === 'cancelled') {
      this.#markers.leaveOut(`status ${status}`, id)
      return
    }
    const code = resource['code']
    const where = `${this.#file}, Observation/${id}`
    if (hasCode(code, '69548-6')) this.#variant(resource, where, id)
    else if (hasCode(code, 'molecular-consequence')) {
      for (const { reference } of objectsOf(resource['derivedFrom'])) {
        const of = textOf(reference)?.replace(/^.*[/:]/, '')
        if (of !== undefined) this.#consequences.push({ of, says: consequenceOf(resource) })
      }
    }
    // Genes that were studied are tested unless the resource names stretches: then only parts of them were.
    else if (hasCode(code, '53041-0')) {
      if (componentsOf(resource, '51959-5').length === 0)
        for (const gene of genesOf(resource)) this.#tested.add(gene)
    } else this.#marker(resource, where)
  }

  #variant(resource: Json, where: string, id: string): void {
    const found = observedVariant(resource, where)
    const assay = textOf(objectOf(resource['device'])?.['display']) ?? wordsOf(resource['method'])
    if (assay !== undefined) this.#assays.add(assay)
    switch (found.kind) {
      case 'variant':
        this.#byId.set(id, this.#variants.length)
        this.#variants.push(found.variant)
        break
      case 'copy-number':
        this.#copies.push(...found.calls)
        break
      case 'fusion':
        this.#fusions.push(found.fusion)
        break
      case 'absent':
        for (const gene of found.genes) this.#tested.add(gene)
        break
      case 'left-out':
        this.#markers.leaveOut(found.reason, id)
    }
  }

  #marker(resource: Json, where: string): void {
    const name = wordsOf(resource['code'])
    const written = writtenValue(resource)
    if (written === undefined) return
    const [, gene] = /^(.+) gene rearrangements? \[Presence\]/.exec(name ?? '') ?? []
    if (gene !== undefined) {
      if (/^(positive|present|detected)/i.test(written.value))
        this.#fusions.push({ five: undefined, three: gene })
      else if (/^(negative|absent|not detected)/i.test(written.value)) this.#testedFusions.add(gene)
      return
    }
    const date = textOf(resource['effectiveDateTime'])?.slice(0, 10)
    const assay = wordsOf(resource['method'])
    const test: MarkerTest = {
      ...(assay === undefined ? {} : { assay }),
      ...(date === undefined || date.length < 10 ? {} : { date }),
    }
    const known = hasCode(resource['code'], '94076-7')
      ? 'TMB'
      : hasCode(resource['code'], '81695-9')
        ? 'MSI'
        : name
    if (known === undefined || /serum|plasma|urine|body fluid/i.test(known)) return
    this.#markers.addKnown({ name: known, ...written }, test, where)
  }

  part(sample: string | undefined): TumorPart {
    for (const { of, says } of this.#consequences) {
      const place = this.#byId.get(of)
      const variant = place === undefined ? undefined : this.#variants[place]
      if (variant === undefined) continue
      this.#variants[place!] = {
        ...variant,
        hgvsP: variant.hgvsP ?? says.protein,
        ...(variant.hgvsC === undefined && says.coding !== undefined ? { hgvsC: says.coding } : {}),
        consequences: [...new Set([...variant.consequences, ...says.terms])],
      }
    }
    const markers = this.#markers.markers()
    const [assay, ...otherAssays] = this.#assays
    const placed = this.#variants.find(({ place }) => place !== undefined)
    const [diagnosis, ...more] = [...new Set(this.#diagnoses)]
    const some = (genes: ReadonlySet<string>) => (genes.size === 0 ? undefined : genes)
    return {
      file: this.#file,
      format: 'FHIR',
      content: [
        ...(this.#variants.length > 0 || this.#tested.size > 0 ? (['small variants'] as const) : []),
        ...(this.#copies.length > 0 ? (['copy number of genes'] as const) : []),
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
          variants: some(this.#tested),
          copyNumbers: undefined,
          fusions: some(this.#testedFusions),
        },
        // Of several tests nobody says which one answers what.
        ...(assay === undefined || otherAssays.length > 0
          ? {}
          : { assay: { name: assay, design: undefined } }),
        ...(placed === undefined ? {} : { assembly: placed.assembly }),
        ...(diagnosis === undefined || more.length > 0 ? {} : { diagnosis }),
      },
      records: this.#records,
      leftOut: this.#markers.leftOut(),
      // Each variant carries its own build: a bundle may join reports of both.
      notes:
        more.length === 0
          ? []
          : [
              `The record has ${more.length + 1} cancers (${[diagnosis, ...more].join(' / ')}): name the one of this tumour with --diagnosis.`,
            ],
    }
  }
}

function writtenValue(resource: Json): { value: string; unit?: string } | undefined {
  const quantity = objectOf(resource['valueQuantity'])
  const number = numberOf(quantity?.['value']) ?? numberOf(resource['valueInteger'])
  if (number !== undefined) {
    const unit = textOf(quantity?.['unit']) ?? textOf(quantity?.['code'])
    const comparator = textOf(quantity?.['comparator']) ?? ''
    return { value: `${comparator}${number}`, ...(unit === undefined ? {} : { unit }) }
  }
  const words = textOf(resource['valueString']) ?? wordsOf(resource['valueCodeableConcept'])
  return words === undefined ? undefined : { value: words }
}
