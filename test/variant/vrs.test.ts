import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sha512t24u } from '../../src/terms/vrs/digest.ts'
import { bareChromosomes } from '../../src/variant/layered-sequences.ts'
import { changeOf } from '../../src/variant/vrs/change-of.ts'
import { readVrs } from '../../src/variant/vrs/read-vrs.ts'
import { needs, sharedData } from '../support/shared-data.ts'
import { plainYaml } from './plain-yaml.ts'
import { chromosomes } from './provider-cache.ts'

const MODELS = 'reference/vrs/models.yaml'

interface Case {
  readonly name?: string
  readonly in: Record<string, unknown>
  readonly out: {
    readonly ga4gh_identify: string | null
    readonly ga4gh_digest: string | null
    readonly ga4gh_serialize?: string
  }
}

test('GA4GH VRS 2 validation: every class, serialised, digested and identified', {
  skip: needs(MODELS),
}, () => {
  const cases = plainYaml(readFileSync(sharedData(MODELS)!, 'utf8')) as Record<string, readonly Case[]>
  let seen = 0
  for (const [kind, list] of Object.entries(cases)) {
    for (const { name = kind, in: object, out } of list) {
      const { identifier, serialized } = readVrs(JSON.stringify(object))
      assert.equal(identifier ?? null, out.ga4gh_identify, name)
      if (out.ga4gh_digest !== null) assert.equal(sha512t24u(serialized), out.ga4gh_digest, name)
      if (out.ga4gh_serialize !== undefined) assert.equal(serialized, out.ga4gh_serialize, name)
      seen++
    }
  }
  assert.ok(seen >= 19, `${seen} cases`)
})

test('GA4GH VRS 2 validation: sha512t24u', { skip: needs(MODELS) }, () => {
  const path = sharedData('reference/vrs/functions.yaml')!
  const { sha512t24u: cases } = plainYaml(readFileSync(path, 'utf8')) as {
    sha512t24u: readonly { in: { blob: string }; out: string }[]
  }
  assert.equal(cases.length, 2)
  for (const { in: given, out } of cases) assert.equal(sha512t24u(given.blob), out)
})

test('the Allele of the validation file is the change that its SPDI says', { skip: needs(MODELS) }, () => {
  const { Allele } = plainYaml(readFileSync(sharedData(MODELS)!, 'utf8')) as Record<string, readonly Case[]>
  const change = changeOf(readVrs(JSON.stringify(Allele![0]!.in)).object, bareChromosomes(chromosomes()))
  assert.ok(change.known)
  assert.deepEqual(change.value, {
    sequence: 'NC_000019.10',
    start: 44908821,
    deleted: 'N',
    inserted: 'T',
    form: 'other',
  })
})
