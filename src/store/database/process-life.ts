import { readFileSync } from 'node:fs'

/**
 * When a process started, in clock ticks since boot, so that a new process with the number of a dead one is told
 * apart. undefined where the system has no /proc; null when no such process lives.
 */
function startTimeOf(pid: number): string | undefined | null {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null
  }
  if (process.platform !== 'linux') return undefined
  try {
    // Fields after the command, which stands in brackets and may hold spaces: state is the 3rd, start time the 22nd.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ')
    return fields[0] === 'Z' ? null : fields[19]
  } catch {
    return null
  }
}

export function isRunning(pid: number): boolean {
  return startTimeOf(pid) !== null
}

/** Text that names this process and no later one with its number: "4711-880123". */
export function markOfThisProcess(): string {
  return `${process.pid}-${startTimeOf(process.pid) ?? ''}`
}

/** Whether the process that a mark names still lives. */
export function isMarkAlive(mark: string): boolean {
  const [pid, started] = mark.split('-')
  const now = startTimeOf(Number(pid))
  return now !== null && (now === undefined || now === started)
}
