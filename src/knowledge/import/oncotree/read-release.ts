import { Fault } from '../../../terms/fault.ts'
import { notJson } from '../../../terms/not-json.ts'

/** One tumour type of a release. */
export interface TumourType {
  readonly code: string
  readonly name: string
  readonly mainType: string
  readonly tissue: string
  /** Code of the broader type; empty for the root. */
  readonly parent: string
  /** Codes it had before. */
  readonly history: readonly string[]
  /** Former types that were merged into it. */
  readonly precursors: readonly string[]
  readonly ncit: readonly string[]
  readonly umls: readonly string[]
}

/** More than the tree ever had; a cyclic or foreign file ends here. */
const MOST = 20_000

/**
 * Reads a release as OncoTree publishes it: the tree ("TISSUE" with children) or the flat list of its API.
 * Throws ONCOTREE_MALFORMED.
 */
export function readOncoTree(text: string, where: string): readonly TumourType[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw malformed(where, notJson(error, text))
  }
  const waiting: unknown[] = Array.isArray(document)
    ? [...document]
    : Object.values(asObject(document, where))
  const types: TumourType[] = []
  while (waiting.length > 0) {
    const node = asObject(waiting.shift(), where)
    if (types.length === MOST) throw malformed(where, `it has more than ${MOST} tumour types`)
    const external = asObject(node['externalReferences'] ?? {}, where)
    types.push({
      code: word(node['code'], where),
      name: word(node['name'], where),
      mainType: text0(node['mainType']),
      tissue: text0(node['tissue']),
      parent: text0(node['parent']),
      history: words(node['history']),
      precursors: words(node['precursors']),
      ncit: words(external['NCI']),
      umls: words(external['UMLS']),
    })
    waiting.push(...Object.values(asObject(node['children'] ?? {}, where)))
  }
  return types
}

function asObject(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw malformed(where, 'a tumour type is no object')
  return value as Record<string, unknown>
}

function word(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw malformed(where, 'a tumour type has no code or name')
  return value.trim()
}

function text0(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'ONCOTREE_MALFORMED',
    where,
    what,
    'Give a release of OncoTree as JSON: its tree, or the list of /api/tumorTypes.',
  )
}
