import type { Definition } from '../model/definition.ts'
import { reservedFormat, reservedInfo } from '../model/reserved.ts'
import type { Reserved } from '../model/reserved-row.ts'
import { isInfoKey } from '../model/value.ts'
import type { Minor } from '../model/version.ts'

/** What is known of an INFO key before its value is read. */
export interface InfoKey {
  /** By which its values are read: the file's own before the specification's. */
  readonly definition: Definition | undefined
  /** Bounds that the meaning of a reserved key sets. */
  readonly range: Pick<Reserved, 'least' | 'most'> | undefined
  readonly declared: boolean
  /** The version allows its name. */
  readonly usable: boolean
}

const KEPT = 10_000

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
  readonly #infoKeys = new Map<string, InfoKey>()

  /** Asked for records only, when the header is complete. */
  infoKey(key: string): InfoKey {
    const known = this.#infoKeys.get(key)
    if (known !== undefined) return known
    const reserved = reservedInfo(key, this.minor)
    const own = this.infos.get(key)
    const fresh: InfoKey = {
      definition: own ?? reserved,
      range: reserved,
      declared: own !== undefined,
      usable: isInfoKey(key, this.minor),
    }
    if (this.#infoKeys.size < KEPT && key.length < 200) this.#infoKeys.set(key, fresh)
    return fresh
  }

  formatOf(key: string): Definition | undefined {
    return this.formats.get(key) ?? reservedFormat(key, this.minor)
  }
}
