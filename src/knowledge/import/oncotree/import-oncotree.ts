import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../../terms/fault.ts'
import type { FactPack } from '../../fact-pack.ts'
import { writePack } from '../write-pack.ts'
import { readOncoTree, type TumourType } from './read-release.ts'

const ONCOTREE_HEAD: Omit<FactPack, 'sha256' | 'version' | 'retrieved'> = {
  id: 'oncotree',
  title: 'OncoTree: tumour types, their tree, former names and codes',
  source: 'https://github.com/cBioPortal/oncotree',
  licence: 'CC-BY-4.0',
  attribution:
    'OncoTree, Memorial Sloan Kettering Cancer Center (oncotree.mskcc.org), CC BY 4.0; reshaped into tables.',
  limits: [
    'Former names and codes are those of the releases that were given to the import, and the codes that a release names as history.',
    'A former type that was split has no single successor and is not carried over.',
  ],
}

/**
 * Releases of OncoTree (one JSON file, or a folder of oncotree_YYYY_MM_DD.json) as a new version of the pack: the newest
 * is the tree, the others give former names. Throws IMPORT_FOLDER_UNREADABLE, ONCOTREE_NOTHING_HERE, USAGE_VERSION.
 */
export function importOncoTree(order: {
  readonly path: string
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
}): readonly string[] {
  const releases = releaseFiles(order.path).map((path) => ({
    path,
    date: /(\d{4})_(\d{2})_(\d{2})\.json$/.exec(path)?.slice(1).join('-'),
    types: readOncoTree(readFileSync(path, 'utf8'), path),
  }))
  const newest = releases.at(-1)
  if (newest === undefined) {
    throw new Fault(
      'ONCOTREE_NOTHING_HERE',
      order.path,
      'no release is here',
      'Name files oncotree_2025_10_03.json.',
    )
  }
  const version = order.version ?? newest.date
  if (version === undefined) {
    throw new Fault(
      'USAGE_VERSION',
      newest.path,
      'the file does not name its release',
      'Give one with --version.',
    )
  }
  const files = oncoTreeTables(
    newest.types,
    releases.slice(0, -1).map(({ types }) => types),
  )
  const folder = writePack(order.into, { ...ONCOTREE_HEAD, version, retrieved: order.retrieved }, files)
  return [`${folder}: ${newest.types.length} tumour types`]
}

/** Tables of the pack, sorted by code: types.tsv, former.tsv (a name or code of another release, and what it is now). */
function oncoTreeTables(
  types: readonly TumourType[],
  earlier: readonly (readonly TumourType[])[],
): ReadonlyMap<string, string> {
  const sorted = [...types].sort((a, b) => (a.code < b.code ? -1 : 1))
  const now = new Map(types.map((one) => [one.code, one]))
  const names = new Set(types.map(({ name }) => name.toLowerCase()))
  /** Former codes to what they are now; several successors mean that the type was split. */
  const successors = new Map<string, Set<string>>()
  for (const one of types) {
    for (const code of [...one.history, ...one.precursors]) {
      if (now.has(code)) continue
      successors.set(code, (successors.get(code) ?? new Set()).add(one.code))
    }
  }
  const rows = new Map<string, string>()
  for (const [code, into] of successors) if (into.size === 1) rows.set(`code\t${code}`, [...into][0]!)
  for (const release of earlier) {
    for (const one of release) {
      const into = now.has(one.code) ? new Set([one.code]) : (successors.get(one.code) ?? new Set())
      if (into.size === 1 && !names.has(one.name.toLowerCase())) rows.set(`name\t${one.name}`, [...into][0]!)
    }
  }
  return new Map([
    [
      'types.tsv',
      [
        'code\tname\tmain_type\ttissue\tparent\tncit\tumls',
        ...sorted.map((one) =>
          [
            one.code,
            one.name,
            one.mainType,
            one.tissue,
            one.parent,
            one.ncit.join('|'),
            one.umls.join('|'),
          ].join('\t'),
        ),
        '',
      ].join('\n'),
    ],
    [
      'former.tsv',
      ['kind\tformer\tcode', ...[...rows].map(([key, code]) => `${key}\t${code}`).sort(), ''].join('\n'),
    ],
  ])
}

function releaseFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    return readdirSync(path)
      .filter((name) => /^oncotree_\d{4}_\d{2}_\d{2}\.json$/.test(name))
      .sort()
      .map((name) => join(path, name))
  } catch {
    throw new Fault('IMPORT_FOLDER_UNREADABLE', path, 'it cannot be read', 'Check the path and the rights.')
  }
}
