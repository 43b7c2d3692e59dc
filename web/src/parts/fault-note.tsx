import { useContext } from 'react'
import type { FaultReply } from '../../../src/app/http/api.ts'
import { FaultError } from '../api/request.ts'
import { OnRefusal } from './on-refusal.ts'

/** A fault as a person can use it: what is wrong, where, and how to mend it; the code for whoever helps. */
export function FaultNote({ fault, title }: { readonly fault: FaultReply; readonly title?: string }) {
  return (
    <div className="fault" role="alert">
      <p className="fault-what">{title === undefined ? capital(fault.what) : `${title}: ${fault.what}`}</p>
      <dl>
        <dt>Where</dt>
        <dd>{fault.where}</dd>
        <dt>How to mend it</dt>
        <dd>{fault.mend}</dd>
        <dt>Code</dt>
        <dd className="mono">{fault.code}</dd>
      </dl>
    </div>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * The same for what a query or mutation threw. A bug of the page is thrown on. A refusal on a person's page says what
 * can be done in an emergency.
 */
export function ErrorNote({ error }: { readonly error: Error }) {
  const offer = useContext(OnRefusal)
  if (!(error instanceof FaultError)) throw error
  // Somebody whose record is closed is answered for as somebody who is not here.
  const closed = error.fault.code === 'ACCESS_DENIED' || error.fault.code === 'PATIENT_UNKNOWN'
  return (
    <>
      <FaultNote fault={error.fault} />
      {closed && offer}
    </>
  )
}
