import { candidateVocabulary } from '../../fhir/candidate/candidate-of.ts'
import { diagnosisOf } from '../../fhir/candidate/diagnosis.ts'
import { fhirParts } from '../../intake/tumor/fhir/fhir-tumor.ts'
import { joinParts } from '../../intake/tumor/join-profile.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Resource } from '../../record/resource.ts'
import type { TumorPart } from '../../record/tumor-part.ts'
import type { TumorProfile } from '../../record/tumor-profile.ts'
import { Fault } from '../../terms/fault.ts'
import { diagnosisOfFiles } from './case/diagnosis.ts'

/** What is known of the tumour of one person, of Conditions and Observations in FHIR. */
export interface PatientTumor {
  readonly profile: TumorProfile
  /** OncoTree code; undefined: no type, or more than one. */
  readonly code: string | undefined
  /** As a reader would call it. */
  readonly name: string | undefined
  /** Sentences: what could not be read, what contradicts. */
  readonly notes: readonly string[]
}

/** One place that resources come from: their ids mean nothing beside those of another. */
export interface TumorSource {
  readonly name: string
  readonly resources: readonly Resource[]
}

/** All results about one person as one tumour, with the profiles that files of it made. What cannot be read is told and left out; it never counts as absent. */
export function patientTumor(
  sources: readonly TumorSource[],
  files: readonly TumorProfile[],
  facts: Facts,
): PatientTumor {
  const notes: string[] = []
  const parts = sources.flatMap(({ name, resources }): TumorPart[] => {
    const mine = resources
      .filter(({ resourceType }) => resourceType === 'Observation' || resourceType === 'Condition')
      .map((one) => ({ ...one, subject: undefined }))
    const { usable, bad } = readable(mine, name)
    if (bad > 0)
      notes.push(`${bad} ${bad === 1 ? 'result' : 'results'} about the tumour in ${name} could not be read.`)
    // Each variant carries its own build: sources may differ in it. The diagnosis is read below, of all conditions.
    return partsOf(usable, name).map(({ said: { assembly: _, diagnosis: __, ...said }, ...part }) => ({
      ...part,
      sample: undefined,
      said,
    }))
  })
  const [joined] = joinParts([...parts, ...files.map(partOfFiles)], NOTHING_STATED)
  const { tree, codes } = candidateVocabulary(facts)
  const told = diagnosisOf(
    sources.flatMap(({ resources }) => resources),
    tree,
    codes,
  )
  const ofFiles = new Set(
    files.flatMap(({ diagnosis }) => diagnosisOfFiles(diagnosis, 'files', facts, []).code ?? []),
  )
  const [only, ...others] = ofFiles
  const named = told ?? (others.length === 0 ? only : undefined)
  const type = named === undefined ? undefined : tree.find(named)
  for (const { about, statements } of joined?.contradictions ?? [])
    notes.push(
      `Results contradict each other on ${about}: ${statements.map(({ says }) => says).join(' / ')}.`,
    )
  return { profile: joined!.profile, code: type?.code, name: type?.name ?? named, notes }
}

/** Specimens of one person count together: what is in one of them is there. */
function partOfFiles({ sample: _, assembly: __, diagnosis: ___, ...said }: TumorProfile): TumorPart {
  return {
    file: 'the files of the tumour',
    format: 'files',
    content: ['small variants'],
    sample: undefined,
    said,
    records: 0,
    leftOut: [],
    notes: [],
  }
}

const NOTHING_STATED = {
  sample: undefined,
  assembly: undefined,
  covered: { variants: undefined, copyNumbers: undefined, fusions: undefined },
  purity: undefined,
}

function partsOf(resources: readonly Resource[], name: string): TumorPart[] {
  return resources.length === 0 ? [] : fhirParts(resources, name)
}

/** One resource that cannot be read must not hide the others. */
function readable(
  resources: readonly Resource[],
  name: string,
): { readonly usable: readonly Resource[]; readonly bad: number } {
  try {
    partsOf(resources, name)
    return { usable: resources, bad: 0 }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  const usable = resources.filter((one) => {
    try {
      partsOf([one], name)
      return true
    } catch (error) {
      if (error instanceof Fault) return false
      throw error
    }
  })
  return { usable, bad: resources.length - usable.length }
}
