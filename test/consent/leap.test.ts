import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Coding, type Resource, tokenOf } from '../../src/record/resource.ts'
import { compileConsent } from '../../src/safeguard/consent/compile-consent.ts'
import { decideConsent } from '../../src/safeguard/consent/decide-consent.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const FOLDER = 'trust/consent/leap-r4'

interface Identifier {
  readonly system?: string
  readonly value?: string
}

interface Case {
  readonly id: string
  readonly asOf: string
  readonly consents?: readonly string[]
  readonly consentResources?: readonly Resource[]
  readonly mutation?: { readonly dateTime?: readonly string[] }
  readonly query: {
    readonly category?: readonly Coding[]
    readonly purposeOfUse?: string
    readonly actor: readonly Identifier[] | Identifier
    readonly class?: readonly Coding[]
  }
  readonly expected: { readonly decision: string; readonly obligations: unknown }
}

const read = (path: string): unknown => JSON.parse(readFileSync(sharedData(`${FOLDER}/${path}`)!, 'utf8'))
const token = ({ system, value }: Identifier) => tokenOf(system, value)

/** The organisations and the practitioner that the consents name. */
function identifiersOf(reference: string): string[] {
  const name = reference.startsWith('Practitioner/') ? 'Practitioner-001' : reference.replace('/', '-')
  const path = `${FOLDER}/actors/${name}.json`
  if (sharedData(path) === undefined) return []
  return (read(`actors/${name}.json`) as { identifier: Identifier[] }).identifier.map(token)
}

function answer({ query, asOf, consents = [], consentResources, mutation }: Case) {
  const resources = consentResources ?? consents.map((name) => read(`consents/${name}.json`) as Resource)
  const rules = resources.map((one, at) => {
    const dateTime = mutation?.dateTime?.[at]
    return compileConsent(dateTime === undefined ? one : { ...one, dateTime }, identifiersOf)
  })
  const classes = query.class?.map(({ system, code }) => tokenOf(system, code))
  const { decision, obligations } = decideConsent(
    rules,
    {
      purpose: query.purposeOfUse,
      actors: [query.actor].flat().map(token),
      categories: query.category?.map(({ system, code }) => tokenOf(system, code)),
      at: asOf,
      content: classes === undefined ? undefined : { classes, labels: [], codes: [], resource: undefined },
    },
    'newest-wins',
  )
  return { decision, obligations }
}

test('decisions and obligations of the LEAP consent decision service', { skip: needs(FOLDER) }, (t) => {
  const { cases } = read('cases.json') as { cases: Case[] }
  const wrong = cases.flatMap((one) => {
    try {
      assert.deepEqual(answer(one), one.expected)
      return []
    } catch (error) {
      return [`${one.id}: ${(error as Error).message}`]
    }
  })
  t.diagnostic(`${cases.length - wrong.length} of ${cases.length} decisions agree`)
  assert.deepEqual(wrong.slice(0, 5), [])
})
