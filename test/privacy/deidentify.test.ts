import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Resource } from '../../src/record/resource.ts'
import { deidentifyResource } from '../../src/safeguard/deidentify/deidentify-resource.ts'
import { SAFE_HARBOR } from '../../src/safeguard/deidentify/safe-harbor.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const PEOPLE = 'interop/synthea-r4'
const RULE = 'trust/regulation/safe-harbor-18.json'

test('eighteen identifiers, as the rule has them', { skip: needs(RULE) }, () => {
  const { identifiers } = JSON.parse(readFileSync(sharedData(RULE)!, 'utf8')) as { identifiers: string[] }
  assert.equal(SAFE_HARBOR.length, identifiers.length)
})

/** What tells who somebody is in a synthetic record: names, lines and cities of addresses, numbers, e-mail, ids. */
function identifying(resource: Resource): string[] {
  const found: string[] = []
  const look = (value: unknown, name = ''): void => {
    if (Array.isArray(value)) for (const one of value) look(one, name)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) look(one, key)
    } else if (
      typeof value === 'string' &&
      /^(family|given|line|city|value|display|text|div|birthDate|id|title|url)$/.test(name)
    ) {
      found.push(value)
    }
  }
  look(resource)
  return found.filter((text) => text.length >= 5)
}

test('whole synthetic records: nothing that names a person or a day comes through', {
  skip: needs(PEOPLE),
}, (t) => {
  const folder = sharedData(PEOPLE)!
  let released = 0
  let withheld = 0
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const bundle = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { entry: { resource: Resource }[] }
    const resources = bundle.entry.map(({ resource }) => resource)
    const patient = resources.find(({ resourceType }) => resourceType === 'Patient')!
    const names = identifying(patient)
    for (const resource of resources) {
      const result = deidentifyResource(resource, [], {
        rekey: (text) => createHmac('sha256', 'release').update(text).digest('hex').slice(0, 32),
        at: '2026-11-22T00:00:00Z',
        birthDate: patient['birthDate'] as string,
        genetic: 'withhold',
      })
      if (result === undefined) {
        withheld += 1
        continue
      }
      released += 1
      const text = JSON.stringify(result)
      for (const secret of [...names, ...(resource.id === undefined ? [] : [resource.id])])
        assert.ok(!text.includes(secret), `${file} ${resource.resourceType}: ${secret}`)
      assert.doesNotMatch(text, /\d{4}-\d\d(-\d\d)?/, `${file} ${resource.resourceType}`)
    }
  }
  t.diagnostic(`${released} resources released, ${withheld} withheld`)
  assert.ok(released > 100)
})
