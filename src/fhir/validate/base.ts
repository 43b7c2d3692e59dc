import type { ValueRule } from '../../knowledge/fhir/element.ts'
import { spellingOf } from '../../record/resource-text.ts'
import { bindingFault } from './binding.ts'
import { checkCoding } from './coding.ts'
import { fails } from './constraint.ts'
import { checkExtension } from './extension.ts'
import { checkContexts, type Holder } from './extension-context.ts'
import { equalJson, isObject, type JsonObject, matchesPattern } from './json.ts'
import { primitiveFault } from './primitive.ts'
import { conformsAny } from './profile.ts'
import { checkReference, checkTarget } from './reference-target.ts'
import { checkRepeatedComponents } from './repeated-component.ts'
import type { Run } from './run.ts'
import type { ElementModel, Property, TypeModel } from './type-model.ts'

/**
 * Holds a JSON object against a type of R4: unknown elements, cardinality, JSON shape, types of primitives, choices,
 * required codes, references, extensions, invariants. `path` is the FHIRPath of the object.
 */
export function checkObject(
  run: Run,
  value: JsonObject,
  model: TypeModel,
  path: string,
  holder: Holder = { element: model.name, type: model.name },
): void {
  let count = 0
  for (const key in value) {
    if (value[key] === undefined) continue
    count++
    const property = model.properties.get(key)
    if (property === undefined) {
      if (key === 'resourceType' && model.kind === 'resource') continue
      run.report({
        severity: 'error',
        code: 'structure',
        expression: path,
        words: `"${key.slice(0, 64)}" is not an element of ${model.name}.`,
      })
      continue
    }
    if (property.companionOf === undefined) checkProperty(run, value, property, model, path)
    else checkCompanion(run, value, property, model, path)
  }
  if (count === 0) {
    run.report({
      severity: 'error',
      code: 'structure',
      expression: path,
      words: 'An empty object is not allowed.',
    })
    return
  }
  checkPresence(run, value, model, path)
  if (value['extension'] !== undefined) checkContexts(run, value, holder, path)
  if (model.name === 'Coding') checkCoding(run, value, path)
  else if (model.name === 'Reference') checkReference(run, value, path)
  else if (model.name === 'Extension') checkExtension(run, value, path)
  else if (model.name === 'Observation') checkRepeatedComponents(run, value, path)
  for (const constraint of model.constraints) report(run, constraint, model.name, value, path)
}

/** Required elements, and one type of a choice at most. */
function checkPresence(run: Run, value: JsonObject, model: TypeModel, path: string): void {
  for (const element of model.required) {
    if (!element.keys.some(([key]) => value[key] !== undefined || value[`_${key}`] !== undefined))
      run.report({
        severity: 'error',
        code: 'required',
        expression: path,
        words: `"${element.name}" is required and missing.`,
      })
  }
  for (const element of model.choices) {
    let seen = 0
    for (const [key] of element.keys) if (value[key] !== undefined || value[`_${key}`] !== undefined) seen++
    if (seen > 1)
      run.report({
        severity: 'error',
        code: 'structure',
        expression: `${path}.${element.step}`,
        words: `"${element.name}" has ${seen} values of different types; one is allowed.`,
      })
  }
}

function checkProperty(
  run: Run,
  parent: JsonObject,
  property: Property,
  owner: TypeModel,
  path: string,
): void {
  const { element, key } = property
  const value = parent[key]
  const at = `${path}.${element.step}`
  if (!element.list) {
    if (Array.isArray(value)) shape(run, at, `"${key}" must not be an array.`)
    // 5.0 is no integer of FHIR, although JSON.parse makes one of it.
    else if (
      property.type.code !== 'decimal' &&
      typeof value === 'number' &&
      spellingOf(parent, key) !== undefined
    )
      run.report({ severity: 'error', code: 'value', expression: at, words: WHOLE_WRITTEN })
    else checkValue(run, value, property, owner, at)
    return
  }
  if (!Array.isArray(value)) {
    shape(run, at, `"${key}" must be an array.`)
    return
  }
  if (value.length === 0) shape(run, at, `"${key}" is an empty array.`)
  else if (value.length > element.max || value.length < element.min)
    shape(run, at, `"${key}" has ${value.length} values; ${cardinality(element)} are allowed.`)
  const companions = property.primitive ? parent[`_${key}`] : undefined
  for (let i = 0; i < value.length; i++) {
    // A null keeps the place of an item that has extensions alone.
    if (value[i] === null && Array.isArray(companions) && isObject(companions[i])) continue
    checkValue(run, value[i], property, owner, `${at}[${i}]`)
  }
}

const WHOLE_WRITTEN = 'The value must be a whole number, written without point and exponent.'

function cardinality({ min, max }: ElementModel): string {
  return max === Number.POSITIVE_INFINITY ? `${min} or more` : `${min} to ${max}`
}

/** The "_" key of a primitive: id and extensions, item by item for a list. */
function checkCompanion(
  run: Run,
  parent: JsonObject,
  property: Property,
  owner: TypeModel,
  path: string,
): void {
  const { element, key } = property
  const value = parent[key]
  const at = `${path}.${element.step}`
  const model = run.types.of('Element')!
  const holder = { element: `${owner.name}.${element.name}`, type: property.type.code }
  if (!element.list) {
    if (isObject(value)) checkObject(run, value, model, at, holder)
    else shape(run, at, `"${key}" must be an object.`)
    return
  }
  if (!Array.isArray(value)) {
    shape(run, at, `"${key}" must be an array.`)
    return
  }
  const values = parent[property.companionOf!]
  if (Array.isArray(values) && values.length !== value.length)
    shape(run, at, `"${key}" and "${property.companionOf}" must have the same length.`)
  for (let i = 0; i < value.length; i++) {
    const one = value[i]
    if (isObject(one)) checkObject(run, one, model, `${at}[${i}]`, holder)
    else if (one !== null) shape(run, `${at}[${i}]`, `"${key}" holds objects or null.`)
    else if (!Array.isArray(values) || values[i] === null || values[i] === undefined)
      shape(run, `${at}[${i}]`, 'An item has neither a value nor an extension.')
  }
}

function checkValue(run: Run, value: unknown, property: Property, owner: TypeModel, at: string): void {
  const { element, type } = property
  if (property.primitive) {
    const fault = value === null || value === '' ? 'must not be empty' : primitiveFault(type.code, value)
    if (fault !== undefined) {
      run.report({ severity: 'error', code: 'value', expression: at, words: `The value ${fault}.` })
      return
    }
  } else if (!isObject(value)) {
    shape(run, at, `The value must be an object of type ${type.code}.`)
    return
  } else if (type.code === 'Resource') {
    run.nested(run, value, at, element.name === 'contained' ? 'contained' : 'entry')
    return
  } else {
    checkObject(run, value, element.content(type.code)!, at, {
      element: `${owner.name}.${element.name}`,
      type: type.code,
    })
    if (type.code === 'Reference') checkTarget(run, value, type.targets, at, undefined)
    if (type.profiles.length > 0 && type.code !== 'Extension') conformsAny(run, type.profiles, value, at)
  }
  if (element.binding !== undefined) checkBinding(run, element, type.code, value, at)
  if (element.value !== undefined) checkRule(run, element.value, value, at)
  for (const constraint of element.constraints) report(run, constraint, type.code, value, at)
}

function checkBinding(run: Run, element: ElementModel, type: string, value: unknown, at: string): void {
  const fault = bindingFault(run.definitions, element.binding!, type, value)
  if (fault === undefined) return
  run.report({
    severity: fault.severity,
    code: 'code-invalid',
    expression: at,
    words: `The code is not in the ${fault.strength} value set ${fault.valueSet}.`,
  })
}

function checkRule(run: Run, rule: ValueRule, value: unknown, at: string): void {
  if (
    (rule.fixed !== undefined && !equalJson(rule.fixed, value)) ||
    (rule.pattern !== undefined && !matchesPattern(rule.pattern, value))
  )
    run.report({
      severity: 'error',
      code: 'value',
      expression: at,
      words: `The value must ${rule.fixed === undefined ? 'contain' : 'be'} ${JSON.stringify(rule.fixed ?? rule.pattern)}.`,
    })
}

function report(
  run: Run,
  constraint: Parameters<typeof fails>[0],
  type: string,
  value: unknown,
  at: string,
): void {
  if (!fails(constraint, type, value, run)) return
  run.report({
    severity: constraint.severity,
    code: 'invariant',
    expression: at,
    words: `${constraint.key}: ${constraint.human}`,
    constraint: constraint.key,
  })
}

function shape(run: Run, expression: string, words: string): void {
  run.report({ severity: 'error', code: 'structure', expression, words })
}
