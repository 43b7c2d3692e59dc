import { readFileSync } from 'node:fs'
import { Fault } from '../../../terms/fault.ts'
import { notJson } from '../../../terms/not-json.ts'
import type { FactPack } from '../../fact-pack.ts'
import { writePack } from '../write-pack.ts'

const GROUPS_HEAD: Omit<FactPack, 'sha256' | 'version' | 'retrieved'> = {
  id: 'matchminer-diagnoses',
  title: 'Diagnoses that MatchMiner puts under the diagnosis of a trial',
  source: 'https://github.com/dfci/matchengine-V2',
  licence: 'Apache-2.0',
  attribution:
    'MatchMiner (matchengine-V2), Dana-Farber Cancer Institute, Apache-2.0; names of OncoTree, CC BY 4.0.',
  limits: [
    'Names of an OncoTree release before 2018; used to reproduce MatchMiner, and to read names that OncoTree no longer has.',
  ],
}

/** A MatchMiner mapping file (JSON: a diagnosis and the list below it) as a new version of the pack. Throws GROUPS_MALFORMED. */
export function importDiagnosisGroups(order: {
  readonly path: string
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
}): readonly string[] {
  const text = readFileSync(order.path, 'utf8')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw malformed(order.path, notJson(error, text))
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw malformed(order.path, 'it is no object')
  const rows = Object.entries(document).flatMap(([group, members]) => {
    const list = Array.isArray(members) ? members : [members]
    return list.map((member: unknown) => {
      if (typeof member !== 'string' || /[\t\n]/.test(`${group}${member}`))
        throw malformed(order.path, `"${group}" holds something else than names`)
      return `${group}\t${member}`
    })
  })
  const version = order.version ?? order.retrieved
  const files = new Map([['groups.tsv', ['group\tdiagnosis', ...rows.sort(), ''].join('\n')]])
  const folder = writePack(order.into, { ...GROUPS_HEAD, version, retrieved: order.retrieved }, files)
  return [`${folder}: ${Object.keys(document).length} diagnoses`]
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'GROUPS_MALFORMED',
    where,
    `the mapping of diagnoses cannot be used: ${what}`,
    'Give a JSON object of a diagnosis and the list of diagnoses below it (MatchMiner: oncotree_mapping.json).',
  )
}
