import type { Progress } from '../../intake/upload.ts'
import type { Io } from '../command.ts'

/** Shorter work needs no progress. */
const QUIET_MS = 1000
const EVERY_MS = 500

/** A line on stderr that grows while a long file is read, and is not shown for a short one. */
export function progressLine(io: Io, what: string): { readonly bytes: Progress; end(): void } {
  const started = performance.now()
  let shown = 0
  let open = false
  return {
    bytes(read, total) {
      const now = performance.now()
      if (now - started < QUIET_MS || now - shown < EVERY_MS) return
      shown = now
      open = true
      const share =
        total === undefined
          ? `${(read / 1e6).toFixed(0)} MB`
          : `${((100 * read) / total).toFixed(0)} % of ${(total / 1e6).toFixed(0)} MB`
      io.err(io.interactive ? `\r${what}: ${share} ` : `${what}: ${share}\n`)
    },
    end() {
      if (open && io.interactive) io.err('\n')
    },
  }
}
