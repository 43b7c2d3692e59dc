import { type CodeRow, codeKey, type DiagnosisCodes } from './diagnosis-codes.ts'
import type { OncoTree, TumourType } from './oncotree.ts'
import { readSystemCode, type SystemCode } from './read-diagnosis-code.ts'

/** What a text means in OncoTree. */
type DiagnosisMatch =
  | { readonly kind: 'found'; readonly type: TumourType; readonly by: string }
  /** The code stands for several types, none of which covers the others. */
  | { readonly kind: 'ambiguous'; readonly by: string; readonly types: readonly TumourType[] }
  /** A code of a system that is known, but of none that a table maps. */
  | { readonly kind: 'unmapped'; readonly code: SystemCode }
  | { readonly kind: 'unknown' }

const SYSTEM_NAMES: Readonly<Record<SystemCode['system'], string>> = {
  ncit: 'NCIt',
  umls: 'UMLS',
  icdo3: 'ICD-O-3',
  icd10: 'ICD-10',
  hemeonc: 'HemeOnc',
  snomed: 'SNOMED CT',
}

/** A code or name of OncoTree, of today or former, else a code of another classification. */
export function findDiagnosis(text: string, tree: OncoTree, codes: DiagnosisCodes): DiagnosisMatch {
  const own = tree.find(text)
  if (own !== undefined) {
    const wanted = text.trim().toLowerCase()
    const by =
      wanted === own.code.toLowerCase()
        ? 'OncoTree code'
        : wanted === own.name.toLowerCase()
          ? 'OncoTree name'
          : 'former name or code'
    return { kind: 'found', type: own, by }
  }
  const code = readSystemCode(text)
  if (code === undefined) return { kind: 'unknown' }
  const by = `${SYSTEM_NAMES[code.system]} ${code.site === undefined ? '' : `${code.site} `}${code.code}`
  const types = typesOf(code, tree, codes)
  if (types.length === 0) return { kind: 'unmapped', code }
  const [only, ...more] = types
  if (more.length === 0) return { kind: 'found', type: only!, by }
  // A code that means a type and kinds of it means the broader one.
  const general = types.find((one) => types.every((other) => tree.lineage(other.code).has(one.code)))
  return general === undefined ? { kind: 'ambiguous', by, types } : { kind: 'found', type: general, by }
}

function typesOf(code: SystemCode, tree: OncoTree, codes: DiagnosisCodes): TumourType[] {
  const { tables } = codes
  const named = (rows: readonly CodeRow[]) => [
    ...new Set(rows.flatMap(({ oncotree }) => tree.find(oncotree) ?? [])),
  ]
  // A morphology alone may be of any site that any table knows it at.
  if (code.system === 'icdo3' && code.site === undefined)
    return named(tables.flatMap((table) => table.get(codeKey(code.system, code.code)) ?? []))
  for (const table of tables) {
    const found = (wanted: string) => table.get(codeKey(code.system, wanted)) ?? []
    let rows = found(code.code)
    if (code.system === 'icdo3') rows = atSite(rows, code.site)
    // ICD-10: a code below one that is listed means what that means: C34.1 is of C34.
    for (let wanted = code.code; rows.length === 0 && code.system === 'icd10' && wanted.length > 3; ) {
      wanted = wanted.slice(0, -1).replace(/\.$/, '')
      rows = found(wanted)
    }
    const types = named(rows)
    if (types.length > 0) return types
  }
  // A morphology that no table knows at its site still has the site, which the ICD-10 codes share.
  if (code.system === 'icdo3' && code.site !== undefined) return typesOf(inIcd10(code.site), tree, codes)
  // A group that may also mean something else says nothing for sure.
  const tumours = (codes.mapped(code.system, code.code) ?? []).filter((group) =>
    group.every((one) => /^[CD]\d/.test(one)),
  )
  return [...new Set(tumours.flat().flatMap((one) => typesOf(inIcd10(one), tree, codes)))]
}

function inIcd10(code: string): SystemCode {
  const text = code.replace('.', '')
  return {
    system: 'icd10',
    code: text.length > 3 ? `${text.slice(0, 3)}.${text.slice(3)}` : text,
    site: undefined,
  }
}

/**
 * Rows of the same site, else of its category (C34), else of the category without a place in it (C34.9); rows without a site
 * fit any. Never those of a neighbour: what an adenocarcinoma of the urachus (C67.7) means does not hold for the bladder wall
 * (C67.2). Blood and marrow (C42) are one site.
 */
function atSite(rows: readonly CodeRow[], site: string | undefined): readonly CodeRow[] {
  if (site === undefined) return rows
  const category = site.slice(0, 3)
  const fits = [
    rows.filter((row) => row.site === site),
    rows.filter((row) => row.site === category),
    rows.filter((row) => row.site === `${category}.9` || (category === 'C42' && row.site.startsWith('C42'))),
    rows.filter((row) => row.site === ''),
  ]
  return fits.find((some) => some.length > 0) ?? []
}
