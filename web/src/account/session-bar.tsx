import { Link } from 'react-router'
import { useIsOwnRecord, useLogoff, useSession, useSignOut } from '../api/session.ts'

/** Who is signed in, and the way out. Nothing where nobody signs in. */
export function SessionBar() {
  const { data } = useSession()
  const out = useSignOut()
  useLogoff(data?.idleSeconds)
  if (data === undefined || data.kind === 'local') return null
  return (
    <div className="who">
      <Link to="/account">{data.name ?? data.id}</Link>
      <button type="button" onClick={() => out.mutate()}>
        Sign out
      </button>
    </div>
  )
}

/** Says plainly that this is a demonstration without login. */
export function DemonstrationNote() {
  const { data } = useSession()
  if (data?.kind !== 'local') return null
  return (
    <p className="demonstration" role="note">
      Demonstration: nobody is signed in. Whoever uses this machine sees and changes everything here.
    </p>
  )
}

/** To somebody who reads their own record: these pages speak to a prescriber, and nobody should stop a medicine by them alone. */
export function OwnRecordNote() {
  if (!useIsOwnRecord()) return null
  return (
    <p className="demonstration" role="note">
      This is written for those who treat you. Do not stop, start or change a medicine because of it: ask your
      doctor or pharmacist first. “Not known” means that nobody tested it, not that all is well.
    </p>
  )
}
