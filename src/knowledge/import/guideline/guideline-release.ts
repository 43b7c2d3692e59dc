import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { Fault } from '../../../terms/fault.ts'
import { notJson } from '../../../terms/not-json.ts'
import {
  citationsOf,
  GuidelineBundle,
  GuidelineEntry,
  type GuidelineRelease,
  type GuidelineRow,
  RowLine,
  type UpstreamGuideline,
} from './guideline-row.ts'
import { htmlText } from './guideline-text.ts'

/**
 * Reads a release of guideline recommendations in either form:
 * rows (a .jsonl file with guidelines.json beside it, or the folder of both), or ClinPGx guideline files as PharmCAT
 * carries them (one guideline per .json file, a folder of such files, or one file with all of them).
 * Throws GUIDELINES_MISSING, GUIDELINES_FORMAT.
 */
export function readGuidelineRelease(path: string): GuidelineRelease {
  if (!existsSync(path)) {
    throw new Fault(
      'GUIDELINES_MISSING',
      path,
      'there is no such file or folder',
      'Name the file or folder of a guideline release.',
    )
  }
  if (!statSync(path).isDirectory())
    return path.endsWith('.jsonl') ? readRows(path) : joined(readBundles(path))
  const rows = join(path, 'recommendations.jsonl')
  if (existsSync(rows)) return readRows(rows)
  const files = readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
  if (files.length === 0)
    throw badFormat(path, 'the folder has neither recommendations.jsonl nor .json files')
  return joined(files.flatMap((name) => readBundles(join(path, name))))
}

function readRows(path: string): GuidelineRelease {
  const rows: GuidelineRow[] = []
  const lines = readFileSync(path, 'utf8').split('\n')
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]!.trim() === '') continue
    const row = checked(RowLine, parseJson(lines[i]!, `${path}:${i + 1}`), `${path}:${i + 1}`)
    rows.push({
      ...row,
      drugs: row.drugs.map(genericName),
      population: row.population ?? undefined,
      strength: row.strength ?? undefined,
    })
  }
  const beside = join(dirname(path), 'guidelines.json')
  if (!existsSync(beside))
    throw badFormat(beside, 'the rows need guidelines.json beside them, for what is cited')
  const entries = checked(z.array(GuidelineEntry), parseJson(readFileSync(beside, 'utf8'), beside), beside)
  const guidelines = entries.map((entry) => ({
    ...entry,
    drugs: entry.drugs.map(genericName),
    version: entry.version ?? undefined,
    citations: citationsOf(entry.citations),
  }))
  return { rows, guidelines }
}

function readBundles(path: string): GuidelineBundle[] {
  const raw = parseJson(readFileSync(path, 'utf8'), path)
  const many = z.object({ guidelines: z.array(z.unknown()) }).safeParse(raw)
  const list = many.success ? many.data.guidelines : [raw]
  return list.map((one, index) =>
    checked(GuidelineBundle, one, many.success ? `${path} guidelines[${index}]` : path),
  )
}

function joined(bundles: readonly GuidelineBundle[]): GuidelineRelease {
  return { rows: bundles.flatMap(rowsOf), guidelines: bundles.map(guidelineOf) }
}

function rowsOf({ guideline, recommendations }: GuidelineBundle): GuidelineRow[] {
  return recommendations.flatMap((one) =>
    one.lookupKey.map((lookup) => ({
      id: one.id,
      source: guideline.source,
      guideline: guideline.id,
      drugs: one.relatedChemicals.map(({ name }) => genericName(name)),
      population: one.population ?? undefined,
      strength: one.classification?.term,
      lookup,
      implications: one.implications,
      text: htmlText(one.text.html),
    })),
  )
}

function guidelineOf({ guideline, citations }: GuidelineBundle): UpstreamGuideline {
  return {
    id: guideline.id,
    source: guideline.source,
    version: guideline.version ?? undefined,
    drugs: guideline.relatedChemicals.map(({ name }) => genericName(name)),
    genes: guideline.relatedGenes.map(({ symbol }) => symbol),
    citations: citationsOf(citations),
  }
}

/** Drugs are named in lower case throughout. */
function genericName(name: string): string {
  return name.toLowerCase()
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw badFormat(where, notJson(error, text))
  }
}

function checked<T>(schema: z.ZodType<T>, raw: unknown, where: string): T {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  throw badFormat(where, `it is not of the release's form: ${z.prettifyError(parsed.error)}`)
}

function badFormat(where: string, what: string): Fault {
  return new Fault(
    'GUIDELINES_FORMAT',
    where,
    what,
    'Give recommendation rows (recommendations.jsonl with guidelines.json) or ClinPGx guideline files (.json).',
  )
}
