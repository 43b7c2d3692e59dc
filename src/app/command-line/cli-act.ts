import { userInfo } from 'node:os'
import type { Act } from '../../store/person.ts'

/** A change made at the command line, now, by the user of this machine who typed it. */
export function cliAct(): Act {
  let user: string
  try {
    user = userInfo().username
  } catch {
    // A user without a name, as in some containers.
    user = String(process.getuid?.() ?? 'unknown')
  }
  return { at: new Date().toISOString(), by: `cli:${user}` }
}
