import type { Slicing } from '../../knowledge/fhir/element.ts'
import { inValueSet } from './binding.ts'
import { conforms } from './conformance.ts'
import { type Found, valuesAt } from './found.ts'
import { equalJson, isObject, type JsonObject, matchesPattern } from './json.ts'
import type { ProfileNode } from './profile-model.ts'
import type { Run } from './run.ts'

/**
 * Whether a value belongs to a slice by every discriminator (hl7.org/fhir/R4/profiling.html#discriminator); undefined
 * when that cannot be known here.
 */
export function discriminated(
  run: Run,
  slicing: Slicing,
  slice: ProfileNode,
  one: Found,
): boolean | undefined {
  if (slicing.discriminators.length === 0) return undefined
  let answer: boolean | undefined = true
  for (const { type, path } of slicing.discriminators) {
    const fits = byOne(run, type, stepsOf(path), slice, one)
    if (fits === false) return false
    if (fits === undefined) answer = undefined
  }
  return answer
}

function byOne(
  run: Run,
  type: string,
  steps: readonly string[],
  slice: ProfileNode,
  one: Found,
): boolean | undefined {
  const found = follow(run, one, steps)
  if (found === undefined) return undefined
  const nodes = nodesAt(run, slice, steps)
  if (type === 'exists') {
    const node = nodes[0]
    if (node === undefined) return undefined
    return node.max === 0 ? found.length === 0 : found.length > 0
  }
  if (type === 'type') return nodes.some((node) => found.some((value) => hasType(run, node, value)))
  if (type === 'profile') {
    const profiles = nodes.flatMap((node) =>
      (node.types ?? []).flatMap((ref) => [...ref.targets, ...ref.profiles]),
    )
    const last = steps.at(-1) === 'resolve()'
    const wanted = last ? profilesOf(slice, steps) : profiles
    if (wanted.length === 0) return undefined
    const answers = wanted.flatMap((url) => found.map((value) => conforms(run, value.value, url)))
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
  }
  // value and pattern
  if (steps.length === 1 && steps[0] === 'url') {
    const urls = (slice.types ?? []).flatMap((ref) => ref.profiles)
    if (urls.length > 0) return found.some(({ value }) => urls.includes(String(value)))
  }
  const telling = nodes.filter((node) => tells(node))
  if (telling.length === 0) return undefined
  return telling.some((node) => found.some((value) => fits(run, node, value)))
}

const steps = new Map<string, readonly string[]>()

/** "code.coding" -> code, coding; "extension('url').value" keeps its argument; "$this" is no step. */
function stepsOf(path: string): readonly string[] {
  const known = steps.get(path)
  if (known !== undefined) return known
  const made = (path.match(/(?:[^.('"]|\([^)]*\))+/g) ?? []).filter((step) => step !== '$this')
  steps.set(path, made)
  return made
}

/** The values at the end of a discriminator's path; undefined when a reference on the way does not resolve. */
function follow(run: Run, from: Found, path: readonly string[]): Found[] | undefined {
  let values: Found[] = [from]
  for (const step of path) {
    const next: Found[] = []
    const extension = /^extension\(['"](.*)['"]\)$/.exec(step)
    const ofType = /^(?:ofType|as)\((.*)\)$/.exec(step)
    for (const one of values) {
      if (step === 'resolve()') {
        const target = resolved(run, one.value)
        if (target === undefined) return undefined
        const type = String(target['resourceType'])
        next.push({ value: target, type, model: run.types.of(type), path: one.path })
      } else if (ofType !== null) {
        if (run.types.isA(one.type, ofType[1]!)) next.push(one)
      } else if (isObject(one.value) && one.model !== undefined) {
        const name = extension === null ? step : 'extension'
        const all =
          valuesAt(run, one.value, one.model, name, one.path) ??
          valuesAt(run, one.value, one.model, `${name}[x]`, one.path)
        for (const value of all ?? [])
          if (extension === null || (isObject(value.value) && value.value['url'] === extension[1]))
            next.push(value)
      }
    }
    values = next
  }
  return values
}

function resolved(run: Run, value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined
  const reference = value['reference']
  return typeof reference === 'string' ? run.resolver.target(reference) : undefined
}

/** The nodes of a slice at the end of a discriminator's path: the element's own, and those of its slices. */
function nodesAt(run: Run, slice: ProfileNode, path: readonly string[]): ProfileNode[] {
  let nodes: ProfileNode[] = [slice]
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      if (step === 'resolve()') return targetRoots(run, node)
      if (/^(ofType|as)\(/.test(step)) return [node]
      const extension = /^extension\(['"](.*)['"]\)$/.exec(step)
      const child =
        extension === null
          ? (node.children.get(step) ?? node.children.get(`${step}[x]`))
          : node.children.get('extension')
      if (child === undefined) return typeRoots(run, node).flatMap((root) => root.children.get(step) ?? [])
      if (extension === null) return [child, ...child.slices.filter((one) => one.min > 0)]
      return child.slices.filter((one) => one.types?.some((type) => type.profiles.includes(extension[1]!)))
    })
  }
  return nodes
}

function typeRoots(run: Run, node: ProfileNode): ProfileNode[] {
  return (node.types ?? [])
    .flatMap((type) => type.profiles)
    .flatMap((url) => run.profiles.of(url)?.root ?? [])
}

function targetRoots(run: Run, node: ProfileNode): ProfileNode[] {
  return (node.types ?? []).flatMap((type) => type.targets).flatMap((url) => run.profiles.of(url)?.root ?? [])
}

/** Profiles of the reference that the last resolve() follows. */
function profilesOf(slice: ProfileNode, path: readonly string[]): readonly string[] {
  let node: ProfileNode | undefined = slice
  for (const step of path.slice(0, -1)) node = node?.children.get(step) ?? node?.children.get(`${step}[x]`)
  return (node?.types ?? []).flatMap((type) => type.targets)
}

function hasType(run: Run, node: ProfileNode, found: Found): boolean {
  if (node.types !== undefined) return node.types.some((type) => run.types.isA(found.type, type.code))
  // "value[x]:valueQuantity" without a type of its own: the name says it.
  const stem = node.name.replace('[x]', '')
  return node.slice?.toLowerCase() === `${stem}${found.type}`.toLowerCase()
}

/** Whether a node, or what lies below it, says which value it wants. */
function tells(node: ProfileNode): boolean {
  if (node.value?.fixed !== undefined || node.value?.pattern !== undefined) return true
  if (node.binding?.strength === 'required') return true
  return [...node.children.values()].some(tells) || node.slices.some((one) => one.min > 0 && tells(one))
}

/** Whether a value is what a node wants: fixed value, pattern or required code, here and below. */
function fits(run: Run, node: ProfileNode, found: Found): boolean {
  const { value, type, model, path } = found
  const rule = node.value
  if (rule?.fixed !== undefined && !equalJson(rule.fixed, value)) return false
  if (rule?.pattern !== undefined && !matchesPattern(rule.pattern, value)) return false
  if (
    rule?.fixed === undefined &&
    rule?.pattern === undefined &&
    node.binding?.strength === 'required' &&
    inValueSet(run.definitions, node.binding.valueSet, type, value) === 'out'
  )
    return false
  for (const child of node.children.values()) {
    if (!tells(child)) continue
    const inner =
      isObject(value) && model !== undefined ? (valuesAt(run, value, model, child.name, path) ?? []) : []
    if (inner.length === 0 ? child.min > 0 : !someFit(run, child, inner)) return false
  }
  return true
}

function someFit(run: Run, node: ProfileNode, found: readonly Found[]): boolean {
  if (!found.some((one) => fits(run, node, one))) return false
  return node.slices
    .filter((one) => one.min > 0 && tells(one))
    .every((slice) => found.some((one) => fits(run, slice, one)))
}
