import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { evalFhirPath } from '@medplum/core'
import { needs, sharedData } from '../../../test/support/shared-data.ts'
import { Facts } from '../../knowledge/facts.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import type { Resource } from '../../record/resource.ts'
import { walk } from './expression-path.ts'
import { SearchIndex } from './search-index.ts'

const index = new SearchIndex(searchFacts(Facts.find([join(import.meta.dirname, '..', '..', '..', 'facts')])))

/** Values that the compiled walk finds, and those of a FHIRPath engine, for every parameter of the type. */
function disagreements(resource: Resource): string[] {
  const wrong: string[] = []
  for (const parameter of index.parameters(resource.resourceType).values()) {
    const found: unknown[] = []
    for (const path of parameter.paths) {
      if (path.steps.length === 0) found.push(resource)
      else walk(path, resource, (value) => found.push(value))
    }
    const expression = parameter.expression.replace(/\bResource\b/g, resource.resourceType)
    const expected = evalFhirPath(expression, resource as Parameters<typeof evalFhirPath>[1]) as unknown[]
    const texts = (values: readonly unknown[]) =>
      [...new Set(values.map((one) => JSON.stringify(one)))].sort()
    const [ours, theirs] = [texts(found), texts(expected)]
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      wrong.push(`${resource.resourceType}.${parameter.code}: ${expression}: ${ours} instead of ${theirs}`)
    }
  }
  return wrong
}

const SYNTHEA = 'interop/synthea-r4'
const EXAMPLES = 'interop/genomics-reporting/stu3-3.0.0/examples'

function* resourcesOf(file: string): Generator<Resource> {
  const resource = JSON.parse(readFileSync(file, 'utf8')) as Resource
  if (resource.resourceType !== 'Bundle') yield resource
  for (const entry of (resource['entry'] ?? []) as { resource?: Resource }[]) {
    if (entry.resource !== undefined) yield entry.resource
  }
}

for (const [name, atLeast] of [
  [SYNTHEA, 1726],
  [EXAMPLES, 190],
] as const) {
  test(`compiled paths find what FHIRPath finds: ${name}`, { skip: needs(name) }, () => {
    const folder = sharedData(name)!
    const wrong = new Set<string>()
    let seen = 0
    for (const file of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      for (const resource of resourcesOf(join(folder, file))) {
        if (!index.serves(resource.resourceType)) continue
        seen++
        for (const one of disagreements(resource)) wrong.add(one)
      }
    }
    assert.ok(seen >= atLeast, `only ${seen} resources were compared`)
    assert.deepEqual([...wrong].slice(0, 5), [])
  })
}

test('every search parameter of the pack compiles', () => {
  assert.ok(index.types.length >= 48)
  for (const type of index.types) {
    for (const { code, paths, type: kind } of index.parameters(type).values()) {
      assert.ok(paths.length > 0, `${type}.${code}`)
      if (kind !== 'composite')
        assert.ok(
          paths.every((path) => path.ends.length > 0),
          `${type}.${code} ends nowhere`,
        )
    }
  }
})
