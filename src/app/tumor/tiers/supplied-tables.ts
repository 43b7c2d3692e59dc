import { placeOf } from '../../../intake/table-rows.ts'
import type { AmpRole, GuidelineFlag, SuppliedAnnotation } from '../../../interpret/finding/amp-tier.ts'
import { readCategory, type Supplied } from '../../../interpret/tumor/tumor.ts'
import { Fault } from '../../../terms/fault.ts'
import { tableRows } from '../../command-line/table-rows.ts'

const EFFECTS: Readonly<Record<AmpRole, readonly string[]>> = {
  therapeutic: ['sensitivity', 'resistance', 'reduced-sensitivity', 'adverse-response'],
  diagnostic: ['positive', 'negative'],
  prognostic: ['poor-outcome', 'better-outcome'],
}

/** Tables of the user: flags of guidelines, annotations of other knowledge bases. Throws what their readers throw. */
export async function readSupplied(
  guidelines: readonly string[],
  annotations: readonly string[],
): Promise<Supplied> {
  return {
    guidelines: (await Promise.all(guidelines.map(guidelineFlags))).flat(),
    annotations: (await Promise.all(annotations.map(suppliedAnnotations))).flat(),
  }
}

/**
 * Columns category, diagnosis, role, effect, guideline, version; therapies where the role is therapeutic, several joined
 * by "+". No text of a guideline is read. Throws GUIDELINE_COLUMN_MISSING, GUIDELINE_ROLE_UNKNOWN, CATEGORY_UNKNOWN.
 */
async function guidelineFlags(path: string): Promise<GuidelineFlag[]> {
  const rows = await cellsOf(
    path,
    ['category', 'diagnosis', 'role', 'effect', 'guideline', 'version'],
    ['therapies'],
    'GUIDELINE_COLUMN_MISSING',
  )
  return rows.map(({ where, cell }) => {
    const role = cell('role').toLowerCase() as AmpRole
    const effect = cell('effect').toLowerCase().replaceAll(' ', '-')
    if (!EFFECTS[role]?.includes(effect))
      throw new Fault(
        'GUIDELINE_ROLE_UNKNOWN',
        where,
        `"${cell('effect')}" is no effect of the role "${cell('role')}"`,
        `Use ${Object.entries(EFFECTS)
          .map(([name, effects]) => `${name}: ${effects.join(', ')}`)
          .join('; ')}.`,
      )
    readCategory(cell('category'), where)
    return {
      category: cell('category'),
      diagnosis: cell('diagnosis'),
      role,
      effect,
      therapies: therapies(cell('therapies')),
      guideline: cell('guideline'),
      version: cell('version'),
    }
  })
}

/**
 * Columns source (OncoKB, COSMIC, ESCAT), category, level, citation; diagnosis and therapies where they have them.
 * Throws ANNOTATION_COLUMN_MISSING, ANNOTATION_UNCITED: a level without its source is hearsay. Throws CATEGORY_UNKNOWN.
 */
async function suppliedAnnotations(path: string): Promise<SuppliedAnnotation[]> {
  const rows = await cellsOf(
    path,
    ['source', 'category', 'level', 'citation'],
    ['diagnosis', 'therapies'],
    'ANNOTATION_COLUMN_MISSING',
  )
  return rows.map(({ where, cell }) => {
    if (cell('citation') === '' || cell('source') === '')
      throw new Fault(
        'ANNOTATION_UNCITED',
        where,
        'the row does not say where the level is from',
        'Fill source and citation: the release, the article or the address.',
      )
    readCategory(cell('category'), where)
    return {
      source: cell('source'),
      category: cell('category'),
      diagnosis: cell('diagnosis'),
      therapies: therapies(cell('therapies')),
      level: cell('level'),
      citation: cell('citation'),
    }
  })
}

async function cellsOf(
  path: string,
  needed: readonly string[],
  optional: readonly string[],
  code: string,
): Promise<{ readonly where: string; readonly cell: (name: string) => string }[]> {
  let header: readonly string[] | undefined
  const rows: { where: string; cell: (name: string) => string }[] = []
  for await (const { line, cells } of tableRows(path)) {
    if (header === undefined) {
      const missing = needed.filter((name) => placeOf(cells, [name]) < 0)
      if (missing.length > 0)
        throw new Fault(
          code,
          `${path}:${line}`,
          `the table has no column ${missing.join(', ')}`,
          `Its columns are ${[...needed, ...optional].join(', ')}.`,
        )
      header = cells
      continue
    }
    const names = header
    rows.push({ where: `${path}:${line}`, cell: (name) => (cells[placeOf(names, [name])] ?? '').trim() })
  }
  return rows
}

function therapies(text: string): readonly string[] {
  return text
    .split(/\s*[+|]\s*/)
    .filter((one) => one !== '')
    .map((one) => one.toLowerCase())
}
