import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as z from 'zod'
import { Fault } from '../../terms/fault.ts'
import { notJson } from '../../terms/not-json.ts'
import { issueWords } from '../../terms/schema-issue.ts'

/** Paths of the files of a release folder whose name ends so, sorted. Throws IMPORT_FOLDER_UNREADABLE, IMPORT_FOLDER_EMPTY. */
export function releaseFiles(folder: string, ending: string, mend: string): string[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    throw new Fault('IMPORT_FOLDER_UNREADABLE', folder, 'the folder of the release cannot be read', mend)
  }
  const found = names.filter((name) => name.endsWith(ending)).sort()
  if (found.length === 0) throw new Fault('IMPORT_FOLDER_EMPTY', folder, `no file "*${ending}" is here`, mend)
  return found.map((name) => join(folder, name))
}

/** One JSON file of a release in the shape it must have; what cannot be read throws with this code and advice. */
export function releaseJson<T>(path: string, shape: z.ZodType<T>, fault: { code: string; mend: string }): T {
  const refused = (what: string) => new Fault(fault.code, path, what, fault.mend)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw refused('the file cannot be read')
  }
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (error) {
    throw refused(`${notJson(error, text)}`)
  }
  const parsed = shape.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refused(`${issue?.path.join('.') || 'the file'}: ${issueWords(issue, 'not in the expected shape')}`)
  }
  return parsed.data
}
