import type { FastifyRequest } from 'fastify'
import type { Purpose, Role } from '../../safeguard/caller.ts'
import { Fault } from '../../terms/fault.ts'

const PURPOSES: readonly Purpose[] = [
  'TREAT',
  'HPAYMT',
  'HOPERAT',
  'HRESCH',
  'ETREAT',
  'PATRQT',
  'PUBHLTH',
  'LEGAL',
  'SYSDEV',
]

/** The purpose that a role's requests have unless they say another; the first role of the list decides. */
const USUAL: readonly (readonly [Role, Purpose])[] = [
  ['clinician', 'TREAT'],
  ['pharmacist', 'TREAT'],
  ['geneticist', 'TREAT'],
  ['laboratory', 'TREAT'],
  ['researcher', 'HRESCH'],
  ['patient', 'PATRQT'],
]

/** Purpose of use of a request: its "purpose-of-use" header, or what its caller's role is there for. Throws PURPOSE_UNKNOWN. */
export function purposeOf(request: FastifyRequest, roles: readonly Role[]): Purpose {
  const said = request.headers['purpose-of-use']
  if (said === undefined) return USUAL.find(([role]) => roles.includes(role))?.[1] ?? 'HOPERAT'
  const found = PURPOSES.find((one) => one === said)
  if (found !== undefined) return found
  throw new Fault(
    'PURPOSE_UNKNOWN',
    'purpose-of-use',
    'this is not a purpose that a request can have',
    `Send one of ${PURPOSES.join(', ')}.`,
  )
}
