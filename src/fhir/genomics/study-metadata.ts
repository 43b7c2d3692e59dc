import type { Asked } from './asked.ts'
import { type Parameter, type Parameters, parameters } from './genomics-data.ts'
import { type AskedRange, readRange } from './place.ts'
import { regionsWithin } from './studied-region.ts'
import type { Study } from './study.ts'
import type { SubjectView } from './subject.ts'

/** $find-study-metadata: the tests of a person, what they looked at and what they could not see. */
export function studyMetadata(asked: Asked, view: SubjectView): Parameters {
  const ranges = asked.all('ranges').map((text) => readRange(text, view.genome.assemblies))
  return parameters(view.studies.map((study) => ({ name: 'tests', part: partsOf(study, ranges, view) })))
}

function partsOf(
  study: Study,
  ranges: readonly AskedRange[],
  { genome: { assemblies } }: SubjectView,
): readonly Parameter[] {
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
  if (ranges.length > 0) {
    add('regionStudied', regionsWithin(study.studied, ranges, assemblies))
    add('uncallableRegions', regionsWithin(study.uncallable, ranges, assemblies))
  }
  return parts
}
