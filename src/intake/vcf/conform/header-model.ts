import type { Definition } from '../model/definition.ts'
import { reservedFormat, reservedInfo } from '../model/reserved.ts'
import type { Minor } from '../model/version.ts'

/** What the header of a file defines, as its records are read by it. Filled while the header is read. */
export class HeaderModel {
  minor: Minor = 2
  readonly infos = new Map<string, Definition>()
  readonly formats = new Map<string, Definition>()
  readonly filters = new Set<string>()
  readonly alts = new Set<string>()
  /** Length in bases, undefined where the line has none. */
  readonly contigs = new Map<string, number | undefined>()
  samples: readonly string[] = []
  /** Columns of a record: 8, or 9 and one for each sample. */
  columns = 8

  /** The definition by which values of an INFO key are read: the file's own before the specification's. */
  infoOf(key: string): Definition | undefined {
    return this.infos.get(key) ?? reservedInfo(this.minor).get(key)
  }

  formatOf(key: string): Definition | undefined {
    return this.formats.get(key) ?? reservedFormat(this.minor).get(key)
  }
}
