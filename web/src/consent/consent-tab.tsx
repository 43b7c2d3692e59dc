import { Button, Group, Switch } from '@mantine/core'
import { useState } from 'react'
import type { Resource } from '../../../src/record/resource.ts'
import { useMay } from '../api/access.ts'
import { useConsents, useGeneticAccess, useSetConsent } from '../api/consents.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import type { PartProps } from '../patient/plan-part.tsx'
import { type Matter, switchOf, wordsOf } from './consent-resource.ts'

/** What the person allows, in plain words; changed as they say it. */
export function ConsentTab({ patient }: PartProps) {
  const consents = useConsents(patient.id)
  if (consents.isError) return <ErrorNote error={consents.error} />
  if (consents.data === undefined) return <Waiting what="the consents" />
  return (
    <section className="consent">
      <h2>What this person allows</h2>
      <p>
        A change holds from the next request on: in this page, in cards, in searches and in exports. Nothing
        is filtered afterwards; what is not allowed is never read.
      </p>
      <Switches id={patient.id} consents={consents.data} />
      <h2>Every consent of this person</h2>
      {consents.data.length === 0 ? <p>None is written down.</p> : <List consents={consents.data} />}
    </section>
  )
}

const MATTERS: readonly {
  readonly matter: Matter
  readonly label: string
  readonly silent: boolean
  readonly on: string
  readonly off: string
  readonly turnsOff: string
}[] = [
  {
    matter: 'treatment',
    label: 'Genetic results may be used in treatment',
    silent: true,
    on: 'Who treats this person sees the genetic results and the advice that rests on them.',
    off: 'Nobody who treats this person sees genetic results or advice, except in an emergency that is written down.',
    turnsOff:
      'From then on no card warns a prescriber of a drug that is dangerous with these genes. You will not see the results here either.',
  },
  {
    matter: 'research',
    label: 'The record may be used in research',
    silent: false,
    on: 'Researchers may find this record and count it.',
    off: 'No researcher sees or counts this record. It stays so as long as nothing else was said.',
    turnsOff:
      'From then on no researcher sees or counts this record. What was exported before stays exported.',
  },
]

function Switches({ id, consents }: { readonly id: string; readonly consents: readonly Resource[] }) {
  const may = useMay({ action: 'update', kind: 'Consent', patient: id })
  const treatment = useGeneticAccess(id)
  const set = useSetConsent(id, consents)
  const [asking, setAsking] = useState<Matter>()
  const locked = may.data?.allow !== true
  // Consents written elsewhere count too: the server says what they come to.
  const elsewhere = treatment.data?.consent?.decision
  return (
    <>
      {MATTERS.map(({ matter, label, silent, on, off, turnsOff }) => {
        const own = consents.find((one) => switchOf(one) === matter)
        const said = own === undefined ? undefined : wordsOf(own)
        const ownPermits = (own?.['provision'] as { type?: string } | undefined)?.type === 'permit'
        const permitted = own === undefined ? silent : ownPermits
        const differs = matter === 'treatment' && permitted && elsewhere === 'CONSENT_DENY'
        return (
          <div key={matter} className="consent-switch">
            <Switch
              label={label}
              description={permitted ? on : off}
              checked={permitted}
              disabled={locked || set.isPending}
              onChange={(event) =>
                event.currentTarget.checked ? set.mutate({ matter, permitted: true }) : setAsking(matter)
              }
            />
            <p className="soft">
              {said === undefined
                ? 'Nothing was said; this is how silence is read.'
                : `Said ${dayAndTime(said.since)}, in force since.`}
            </p>
            {differs && (
              <p className="held">Another consent below forbids it all the same, and that one holds.</p>
            )}
            {asking === matter && (
              <div className="doubt" role="alert">
                <p>{turnsOff}</p>
                <Group gap="sm">
                  <Button
                    color="red.9"
                    onClick={() => {
                      setAsking(undefined)
                      set.mutate({ matter, permitted: false })
                    }}
                  >
                    Yes, the person does not allow it
                  </Button>
                  <Button variant="default" onClick={() => setAsking(undefined)}>
                    Leave it as it is
                  </Button>
                </Group>
              </div>
            )}
          </div>
        )
      })}
      {set.isError && <ErrorNote error={set.error} />}
      {may.data?.allow === false && (
        <p className="soft">You may read this, not change it: {may.data.because}.</p>
      )}
    </>
  )
}

function List({ consents }: { readonly consents: readonly Resource[] }) {
  return (
    <table className="cards">
      <caption className="hidden">Consents</caption>
      <thead>
        <tr>
          <th scope="col">What it says</th>
          <th scope="col">Since</th>
          <th scope="col">Until</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {consents.map((one) => {
          const words = wordsOf(one)
          return (
            <tr key={one.id}>
              <th scope="row">
                {words.says}
                {words.exceptions > 0 && (
                  <span className="soft">
                    {' '}
                    With {words.exceptions === 1 ? 'an exception' : `${words.exceptions} exceptions`} that
                    only the consent itself tells.
                  </span>
                )}
              </th>
              <td data-label="Since">{words.since === undefined ? 'not said' : dayAndTime(words.since)}</td>
              <td data-label="Until">{words.until === undefined ? 'open' : dayAndTime(words.until)}</td>
              <td data-label="State">{words.status === 'active' ? 'in force' : words.status}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
