import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own that can lose its power. */
interface LoopDisk {
  readonly folder: string
  /** What was not flushed is lost, the journal's memory too; from here on every write fails. */
  cut(): void
  /** Power is back: mounted anew, its journal replayed. Nobody may hold it open. */
  back(): void
  remove(): void
}

/** EXT4_IOC_SHUTDOWN of linux/ext4.h, with EXT4_GOING_FLAGS_NOLOGFLUSH. */
const SHUTDOWN = '0x8004587d'
const NO_LOG_FLUSH = 2

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (error !== undefined || status !== 0) throw new Error(`${program}: ${(error?.message ?? stderr).trim()}`)
  return stdout.trim()
}

function sizedFile(): { place: string; file: string; folder: string } {
  const place = mkdtempSync(join(tmpdir(), 'garrod-disk-'))
  // The embedded server runs as another user, who must pass through.
  chmodSync(place, 0o711)
  const folder = join(place, 'mounted')
  mkdirSync(folder)
  return { place, file: join(place, 'disk.img'), folder }
}

/** An ext4 file system in a file, behind a loop device. Throws, with what the machine said, where that is not allowed. */
export function loopDisk(megabytes: number): LoopDisk {
  const { place, file, folder } = sizedFile()
  let device: string | undefined
  try {
    run('truncate', '-s', `${megabytes}M`, file)
    run('mkfs.ext4', '-q', '-F', file)
    device = run('losetup', '--find', '--show', file)
    run('mount', '-t', 'ext4', device, folder)
  } catch (error) {
    if (device !== undefined) run('losetup', '--detach', device)
    rmSync(place, { recursive: true })
    throw error
  }
  const at = device
  return {
    folder,
    cut() {
      const program = `open(my $f, '<', $ARGV[0]) or die $!; ioctl($f, ${SHUTDOWN}, my $flag = pack('L', ${NO_LOG_FLUSH})) or die $!`
      run('perl', '-e', program, folder)
    },
    back() {
      run('umount', folder)
      run('mount', '-t', 'ext4', at, folder)
    },
    remove() {
      // What is left of a killed server may hold it for a moment longer.
      run('umount', '--lazy', folder)
      run('losetup', '--detach', at)
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** A file system of so many megabytes in memory. Throws, with what the machine said, where that is not allowed. */
export function smallDisk(megabytes: number): Pick<LoopDisk, 'folder' | 'remove'> {
  const { place, folder } = sizedFile()
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)
  } catch (error) {
    rmSync(place, { recursive: true })
    throw error
  }
  return {
    folder,
    remove() {
      // What is left of a killed server may hold it for a moment longer.
      run('umount', '--lazy', folder)
      rmSync(place, { recursive: true })
    },
  }
}

/** The disk, or why this machine gives none. */
export function given<T>(make: () => T): { readonly disk: T } | { readonly why: string } {
  try {
    return { disk: make() }
  } catch (error) {
    return { why: (error as Error).message }
  }
}
