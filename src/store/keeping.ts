/** Looking after a store as a whole. */
export interface Keeping {
  /** Everything in the database and every received file, in one file. Keys are not in it. Throws BACKUP_EXISTS, BACKUP_DISK. */
  backup(task: BackupTask): Promise<BackupSummary>
  /**
   * Opens everything that is sealed, reads every received file through and compares it with its checksum, and follows
   * every row that leads to another. Nothing is changed. `told` is given the number of people done.
   */
  check(told?: (people: number) => void): Promise<StoreCheck>
}

export interface BackupTask {
  readonly path: string
  /** ISO 8601 instant. */
  readonly at: string
  /** Of Garrod. */
  readonly version: string
  readonly told?: (what: string) => void
}

/** Where an audit log stood. */
export interface BackedUpLog {
  readonly tenant: string
  readonly size: number
  /** Base64. */
  readonly root: string
}

/** What a backup came to. */
export interface BackupSummary {
  readonly path: string
  readonly bytes: number
  readonly rows: number
  readonly files: number
  /** Received files that were not in the archive, as tenant and content. */
  readonly missing: readonly string[]
  readonly audit: readonly BackedUpLog[]
}

/** One thing that is wrong with what is stored. `where` names a table or a person by id. */
export interface StoreProblem {
  readonly where: string
  readonly code: string
  readonly what: string
}

/** What was looked at, so that "nothing wrong" says of how much. */
export interface StoreCheck {
  readonly people: number
  readonly files: number
  readonly plans: number
  readonly resources: number
  readonly problems: readonly StoreProblem[]
}
