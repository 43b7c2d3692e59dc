import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { sharedData } from '../support/shared-data.ts'

/** What a schema of the Beacon v2 framework, named by its file in responses/, finds wrong with a document. */
export function beaconErrors(): (schema: string, document: unknown) => readonly string[] {
  const root = sharedData('interop/beacon-v2/framework/json')!
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  for (const file of globSync(join(root, '**/*.json'))) {
    if (file.includes('example')) continue
    const { $id: _id, ...schema } = JSON.parse(readFileSync(file, 'utf8'))
    if (schema.$schema === undefined) continue
    ajv.addSchema(schema, `http://beacon/${relative(root, file)}`)
  }
  return (schema, document) => {
    const validate = ajv.getSchema(`http://beacon/responses/${schema}.json`)!
    validate(document)
    return (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`)
  }
}
