import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault } from '../../terms/fault.ts'
import { checksumOf, type FactPack } from '../fact-pack.ts'

/**
 * Writes a new version of a pack to <into>/<id>/<version>, whole or not at all. Throws FACTS_VERSION_EXISTS: a version
 * once made stays as it is, so that reports made with it can be repeated.
 */
export function writePack(
  into: string,
  head: Omit<FactPack, 'sha256'>,
  files: ReadonlyMap<string, string>,
): string {
  const folder = join(into, head.id, head.version)
  if (existsSync(folder)) {
    throw new Fault(
      'FACTS_VERSION_EXISTS',
      folder,
      `pack ${head.id}@${head.version} exists already`,
      'Give another version; reports made with the old one must stay repeatable.',
    )
  }
  const draft = join(dirname(folder), `.${head.version}.draft`)
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(draft, name), text)
  const sha256 = checksumOf(new Map([...files].map(([name, text]) => [name, Buffer.from(text)])))
  writeFileSync(join(draft, 'pack.json'), `${JSON.stringify({ ...head, sha256 }, null, 2)}\n`)
  renameSync(draft, folder)
  return folder
}
