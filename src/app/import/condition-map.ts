import { readFileSync } from 'node:fs'
import { importConditionMap } from '../../knowledge/import/condition-map.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import { notJson } from '../../terms/not-json.ts'
import { tableRows } from '../command-line/table-rows.ts'

/** A map of the site from its codes of conditions to ICD-10. Throws USAGE_VERSION, FILE_NOT_FOUND, CONDITION_MAP_MALFORMED. */
export function importConditionCodes(order: {
  readonly path: string
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
}): Promise<readonly string[]> {
  const { path, version } = order
  if (version === undefined)
    throw new Fault(
      'USAGE_VERSION',
      '--version',
      'the version of a map is not read from it',
      'Give one, such as --version 2026-09.',
    )
  return importConditionMap({
    ...order,
    version,
    content: /\.json$/i.test(path) ? { json: jsonOf(path) } : { rows: tableRows(path) },
  })
}

function jsonOf(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw fileFault(error, path)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Fault(
      'CONDITION_MAP_MALFORMED',
      path,
      notJson(error, text),
      'Give a ConceptMap of FHIR as JSON.',
    )
  }
}
