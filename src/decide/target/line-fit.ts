import type { Approval } from '../../knowledge/tumor/approvals.ts'
import type { TargetSituation } from './option.ts'

const EARLY = ['neoadjuvant', 'perioperative', 'adjuvant', 'extended-adjuvant', 'unresectable-stage-iii']
const ADVANCED = ['advanced', 'metastatic', 'relapsed']

/** Whether stage and line of an approval are those of the patient, and why. */
export function lineFit(
  { setting, line }: Approval,
  { stage, linesGiven, linesAtLeast }: TargetSituation,
): { readonly fits: 'yes' | 'unknown' | 'no'; readonly because: string } {
  const wanted = EARLY.includes(setting) ? 'early' : ADVANCED.includes(setting) ? 'advanced' : undefined
  if (wanted !== undefined && stage !== undefined && stage !== wanted)
    return { fits: 'no', because: `approved for ${wanted} disease, the disease is ${stage}` }
  const least = line === '' ? undefined : Number(line[0])
  if (least === undefined)
    return wanted === undefined || stage !== undefined
      ? { fits: 'yes', because: 'the label names no line of treatment' }
      : { fits: 'unknown', because: `approved for ${wanted} disease; the stage is not known` }
  if (setting === 'maintenance') return maintenanceFit(line, least, linesGiven, linesAtLeast)
  if (linesGiven === undefined && linesAtLeast !== undefined && linesAtLeast > 0) {
    const given =
      linesAtLeast === 1 ? 'a line was given at least' : `${linesAtLeast} lines were given at least`
    if (line.endsWith('+') && linesAtLeast + 1 >= least)
      return { fits: 'yes', because: `approved for line ${line}; ${given}` }
    if (!line.endsWith('+') && linesAtLeast + 1 > least)
      return { fits: 'no', because: `approved for line ${line}; ${given}` }
  }
  if (linesGiven === undefined)
    return { fits: 'unknown', because: `approved for line ${line}; earlier treatment is not known` }
  const next = linesGiven + 1
  const fits = line.endsWith('+') ? next >= least : next === least
  return {
    fits: fits ? 'yes' : 'no',
    because: `approved for line ${line}; the next line is ${next}`,
  }
}

/** Maintenance follows the line that it is named by: first-line maintenance is for who has had that one line, not for who has had none. */
function maintenanceFit(
  line: string,
  least: number,
  linesGiven: number | undefined,
  linesAtLeast: number | undefined,
): ReturnType<typeof lineFit> {
  const open = line.endsWith('+')
  const named = `approved as maintenance after line ${line}`
  if (linesGiven !== undefined) {
    const fits = open ? linesGiven >= least : linesGiven === least
    return { fits: fits ? 'yes' : 'no', because: `${named}; lines given: ${linesGiven}` }
  }
  if (linesAtLeast !== undefined && (open ? linesAtLeast >= least : linesAtLeast > least))
    return { fits: open ? 'yes' : 'no', because: `${named}; lines given: at least ${linesAtLeast}` }
  return { fits: 'unknown', because: `${named}; earlier treatment is not known` }
}
