import { bindingFault } from './binding.ts'
import { fails } from './constraint.ts'
import { type Found, valuesAt } from './found.ts'
import type { Issue, IssueCode } from './issue.ts'
import { equalJson, isObject, type JsonObject, matchesPattern } from './json.ts'
import type { ProfileModel, ProfileNode } from './profile-model.ts'
import { checkTarget } from './reference-target.ts'
import type { Run } from './run.ts'
import { checkSlices } from './slices.ts'
import type { TypeModel } from './type-model.ts'

/** Holds an object that was already held against its type against what a profile demands beyond it. */
export function checkProfile(run: Run, model: ProfileModel, value: JsonObject, path: string): void {
  const type = run.types.of(model.type)
  if (type === undefined) return
  const check = new ProfileCheck(run, model.url)
  check.constraints(model.root, { value, type: model.type, model: type, path })
  check.children(model.root, value, type, path)
}

/** Whether an object meets a profile, its type left aside. */
export function meetsProfile(run: Run, model: ProfileModel, value: JsonObject): boolean {
  let good = true
  const report = (issue: Issue) => {
    if (issue.severity === 'error') good = false
  }
  checkProfile({ ...run, report }, model, value, '')
  return good
}

/** A value of a data type that must meet one of some profiles. A profile that is not known is met. */
export function conformsAny(run: Run, profiles: readonly string[], value: JsonObject, path: string): void {
  const models = profiles.map((url) => run.profiles.of(url))
  const [only] = models
  if (models.length === 1 && only !== undefined) checkProfile(run, only, value, path)
  else if (models.every((model) => model !== undefined && !meetsProfile(run, model, value)))
    run.report({
      severity: 'error',
      code: 'structure',
      expression: path,
      words: `The value meets none of the profiles ${profiles.join(', ')}.`,
    })
}

class ProfileCheck {
  readonly run: Run
  readonly #profile: string

  constructor(run: Run, profile: string) {
    this.run = run
    this.#profile = profile
  }

  issue(code: IssueCode, expression: string, words: string, severity: Issue['severity'] = 'error'): void {
    this.run.report({ severity, code, expression, words, profile: this.#profile })
  }

  children(node: ProfileNode, value: JsonObject, model: TypeModel, path: string): void {
    for (const child of node.children.values()) {
      const found = valuesAt(this.run, value, model, child.name, path)
      if (found !== undefined) this.element(child, found, path)
    }
  }

  /** All values of one element: how many, each of them, and the slices among them. */
  element(node: ProfileNode, found: readonly Found[], path: string): void {
    this.count(node, found.length, path)
    for (const one of found) this.value(node, one)
    if (node.slices.length > 0) checkSlices(this, node, found, path)
  }

  count(node: ProfileNode, count: number, path: string): void {
    const at = `${path}.${node.name.replace('[x]', '')}`
    const what = node.slice === undefined ? `"${node.name}"` : `"${node.name}" of the kind "${node.slice}"`
    if (count < node.min)
      this.issue(
        'required',
        count === 0 ? path : at,
        `${what}: at least ${node.min} required, ${count} found.`,
      )
    if (count > node.max)
      this.issue(
        'structure',
        at,
        node.max === 0 ? `${what} is not allowed.` : `${what}: at most ${node.max} allowed, ${count} found.`,
      )
  }

  value(node: ProfileNode, found: Found): void {
    const { value, type, model, path } = found
    const { types, value: rule, binding } = node
    if (types !== undefined) this.#types(node, found)
    if (rule !== undefined) this.#rule(node, found)
    if (binding !== undefined && value !== undefined) {
      const fault = bindingFault(this.run.definitions, binding, type, value)
      if (fault !== undefined)
        this.issue(
          'code-invalid',
          path,
          `The code of "${node.id}" is not in the ${fault.strength} value set ${fault.valueSet}.`,
          fault.severity,
        )
    }
    this.constraints(node, found)
    if (node.children.size > 0 && model !== undefined && isObject(value))
      this.children(node, value, model, path)
  }

  constraints(node: ProfileNode, { value, type, path }: Found): void {
    for (const constraint of node.constraints) {
      if (value === undefined || !fails(constraint, type, value, this.run)) continue
      this.run.report({
        severity: constraint.severity,
        code: 'invariant',
        expression: path,
        words: `${constraint.key}: ${constraint.human}`,
        constraint: constraint.key,
        profile: this.#profile,
      })
    }
  }

  #types(node: ProfileNode, { value, type, path }: Found): void {
    const allowed = node.types!.filter((one) => one.code === type || this.run.types.isA(type, one.code))
    if (allowed.length === 0) {
      const names = [...new Set(node.types!.map((one) => one.code))].join(', ')
      this.issue('structure', path, `"${node.id}" has type ${type}; allowed: ${names}.`)
      return
    }
    if (type === 'Reference') {
      const targets = allowed.some((one) => one.targets.length === 0)
        ? []
        : allowed.flatMap((one) => one.targets)
      checkTarget(this.run, value, targets, path, this.#profile)
    }
    const profiles = allowed.flatMap((one) => one.profiles)
    if (profiles.length === 0 || !isObject(value)) return
    if (type !== 'Extension') conformsAny(this.run, profiles, value, path)
    else if (!profiles.includes(String(value['url'])))
      this.issue('extension', path, `"${node.id}" must be an extension ${profiles.join(' or ')}.`)
  }

  #rule(node: ProfileNode, { value, path }: Found): void {
    const { fixed, pattern, minValue, maxValue, maxLength } = node.value!
    if (fixed !== undefined && !equalJson(fixed, value))
      this.issue('value', path, `"${node.id}" must be ${JSON.stringify(fixed)}.`)
    if (pattern !== undefined && !matchesPattern(pattern, value))
      this.issue('value', path, `"${node.id}" must contain ${JSON.stringify(pattern)}.`)
    if (typeof value === 'number') {
      if (typeof minValue === 'number' && value < minValue)
        this.issue('value', path, `"${node.id}" must be at least ${minValue}.`)
      if (typeof maxValue === 'number' && value > maxValue)
        this.issue('value', path, `"${node.id}" must be at most ${maxValue}.`)
    }
    if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength)
      this.issue('value', path, `"${node.id}" is longer than ${maxLength} characters.`)
  }
}
