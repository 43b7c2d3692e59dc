import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user that the server runs as; undefined ids mean the user that runs Garrod. */
export interface Owner {
  readonly uid: number | undefined
  readonly gid: number | undefined
}

const NOBODY = 65534

/**
 * PostgreSQL refuses to run as root. Then it runs as the system user "garrod" where one exists, else as "nobody".
 * Whoever owns an existing data folder stays its owner.
 */
export function serverOwner(existing: string): Owner {
  if (process.getuid?.() !== 0) return { uid: undefined, gid: undefined }
  const stat = statSync(existing, { throwIfNoEntry: false })
  if (stat !== undefined && stat.uid !== 0) return { uid: stat.uid, gid: stat.gid }
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.startsWith('garrod:'))
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid !== undefined && gid !== undefined && uid !== '0') return { uid: Number(uid), gid: Number(gid) }
  } catch {
    // No /etc/passwd: "nobody" by its usual number.
  }
  return { uid: NOBODY, gid: NOBODY }
}

/** Whether the owner may list and pass every folder down to this one, by their permission bits. */
export function mayRead(owner: Owner, folder: string): boolean {
  return mayPass(owner, folder) && allows(owner, folder, 0o5)
}

/** Whether the owner may pass through every folder down to this one; folders that do not exist yet count as open. */
export function mayPass(owner: Owner, folder: string): boolean {
  const above = dirname(folder)
  return (above === folder || mayPass(owner, above)) && allows(owner, folder, 0o1)
}

function allows({ uid, gid }: Owner, folder: string, bits: number): boolean {
  if (uid === undefined) return true
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (stat === undefined) return true
  const shift = stat.uid === uid ? 6 : stat.gid === gid ? 3 : 0
  return ((stat.mode >> shift) & bits) === bits
}
