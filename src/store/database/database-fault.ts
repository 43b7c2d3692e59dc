import { Fault } from '../../terms/fault.ts'

/** SQLSTATE of "lost a deadlock" and "could not serialise": run the transaction again. */
const CONFLICTS = new Set(['40P01', '40001'])
/** Network error codes of Node that mean nobody answered. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EACCES',
])

/** A statement that the database refused. Carries SQLSTATE and constraint only: the server's detail quotes patient data. */
class StatementError extends Error {
  readonly sqlState: string
  readonly constraint: string | undefined

  constructor(sqlState: string, constraint: string | undefined, routine: string | undefined) {
    super(
      `the database refused a statement: SQLSTATE ${sqlState}${constraint ? `, constraint ${constraint}` : ''}${routine ? ` (${routine})` : ''}`,
    )
    this.name = 'StatementError'
    this.sqlState = sqlState
    this.constraint = constraint
  }
}

/** A connection that broke in the middle: the caller cannot know whether its last commit was done. */
class LostConnection extends Fault {
  readonly lost = true

  constructor() {
    super(
      'DATABASE_LOST',
      'database',
      'the connection to the database broke before the answer came',
      'Run the command again: a change is stored whole or not at all, and repeating an ingest does no harm.',
    )
  }
}

export function isConflict(error: unknown): boolean {
  return error instanceof StatementError && CONFLICTS.has(error.sqlState)
}

/** True when a key that must be unique was taken, by the name of its constraint. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  return error instanceof StatementError && error.sqlState === '23505' && error.constraint === constraint
}

/** Whether nobody takes connections at the address now: not started, starting, shutting down or just dying. */
export function isAway(error: Error): boolean {
  return error instanceof Fault && /^DATABASE_(UNREACHABLE|LOST)$/.test(error.code)
}

/**
 * An error of the driver as a Fault the reader can mend, or as a StatementError without patient data.
 * `where` names the database, without its password.
 */
export function databaseError(error: unknown, where = 'database'): Error {
  if (error instanceof Fault || error instanceof StatementError) return error
  const { code, constraint, routine, message } = error as {
    code?: string
    constraint?: string
    routine?: string
    message?: string
  }
  if (code === undefined) {
    // The driver has no code for a connection that ended; these are its words.
    if (/timeout/i.test(message ?? '')) return unreachable(where)
    if (/Connection terminated|not queryable|Client was closed/i.test(message ?? ''))
      return new LostConnection()
    return error as Error
  }
  if (UNREACHABLE.has(code) || code === '57P03') return unreachable(where)
  if (code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('08') || /^57P0[12]$/.test(code)) {
    return new LostConnection()
  }
  if (code.startsWith('28')) {
    return new Fault(
      'DATABASE_LOGIN',
      where,
      'the database refused the user name or password',
      'Check the user and password in DATABASE_URL.',
    )
  }
  if (code === '3D000') {
    return new Fault(
      'DATABASE_MISSING',
      where,
      'the server has no database of that name',
      'Create it, for Garrod alone, or correct the name in DATABASE_URL.',
    )
  }
  if (code === '42501') {
    return new Fault(
      'DATABASE_RIGHTS',
      where,
      'the database user may not do this',
      'Do it as the owner of the tables; a server needs the rights that "garrod db roles" prints.',
    )
  }
  if (code === '22021') {
    return new Fault(
      'TEXT_UNUSABLE',
      where,
      'a text holds a character that cannot be stored (a zero byte)',
      'Send the text without control characters.',
    )
  }
  if (code === '53100') {
    return new Fault(
      'DATABASE_DISK_FULL',
      where,
      'the disk that holds the database is full',
      'Free some space, then run the command again; nothing was half-written.',
    )
  }
  if (code === '53300') {
    return new Fault(
      'DATABASE_BUSY',
      where,
      'the database has no free connection',
      'Wait for other programs to finish, or raise max_connections.',
    )
  }
  return new StatementError(code, constraint, routine)
}

function unreachable(where: string): Fault {
  return new Fault(
    'DATABASE_UNREACHABLE',
    where,
    'no database answers at this address',
    'Check that the server runs and that DATABASE_URL is right; unset DATABASE_URL to use the embedded database.',
  )
}
