import type { FaultReply } from '../../../src/app/http/api.ts'
import { FaultError } from '../api/request.ts'

/** A fault as a person can use it: what is wrong, where, and how to mend it; the code for whoever helps. */
export function FaultNote({ fault, title }: { readonly fault: FaultReply; readonly title?: string }) {
  return (
    <div className="fault" role="alert">
      <p className="fault-what">
        {title === undefined ? '' : `${title}: `}
        {fault.what}
      </p>
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

/** The same for what a query or mutation threw. A bug of the page is thrown on. */
export function ErrorNote({ error }: { readonly error: Error }) {
  if (!(error instanceof FaultError)) throw error
  return <FaultNote fault={error.fault} />
}
