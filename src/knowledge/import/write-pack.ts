import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault } from '../../terms/fault.ts'
import { checksumOf, FactPack } from '../fact-pack.ts'

/**
 * Writes a new version of a pack to <into>/<id>/<version>, whole or not at all. Throws FACTS_VERSION_EXISTS: a version
 * once made stays as it is, so that reports made with it can be repeated. Throws FACTS_VERSION_MALFORMED on a version that
 * could not be a folder name, FACTS_NOT_WRITTEN when the disk refuses.
 */
export function writePack(
  into: string,
  head: Omit<FactPack, 'sha256'>,
  files: ReadonlyMap<string, string>,
): string {
  if (!FactPack.shape.version.safeParse(head.version).success || head.version.startsWith('.')) {
    throw new Fault(
      'FACTS_VERSION_MALFORMED',
      head.id,
      `"${head.version}" cannot be the version of a pack`,
      'Use letters, digits, dots and hyphens, such as 2026-11; --version names it.',
    )
  }
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
  try {
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true })
    for (const [name, text] of files) writeFileSync(join(draft, name), text)
    const sha256 = checksumOf(new Map([...files].map(([name, text]) => [name, Buffer.from(text)])))
    writeFileSync(join(draft, 'pack.json'), `${JSON.stringify({ ...head, sha256 }, null, 2)}\n`)
    renameSync(draft, folder)
  } catch (error) {
    throw new Fault(
      'FACTS_NOT_WRITTEN',
      folder,
      `the pack cannot be written: ${(error as Error).message}`,
      'Check the folder (GARROD_HOME) and the space on its disk.',
    )
  }
  return folder
}
