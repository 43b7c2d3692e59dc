import { Fault } from './fault.ts'

/** What the operating system refused, in words. */
const REFUSED: Readonly<Record<string, string>> = {
  EACCES: 'you may not read or write it',
  EPERM: 'you may not read or write it',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk does not answer',
  EBUSY: 'another program holds it',
  EMFILE: 'too many files are open',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the share of the disk is used up',
  EFBIG: 'the file would be too large',
  EINVAL: 'it cannot be used as a file',
}

/**
 * A refusal of the operating system as what the user can mend: FILE_NOT_FOUND or FILE_UNREADABLE. A fault and every error that
 * is not about files is handed back as it is.
 */
export function fileFault(error: unknown, name: string): unknown {
  if (error instanceof Fault) return error
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'ENOTDIR')
    return new Fault(
      'FILE_NOT_FOUND',
      name,
      'there is no such file: a part of its path is a file, not a folder',
      'Check the path and the spelling.',
    )
  if (code === 'ENOENT')
    return new Fault('FILE_NOT_FOUND', name, 'there is no such file', 'Check the path and the spelling.')
  const why = REFUSED[code]
  if (why === undefined) return error
  return new Fault(
    'FILE_UNREADABLE',
    name,
    `the file cannot be used: ${why} (${code})`,
    'Give the path of one file that you may use.',
  )
}
