import { Group } from '@mantine/core'
import { NavLink } from 'react-router'
import { useMay } from './api/access.ts'
import { useWaitingAmendments } from './api/amendments.ts'
import { useCarriers } from './api/carriers.ts'
import { useWaitingDocuments } from './api/documents.ts'
import { useIsOwnRecord, useSession } from './api/session.ts'

const ENGINEERS = ['integration-engineer', 'administrator']

/** Where to go: only what the caller may use is offered. */
export function MainNav() {
  const session = useSession()
  const own = useIsOwnRecord()
  const signedIn = session.data !== undefined && !own
  const people = useMay({ action: 'search', kind: 'Patient' }, signedIn).data?.allow !== false
  const documents = useMay({ action: 'search', kind: 'Variants' }, signedIn).data?.allow === true
  const settings = useMay({ action: 'read', kind: 'Setting' }, signedIn).data?.allow === true
  const variants = useMay({ action: 'create', kind: 'Classification' }, signedIn).data?.allow === true
  const trials = useMay({ action: 'search', kind: 'ResearchStudy' }, signedIn).data?.allow === true
  const reviews = useMay({ action: 'review', kind: 'BreakGlass' }, signedIn).data?.allow === true
  const corrections = useMay({ action: 'update', kind: 'AmendmentDecision' }, signedIn).data?.allow === true
  const asked = useWaitingAmendments(corrections).data?.length ?? 0
  const waiting = useWaitingDocuments(documents)
  const count = waiting.data?.length ?? 0
  const carriers = useCarriers(variants).data?.length ?? 0
  const engineer = session.data?.roles.some((role) => ENGINEERS.includes(role)) === true
  return (
    <Group component="nav" gap="lg" aria-label="Main" className="main-nav">
      {people && (
        <NavLink to="/" end>
          {own ? 'Your record' : 'Patients'}
        </NavLink>
      )}
      {documents && (
        <NavLink to="/documents">
          Documents to confirm
          {count > 0 && <span className="count">{count}</span>}
        </NavLink>
      )}
      {variants && (
        <NavLink to="/classifications">
          Variants
          {carriers > 0 && <span className="count">{carriers}</span>}
        </NavLink>
      )}
      {trials && <NavLink to="/trials">Trials</NavLink>}
      {corrections && (
        <NavLink to="/corrections">
          Corrections
          {asked > 0 && <span className="count">{asked}</span>}
        </NavLink>
      )}
      {engineer && <NavLink to="/exchange">Exchange</NavLink>}
      {settings && <NavLink to="/cards">Cards</NavLink>}
      {settings && <NavLink to="/jobs">Jobs</NavLink>}
      {reviews && <NavLink to="/emergencies">Emergency access</NavLink>}
      <NavLink to="/facts">Facts</NavLink>
    </Group>
  )
}
