import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sharedData } from '../support/shared-data.ts'

/** Lines of a file of the evaluation data, without empty ones. */
export function sharedLines(path: string): readonly string[] {
  const bytes = readFileSync(sharedData(path)!)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text.split('\n').filter((line) => line.trim() !== '')
}
