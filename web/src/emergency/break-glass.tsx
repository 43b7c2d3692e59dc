import { Button, Group, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { BREAK_GLASS_REASONS, GRANT_MINUTES } from '../../../src/safeguard/break-glass/break-glass.ts'
import { useBreakGlass, useMay } from '../api/access.ts'
import { FaultError } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { FaultNote } from '../parts/fault-note.tsx'
import { useGrant } from './grants.ts'

const TREATING = ['clinician', 'pharmacist', 'geneticist']
const SECOND_FACTOR = 'break-glass-needs-second-factor'

/** Where a record is closed: how whoever treats an emergency gets in all the same, and what follows from it. */
export function BreakGlass({ patient }: { readonly patient: string }) {
  const session = useSession()
  const treats = session.data?.roles.some((role) => TREATING.includes(role)) === true
  const may = useMay({ action: 'break-glass', kind: 'Patient', patient }, treats)
  const grant = useGrant(patient)
  if (!treats || grant !== undefined || may.data === undefined) return null
  if (may.data.allow) return <Ask patient={patient} />
  if (!may.data.policies.some(({ id }) => id === SECOND_FACTOR)) return null
  return (
    <section className="glass" aria-label="In an emergency">
      <h2>In an emergency</h2>
      <p>
        Whoever treats this person in an emergency may open the record all the same. That needs a second
        factor at sign-in, and you signed in without one.{' '}
        {session.data?.kind === 'local' ? (
          'On this demonstration nobody signs in, so the glass cannot be broken here.'
        ) : (
          <>
            <Link to="/account">Set it up in your account</Link>, sign in with it, and come back.
          </>
        )}
      </p>
    </section>
  )
}

function Ask({ patient }: { readonly patient: string }) {
  const [open, setOpen] = useState(false)
  const glass = useBreakGlass()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    glass.mutate({
      patient,
      reason: String(form.get('reason') ?? ''),
      explanation: String(form.get('explanation') ?? ''),
    })
  }
  return (
    <section className="glass" aria-label="In an emergency">
      <h2>In an emergency</h2>
      <p>
        Whoever treats this person in an emergency may open the record all the same, for {GRANT_MINUTES}{' '}
        minutes. It is written down with your name and your reason, the person can read that it happened, and
        a privacy officer reviews it.
      </p>
      {!open && (
        <Button color="red.9" onClick={() => setOpen(true)}>
          Break the glass …
        </Button>
      )}
      {open && (
        <form onSubmit={submit} aria-label="Break the glass">
          <fieldset className="choices">
            <legend>Why</legend>
            {Object.entries(BREAK_GLASS_REASONS).map(([code, words]) => (
              <label key={code}>
                <input type="radio" name="reason" value={code} required />
                {words}
              </label>
            ))}
          </fieldset>
          <Textarea
            name="explanation"
            label="In your own words"
            description="10 to 2000 characters, for whoever reviews it"
            required
            minLength={10}
            maxLength={2000}
            autosize
            minRows={2}
            my="sm"
          />
          {glass.error instanceof FaultError && <FaultNote fault={glass.error.fault} />}
          <Group gap="sm">
            <Button type="submit" color="red.9" loading={glass.isPending}>
              Break the glass
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </Group>
        </form>
      )}
    </section>
  )
}
