import { Fault } from '../../terms/fault.ts'

/** An error of the file system as what the user can mend; every other error as it is. */
export function unreadable(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (error instanceof Fault) return error
  if (code === 'ENOENT')
    return new Fault('FILE_NOT_FOUND', path, 'there is no such file', 'Check the path and the spelling.')
  if (code === 'EACCES' || code === 'EISDIR' || code === 'ENOTDIR')
    return new Fault(
      'FILE_UNREADABLE',
      path,
      `the file cannot be read (${code})`,
      'Check that you may read it.',
    )
  return error
}
