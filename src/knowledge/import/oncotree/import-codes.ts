import { readFileSync } from 'node:fs'
import { Fault } from '../../../terms/fault.ts'
import type { FactPack } from '../../fact-pack.ts'
import { readTable } from '../../table.ts'
import { writePack } from '../write-pack.ts'

const HEAD: Omit<FactPack, 'sha256' | 'version' | 'retrieved'> = {
  id: 'oncotree-codes',
  title: 'OncoTree: codes of NCIt, UMLS, ICD-O-3 and HemeOnc for its tumour types',
  source: 'https://github.com/cBioPortal/oncotree',
  licence: 'CC-BY-4.0',
  attribution:
    'OncoTree ontology mappings, Memorial Sloan Kettering Cancer Center (oncotree.mskcc.org), CC BY 4.0; reshaped into a table, entries that are no codes left out.',
  limits: [
    'One code of a system may stand for several tumour types; the answer then lists them, and none is chosen.',
    'The map gives one morphology to each type; common ones that it lacks are in the pack tumour-codes, which stands before it.',
  ],
}

const SYSTEMS = [
  ['ncit', 'NCIT_CODE', /^C\d{3,6}$/],
  ['umls', 'UMLS_CODE', /^C\d{7}$/],
  ['icdo3', 'ICDO_MORPHOLOGY_CODE', /^\d{4}\/\d$/],
  ['hemeonc', 'HEMEONC_CODE', /^\d+$/],
] as const

/** ontology_mappings.tsv of OncoTree as a pack: system, code, site (of ICD-O-3 alone), OncoTree code. Throws IMPORT_FOLDER_UNREADABLE. */
export function importOncoTreeCodes(order: {
  readonly path: string
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
}): readonly string[] {
  const text = textOf(order.path)
  const columns = [
    'ONCOTREE_CODE',
    'NCIT_CODE',
    'UMLS_CODE',
    'ICDO_TOPOGRAPHY_CODE',
    'ICDO_MORPHOLOGY_CODE',
    'HEMEONC_CODE',
  ] as const
  const found = new Set<string>()
  for (const row of readTable(text, columns, order.path))
    for (const [system, column, shape] of SYSTEMS)
      for (const code of row[column].split(',').map((one) => one.trim())) {
        const site = system === 'icdo3' ? row.ICDO_TOPOGRAPHY_CODE : ''
        if (!shape.test(code) || (site !== '' && !/^C\d\d\.\d$/.test(site))) continue
        found.add([system, code, site, row.ONCOTREE_CODE].join('\t'))
      }
  const table = ['system\tcode\tsite\toncotree', ...[...found].sort(), ''].join('\n')
  const version = order.version ?? order.retrieved
  const folder = writePack(
    order.into,
    { ...HEAD, version, retrieved: order.retrieved },
    new Map([['codes.tsv', table]]),
  )
  return [`${folder}: ${found.size} codes`]
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Fault(
      'IMPORT_FOLDER_UNREADABLE',
      path,
      'it cannot be read',
      'Give ontology_mappings.tsv of OncoTree.',
    )
  }
}
