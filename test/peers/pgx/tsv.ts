import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Rows of a tab-separated file (gzip or plain) as objects keyed by its header line. */
export function readTsv(path: string): Record<string, string>[] {
  const bytes = readFileSync(path)
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8')
  const [header, ...lines] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\t'))
  return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i] ?? ''])))
}
