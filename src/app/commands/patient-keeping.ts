import type { ShredReceipt } from '../../store/people/people-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { audited, type CommandTask } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { TENANT } from '../tenant.ts'

/** Why a person is shredded. A code, since it outlives the person. */
const REASONS = [
  'consent-withdrawn',
  'erasure-request',
  'retention-ended',
  'wrong-person',
  'test-data',
] as const

export const REASON_HELP = `shred: ${REASONS.join(', ')}; hold: a case number or the like, never a name`

/** "garrod patient shred". Throws USAGE_REASON, SHRED_NOT_CONFIRMED, PATIENT_UNKNOWN, LEGAL_HOLD. */
export async function shred(id: PatientId, input: Arguments, io: Io): Promise<ExitCode> {
  const reason = input.text('reason')
  if (!REASONS.some((one) => one === reason)) {
    throw new Fault(
      'USAGE_REASON',
      '--reason',
      reason === undefined ? 'no reason was given' : `"${reason}" is not a reason to shred`,
      `Use one of ${REASONS.join(', ')}.`,
    )
  }
  if (!input.flag('yes')) {
    throw new Fault(
      'SHRED_NOT_CONFIRMED',
      `patient ${id}`,
      'shredding destroys the person’s key and everything stored, in every backup too; nothing was destroyed',
      `If that is meant: garrod patient shred ${id} --reason ${reason} --yes.`,
    )
  }
  const receipt = await audited(taskOf('D', 'shred', id), (store) =>
    store.patients.shred({ tenant: TENANT, patient: id }, reason!, cliAct()),
  )
  await io.out(input.flag('json') ? `${JSON.stringify(receipt)}\n` : receiptText(receipt))
  return 0
}

/** "garrod patient hold". Throws USAGE_REASON, PATIENT_UNKNOWN. */
export async function hold(id: PatientId, input: Arguments, io: Io): Promise<ExitCode> {
  const key = { tenant: TENANT, patient: id }
  if (input.flag('release')) {
    const ended = await audited(taskOf('U', 'hold-release', id), (store) =>
      store.patients.release(key, cliAct()),
    )
    await io.out(ended ? `the hold on ${id} has ended\n` : `there was no hold on ${id}\n`)
    return 0
  }
  const reason = input.text('reason')?.trim()
  if (reason === undefined || reason === '') {
    throw new Fault(
      'USAGE_REASON',
      '--reason',
      'no reason was given',
      `Name it: garrod patient hold ${id} --reason CASE-NUMBER.`,
    )
  }
  await audited(taskOf('U', 'hold', id), (store) => store.patients.hold(key, reason, cliAct()))
  await io.out(`${id} is held: nothing about this person can be removed or shredded\n`)
  return 0
}

function taskOf(action: CommandTask['action'], interaction: string, id: PatientId): CommandTask {
  return { action, interaction, command: `garrod patient ${interaction}`, patients: [id] }
}

function receiptText({ patient, reason, at, keys, generation, ...files }: ShredReceipt): string {
  const lines = [
    `shredded ${patient}`,
    `  reason     ${reason}`,
    `  at         ${at}`,
    ...keys.map((handle) => `  key        ${handle} destroyed`),
    `  files      ${files.filesDeleted} deleted`,
  ]
  if (files.filesShared > 0)
    lines.push(`             ${files.filesShared} kept: other people’s records rest on the same upload`)
  lines.push(
    `  key folder generation ${generation}: destroy copies of the folder of earlier generations, and copy it anew`,
    '  backups    hold nothing of this person that can be read without such a copy',
  )
  return `${lines.join('\n')}\n`
}
