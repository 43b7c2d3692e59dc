import * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { isIcd10 } from '../code-system.ts'
import { CONDITION_MAP_PACK, mapSystem, NO_CODE } from '../condition-map.ts'
import { writePack } from './write-pack.ts'

/** Meanings of codes as they are gathered: by system and code, then by group. */
type Gathered = Map<string, Map<string, Set<string>>>

/** Columns of the extended map of SNOMED CT (release format 2), in lower case. */
const EXTENDED = [
  'id',
  'effectivetime',
  'active',
  'refsetid',
  'referencedcomponentid',
  'mapgroup',
  'maptarget',
] as const

/** Relations of FHIR R4 and R5 by which everything that the source names is of the target. */
const CERTAIN: ReadonlySet<string> = new Set([
  'equal',
  'equivalent',
  'wider',
  'subsumes',
  'source-is-narrower-than-target',
])
const NONE: ReadonlySet<string> = new Set(['unmatched', 'disjoint', 'not-related-to'])

const Target = z.looseObject({
  code: z.string().optional(),
  equivalence: z.string().optional(),
  relationship: z.string().optional(),
  dependsOn: z.array(z.unknown()).optional(),
})
const ConceptMapShape = z.looseObject({
  resourceType: z.literal('ConceptMap'),
  group: z.array(
    z.looseObject({
      source: z.string().optional(),
      target: z.string().optional(),
      element: z.array(z.looseObject({ code: z.string().optional(), target: z.array(Target).optional() })),
    }),
  ),
})

/**
 * A map of a site from SNOMED CT or codes of its own to ICD-10, as a pack that stays with the site: the extended map of a release
 * (Snapshot), or a ConceptMap of FHIR. `rows` is the table, the header first, in lower case; or `json` the ConceptMap.
 * Throws CONDITION_MAP_MALFORMED, and what `writePack` throws.
 */
export async function importConditionMap(order: {
  readonly path: string
  readonly content: { readonly rows: Rows } | { readonly json: unknown }
  readonly into: string
  readonly version: string
  readonly retrieved: string
}): Promise<readonly string[]> {
  const gathered =
    'rows' in order.content
      ? await ofExtendedMap(order.content.rows, order.path)
      : ofConceptMap(order.content.json, order.path)
  const lines = [...gathered]
    .map(([key, groups]) => `${key}\t${groupsText(groups)}`)
    .filter((line) => !line.endsWith('\t'))
    .sort()
  if (lines.length === 0) throw malformed(order.path, 'no code of it has a target in ICD-10')
  const folder = writePack(
    order.into,
    {
      id: CONDITION_MAP_PACK,
      title: 'Codes of conditions in ICD-10, as this site obtained the map',
      source: 'urn:garrod:site',
      version: order.version,
      retrieved: order.retrieved,
      licence: 'as the site obtained it; not for distribution',
      attribution: 'A map that this site supplied.',
      limits: ['Rules of the map on age and sex are not evaluated: each alternative may hold.'],
    },
    new Map([['map.tsv', `system\tcode\ticd10\n${lines.join('\n')}\n`]]),
  )
  return [`${folder}: ${lines.length} codes`]
}

/** Maps to ICD-10 and ICD-10-CM of the international edition, of the United States and of the United Kingdom. */
const ICD10_MAPS: ReadonlySet<string> = new Set(['447562003', '6011000124106', '999002271000000101'])

async function ofExtendedMap(rows: Rows, path: string): Promise<Gathered> {
  const members = new Map<string, Member>()
  for await (const one of membersOf(rows, path)) {
    const before = members.get(one.id)
    // A file that keeps its history holds a row of each time.
    if (before === undefined || before.time <= one.time) members.set(one.id, one)
  }
  const maps = new Set([...members.values()].map(({ map }) => map))
  const known = [...maps].filter((map) => ICD10_MAPS.has(map))
  if (known.length === 0 && maps.size > 1)
    throw malformed(
      path,
      `it holds several maps, of which none is known to be to ICD-10: ${[...maps].join(', ')}`,
    )
  const found: Gathered = new Map()
  for (const { active, map, code, group, target } of members.values())
    if (active && (known.length === 0 || ICD10_MAPS.has(map)))
      add(found, `snomed\t${code}`, `${map} ${group}`, targetOf(target) ?? NO_CODE)
  return found
}

type Rows = AsyncIterable<{ readonly line: number; readonly cells: readonly string[] }>

interface Member {
  readonly id: string
  readonly time: string
  readonly active: boolean
  readonly map: string
  readonly code: string
  readonly group: string
  readonly target: string
}

async function* membersOf(rows: Rows, path: string): AsyncGenerator<Member> {
  let header: readonly string[] | undefined
  for await (const { line, cells } of rows) {
    if (header === undefined) {
      header = cells
      const missing = EXTENDED.filter((name) => !cells.includes(name))
      if (missing.length > 0)
        throw malformed(`${path}:${line}`, `the columns ${missing.join(', ')} are missing`)
      continue
    }
    const names = header
    const cell = (name: (typeof EXTENDED)[number]) => cells[names.indexOf(name)] ?? ''
    const code = cell('referencedcomponentid')
    if (!/^\d{6,18}$/.test(code)) throw malformed(`${path}:${line}`, `"${code}" is no code of SNOMED CT`)
    yield {
      id: cell('id'),
      time: cell('effectivetime'),
      active: cell('active') === '1',
      map: cell('refsetid'),
      code,
      group: cell('mapgroup'),
      target: cell('maptarget'),
    }
  }
}

function ofConceptMap(json: unknown, path: string): Gathered {
  const read = ConceptMapShape.safeParse(json)
  if (!read.success) throw malformed(path, 'it is no ConceptMap with groups of elements')
  const found: Gathered = new Map()
  for (const { source, target: into, element } of read.data.group) {
    if (source === undefined || into === undefined || !isIcd10(into)) continue
    for (const { code, target = [] } of element) {
      if (code === undefined || /[\t\n]/.test(`${source}${code}`)) continue
      for (const [place, one] of target.entries()) {
        const relation = one.relationship ?? one.equivalence ?? 'related-to'
        if (one.code === undefined || NONE.has(relation)) continue
        const key = `${mapSystem(source)}\t${code}`
        add(found, key, String(place), targetOf(one.code) ?? NO_CODE)
        if (!CERTAIN.has(relation) || (one.dependsOn ?? []).length > 0)
          add(found, key, String(place), NO_CODE)
      }
    }
  }
  return found
}

function add(found: Gathered, key: string, group: string, target: string): void {
  const groups = found.get(key) ?? new Map<string, Set<string>>()
  found.set(key, groups)
  groups.set(group, (groups.get(group) ?? new Set()).add(target))
}

/** "I50.9", NO_CODE for an empty one; "S52.501?" asks for more letters, which nothing here needs. undefined: it is no such code. */
function targetOf(text: string): string | undefined {
  const code = text
    .trim()
    .replace(/\?+$/, '')
    .replace(/[.+*†]+$/, '')
  if (code === '' || code.startsWith('#')) return NO_CODE
  return /^[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?$/i.test(code) ? code.toUpperCase() : undefined
}

/** Groups in which no code stands say nothing. */
function groupsText(groups: ReadonlyMap<string, ReadonlySet<string>>): string {
  return [...groups.values()]
    .filter((one) => [...one].some((code) => code !== NO_CODE))
    .map((one) => [...one].sort().join(','))
    .sort()
    .join('|')
}

function malformed(where: string, what: string): Fault {
  return new Fault(
    'CONDITION_MAP_MALFORMED',
    where,
    what,
    'Give the extended map of a SNOMED CT release (der2_iisssccRefset_ExtendedMapSnapshot_….txt, or the table that the NLM makes of it), or a ConceptMap of FHIR whose target is ICD-10.',
  )
}
