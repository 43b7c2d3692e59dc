import type { FhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import type { Issue } from './issue.ts'
import type { JsonObject } from './json.ts'
import type { ProfileModel, ProfileModels } from './profile-model.ts'
import type { Resolver } from './reference.ts'
import type { TypeModels } from './type-model.ts'

/** The definitions, compiled; made once for a set of definitions. */
export interface Compiled {
  readonly definitions: FhirDefinitions
  readonly types: TypeModels
  readonly profiles: ProfileModels
}

/** One resource on its way through the checks. */
export interface Run extends Compiled {
  /** The resource whose elements are looked at, and the one that contains it (itself unless contained). */
  readonly resource: JsonObject
  readonly rootResource: JsonObject
  readonly resolver: Resolver
  readonly report: (issue: Issue) => void
  /** Answers of "does this target conform to that profile", so that circles end. */
  readonly conformance: Map<JsonObject, Map<string, boolean>>
  /** Whether an object meets a profile, its type left aside; nothing is reported. */
  readonly meets: (run: Run, model: ProfileModel, value: JsonObject) => boolean
  /** Checks a resource inside this one (contained, or a bundle's entry), with the profiles it claims. */
  readonly nested: (run: Run, resource: JsonObject, path: string, kind: 'contained' | 'entry') => void
}
