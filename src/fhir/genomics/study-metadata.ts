import type { Asked } from './asked.ts'
import { type Parameter, type Parameters, parameters } from './genomics-data.ts'
import { readRange } from './place.ts'
import type { Study } from './study.ts'
import type { SubjectView } from './subject.ts'

/** $find-study-metadata: the tests of a person, what they looked at and what they could not see. */
export function studyMetadata(asked: Asked, view: SubjectView): Parameters {
  for (const text of asked.all('ranges')) readRange(text, view.assemblies)
  return parameters(
    view.studies.map((study) => ({ name: 'tests', part: partsOf(study, asked.all('ranges').length > 0) })),
  )
}

function partsOf(study: Study, regions: boolean): readonly Parameter[] {
  const parts: Parameter[] = []
  const add = (name: string, valueString: string | undefined) => {
    if (valueString !== undefined) parts.push({ name, valueString })
  }
  add('testId', study.identifiers[0])
  add('testDate', study.date)
  for (const specimen of study.specimens.slice(0, 1)) add('specimenId', specimen)
  for (const valueCodeableConcept of study.builds.slice(0, 1))
    parts.push({ name: 'genomicBuild', valueCodeableConcept })
  if (study.changeTypes.length > 0)
    parts.push({ name: 'dnaChangeType', valueCodeableConcept: { coding: study.changeTypes } })
  if (regions) {
    add('regionStudied', study.studied.length > 0 ? study.studied.join(', ') : 'unknown')
    add('uncallableRegions', study.uncallable.length > 0 ? study.uncallable.join(', ') : 'unknown')
  }
  return parts
}
