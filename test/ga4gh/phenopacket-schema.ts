import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { sharedData } from '../support/shared-data.ts'

const BASE = 'classpath:/org/phenopackets/phenopackettools/validator/jsonschema/'

/** What the JSON schemas of phenopacket-tools find wrong with a document. */
export function phenopacketErrors(): (document: unknown) => readonly string[] {
  const root = sharedData('interop/phenopackets/json-schema')!
  const ajv = new Ajv2019({ strict: false, allErrors: true })
  addFormats.default(ajv)
  for (const folder of ['', 'v2/']) {
    for (const file of readdirSync(join(root, folder)).filter((one) => one.endsWith('.json'))) {
      const { $id: _id, ...schema } = JSON.parse(readFileSync(join(root, folder, file), 'utf8'))
      ajv.addSchema(schema, `${BASE}${folder}${file}`)
    }
  }
  const validate = ajv.getSchema(`${BASE}v2/phenopacket-schema.json`)!
  return (document) => {
    validate(document)
    return (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`)
  }
}
