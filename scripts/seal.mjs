// Writes the checksum of a fact pack's files into its pack.json. Run with Node 24: node scripts/seal.mjs facts/<id>/<version>...
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checksumOf, packFiles } from '../src/knowledge/fact-pack.ts'

for (const folder of process.argv.slice(2)) {
  const path = join(folder, 'pack.json')
  const head = JSON.parse(readFileSync(path, 'utf8'))
  head.sha256 = checksumOf(packFiles(folder))
  writeFileSync(path, `${JSON.stringify(head, null, 2)}\n`)
  process.stdout.write(`${folder} ${head.sha256}\n`)
}
