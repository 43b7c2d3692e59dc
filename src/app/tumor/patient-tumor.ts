import { candidateVocabulary, clinicalCandidate } from '../../fhir/candidate/clinical-candidate.ts'
import { diagnosisOf } from '../../fhir/candidate/diagnosis.ts'
import { fhirParts } from '../../intake/tumor/fhir/fhir-tumor.ts'
import { joinParts } from '../../intake/tumor/profile/join-profile.ts'
import type { TumorCuts } from '../../intake/tumor/tumor-format.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import type { TumorPart } from '../../record/tumor-part.ts'
import type { TumorProfile } from '../../record/tumor-profile.ts'
import { Fault } from '../../terms/fault.ts'
import { howMany } from '../../terms/how-many.ts'
import { diagnosisOfFiles } from './case/diagnosis.ts'
import { tumorCandidate } from './tumor-candidate.ts'
import { tumorCuts } from './tumor-cuts.ts'

/** What is known of the tumour of one person, of their record in FHIR and of files. */
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
interface TumorSource {
  readonly name: string
  readonly resources: readonly Resource[]
}

/** All results about one person as one tumour, with the profiles that files of it made. What cannot be read is told and left out; it never counts as absent. */
export function patientTumor(
  sources: readonly TumorSource[],
  files: readonly TumorProfile[],
  facts: Facts,
): PatientTumor {
  const { parts, notes } = recordParts(sources, facts)
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
  const contradictions = (joined?.contradictions ?? []).map(
    ({ about, statements }) =>
      `Results contradict each other on ${about}: ${statements.map(({ says }) => says).join(' / ')}.`,
  )
  return {
    profile: joined!.profile,
    code: type?.code,
    name: type?.name ?? named,
    notes: [...notes, ...parts.flatMap((part) => [...part.notes, ...notFinal(part)]), ...contradictions],
  }
}

function notFinal({ file, leftOut }: TumorPart): readonly string[] {
  const count = leftOut
    .filter(({ reason }) => /^status (preliminary|registered)$/.test(reason))
    .reduce((sum, one) => sum + one.count, 0)
  return count === 0 ? [] : [`${howMany(count, 'result')} in ${file} are not final: not looked at.`]
}

/** Somebody of the record as far as eligibility for trials goes, all results of tumours counted together. */
export function fhirCandidate(id: string, resources: readonly Resource[], facts: Facts): Candidate {
  const person = clinicalCandidate(id, resources, candidateVocabulary(facts))
  const [joined] = joinParts(recordParts([{ name: 'the record', resources }], facts).parts, NOTHING_STATED)
  return tumorCandidate(person, joined!.profile, undefined)
}

/** What resources of one person say of tumours, with sentences about what could not be read. */
export function recordParts(
  sources: readonly TumorSource[],
  facts: Facts,
): {
  readonly parts: readonly TumorPart[]
  readonly notes: readonly string[]
} {
  const notes: string[] = []
  const cuts = tumorCuts(facts)
  const parts = sources.flatMap(({ name, resources }): TumorPart[] => {
    const mine = resources.map((one) => ({ ...one, subject: undefined }))
    const { usable, bad } = readable(mine, name, cuts)
    if (bad > 0) notes.push(`${howMany(bad, 'result')} about the tumour in ${name} could not be read.`)
    // Each variant carries its own build: sources may differ in it. The diagnosis is read of all sources together.
    return partsOf(usable, name, cuts).map(({ said: { assembly: _, ...said }, ...part }) => ({
      ...part,
      sample: undefined,
      said,
    }))
  })
  return { parts, notes }
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

function partsOf(resources: readonly Resource[], name: string, cuts: TumorCuts): TumorPart[] {
  return resources.some(isTold) ? fhirParts(resources, name, { whose: 'record', cuts }) : []
}

const isTold = ({ resourceType }: Resource) => resourceType === 'Observation' || resourceType === 'Condition'

/** One resource that cannot be read must not hide the others. */
function readable(
  resources: readonly Resource[],
  name: string,
  cuts: TumorCuts,
): { readonly usable: readonly Resource[]; readonly bad: number } {
  try {
    partsOf(resources, name, cuts)
    return { usable: resources, bad: 0 }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  const usable = resources.filter((one) => {
    if (!isTold(one)) return true
    try {
      partsOf([one], name, cuts)
      return true
    } catch (error) {
      if (error instanceof Fault) return false
      throw error
    }
  })
  return { usable, bad: resources.length - usable.length }
}
