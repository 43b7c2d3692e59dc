import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { leaveGrant, useGrant } from './grants.ts'

const LOOK_EVERY_MS = 10_000

/** Red for as long as the emergency access lasts, with what is left of it. */
export function EmergencyBanner({ patient }: { readonly patient: string }) {
  const client = useQueryClient()
  const grant = useGrant(patient)
  const [now, setNow] = useState(Date.now)
  const until = grant === undefined ? undefined : Date.parse(grant.until)
  const leave = () => {
    leaveGrant(patient)
    return client.resetQueries({ queryKey: ['patient', patient] })
  }
  useEffect(() => {
    if (until === undefined) return
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() < until) return
      // What the emergency showed does not stay on the screen.
      leaveGrant(patient)
      void client.resetQueries({ queryKey: ['patient', patient] })
    }, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [until, patient, client])
  if (until === undefined) return null
  const minutes = Math.max(0, Math.ceil((until - now) / 60_000))
  return (
    <div className="emergency" role="status">
      <p>
        <strong>
          Emergency access: {minutes} {minutes === 1 ? 'minute' : 'minutes'} left.
        </strong>{' '}
        It was written down and will be reviewed.
      </p>
      <button type="button" onClick={leave}>
        Leave it now
      </button>
    </div>
  )
}
