import type { FhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import { checkObject } from './base.ts'
import { checkContained } from './contained.ts'
import type { Issue } from './issue.ts'
import { deeperThan, isObject, type JsonObject } from './json.ts'
import { checkProfile, meetsProfile } from './profile.ts'
import { ProfileModels } from './profile-model.ts'
import { BundleIndex, resolverOf } from './reference.ts'
import type { Compiled, Run } from './run.ts'
import { TypeModels } from './type-model.ts'

export interface ValidateOptions {
  /** Profiles to hold the resource to besides those it claims: the "profile" parameter of $validate. */
  readonly profiles?: readonly string[]
  /**
   * What the resource is meant for, as $validate says: "create" needs nothing more, "update" needs an id, "delete"
   * looks at nothing but the type. Left out: content alone.
   */
  readonly mode?: 'create' | 'update' | 'delete'
  /** Whether claims of meta.profile are checked; true unless said otherwise. */
  readonly claimed?: boolean
  /** Finds the target of a reference that is not in the resource or its bundle. Not finding it is no error. */
  readonly resolve?: (reference: string) => JsonObject | undefined
}

/** Levels of nesting; a questionnaire of many groups has some thirty. */
const DEEPEST = 200

const compiled = new WeakMap<FhirDefinitions, Compiled>()

/**
 * What is wrong with a resource: against FHIR R4, and against the profiles that it claims in meta.profile or that are
 * asked for. Resources inside it (contained, entries of a bundle) are checked with their own claims. A profile that is
 * not known is information, not an error. Nothing wrong: an empty list, or warnings and information alone.
 */
export function validateResource(
  definitions: FhirDefinitions,
  resource: unknown,
  options: ValidateOptions = {},
): Issue[] {
  const issues: Issue[] = []
  const report = (issue: Issue) => issues.push(issue)
  let known = compiled.get(definitions)
  if (known === undefined) {
    known = { definitions, types: new TypeModels(definitions), profiles: new ProfileModels(definitions) }
    compiled.set(definitions, known)
  }
  if (!isObject(resource)) {
    report({ severity: 'error', code: 'structure', expression: '', words: 'A resource is a JSON object.' })
    return issues
  }
  if (deeperThan(resource, DEEPEST)) {
    report({
      severity: 'error',
      code: 'structure',
      expression: '',
      words: `The resource is nested more than ${DEEPEST} levels deep.`,
    })
    return issues
  }
  const { types } = known
  const run: Run = {
    ...known,
    resource,
    rootResource: resource,
    resolver: resolverOf({
      container: resource,
      bundle: resource['resourceType'] === 'Bundle' ? new BundleIndex(resource) : undefined,
      elsewhere: options.resolve,
      isResourceType: (name) => types.isResource(name),
    }),
    report,
    conformance: new Map(),
    meets: meetsProfile,
    nested: (outer, inner, path, kind) => checkNested(outer, inner, path, kind, options),
  }
  if (options.mode === 'delete') {
    typeOf(run, resource, '')
    return issues
  }
  if (options.mode === 'update' && typeof resource['id'] !== 'string')
    report({
      severity: 'error',
      code: 'required',
      expression: String(resource['resourceType']),
      words: 'An update needs an id.',
    })
  checkResource(run, resource, undefined, options.profiles ?? [], options.claimed ?? true)
  return issues
}

function checkResource(
  run: Run,
  resource: JsonObject,
  path: string | undefined,
  asked: readonly string[],
  claimed: boolean,
): void {
  const model = typeOf(run, resource, path ?? '')
  if (model === undefined) return
  const at = path ?? model.name
  checkObject(run, resource, model, at)
  if (resource['contained'] !== undefined) checkContained(run, resource, at)
  const meta = resource['meta']
  const own = claimed && isObject(meta) && Array.isArray(meta['profile']) ? meta['profile'] : []
  for (const url of new Set([...own, ...asked])) {
    if (typeof url === 'string') checkClaim(run, resource, url, at, asked.includes(url))
  }
}

function checkClaim(run: Run, resource: JsonObject, url: string, at: string, asked: boolean): void {
  const model = run.profiles.of(url)
  const type = String(resource['resourceType'])
  if (model === undefined) {
    // The base type of every resource, named as a profile, asks for nothing more.
    if (url === `http://hl7.org/fhir/StructureDefinition/${type}`) return
    run.report({
      severity: asked ? 'error' : 'information',
      code: asked ? 'not-supported' : 'informational',
      expression: at,
      words: `The profile ${url.slice(0, 200)} is not known here, so it was not checked.`,
      profile: url,
    })
  } else if (model.type !== type)
    run.report({
      severity: 'error',
      code: 'structure',
      expression: at,
      words: `The profile ${url} is for ${model.type}, not for ${type}.`,
      profile: url,
    })
  else checkProfile(run, model, resource, at)
}

function checkNested(
  outer: Run,
  inner: JsonObject,
  path: string,
  kind: 'contained' | 'entry',
  options: ValidateOptions,
): void {
  const isBundle = inner['resourceType'] === 'Bundle'
  const { types } = outer
  const run: Run =
    kind === 'contained'
      ? { ...outer, resource: inner }
      : {
          ...outer,
          resource: inner,
          rootResource: inner,
          resolver: resolverOf({
            container: inner,
            bundle: isBundle ? new BundleIndex(inner) : bundleOf(outer),
            elsewhere: options.resolve,
            isResourceType: (name) => types.isResource(name),
          }),
        }
  checkResource(run, inner, path, [], options.claimed ?? true)
}

const indexes = new WeakMap<JsonObject, BundleIndex>()

/** The index of the bundle that holds an entry, made once. */
function bundleOf(outer: Run): BundleIndex | undefined {
  if (outer.resource['resourceType'] !== 'Bundle') return undefined
  const known = indexes.get(outer.resource) ?? new BundleIndex(outer.resource)
  indexes.set(outer.resource, known)
  return known
}

function typeOf(run: Run, resource: JsonObject, path: string) {
  const type = resource['resourceType']
  if (typeof type === 'string' && run.types.isResource(type)) return run.types.of(type)
  run.report({
    severity: 'error',
    code: 'structure',
    expression: path,
    words:
      typeof type === 'string'
        ? `"${type.slice(0, 64)}" is not a resource type of R4.`
        : '"resourceType" is required and missing.',
  })
  return undefined
}
