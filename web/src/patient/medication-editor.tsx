import { Button, Group, NativeSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DrugList } from '../../../src/app/http/api.ts'
import type { DrugUse } from '../../../src/record/patient-record.ts'
import { useSaveDrugs } from '../api/queries.ts'
import { DrugField } from '../parts/drug-field.tsx'
import { ErrorNote } from '../parts/fault-note.tsx'
import type { PartProps } from './plan-part.tsx'

type Status = DrugUse['status']

/** The list of drugs taken or considered. Every change is saved at once; a name that is not known is refused. */
export function MedicationEditor({ patient }: PartProps) {
  const [text, setText] = useState('')
  const [status, setStatus] = useState<Status>('taking')
  const save = useSaveDrugs(patient.id)
  const asSent = patient.drugs.map(({ text: name, rxcui, status: use }) => ({
    text: name,
    status: use,
    ...(rxcui === undefined ? {} : { rxcui }),
  }))
  const keep = (drugs: DrugList['drugs'], then?: () => void) => {
    save.mutate({ drugs }, then === undefined ? {} : { onSuccess: then })
  }
  function add(event: FormEvent) {
    event.preventDefault()
    const name = text.trim()
    const there = asSent.some((one) => one.text === name && one.status === status)
    if (there) setText('')
    else if (name !== '') keep([...asSent, { text: name, status }], () => setText(''))
  }
  return (
    <>
      {patient.drugs.length === 0 ? (
        <p>No drug is on the list.</p>
      ) : (
        <ul className="drugs">
          {patient.drugs.map((one, place) => (
            <li key={`${one.text} ${one.status}`}>
              <span>
                <strong>{one.text}</strong> <span className="soft">{one.status}</span>
              </span>
              <span className="soft">{one.rxcui === undefined ? 'no code' : `RxNorm ${one.rxcui}`}</span>
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={save.isPending}
                aria-label={`Remove ${one.text}`}
                onClick={() => keep(asSent.filter((_, i) => i !== place))}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add} aria-label="Add a drug">
        <Group align="end" gap="sm">
          <DrugField label="Add a drug" value={text} onChange={setText} />
          <NativeSelect
            label="Use"
            data={['taking', 'considered']}
            value={status}
            onChange={(event) => setStatus(event.currentTarget.value as Status)}
          />
          <Button type="submit" variant="default" loading={save.isPending} disabled={text.trim() === ''}>
            Add
          </Button>
        </Group>
      </form>
      {save.isError && <ErrorNote error={save.error} />}
    </>
  )
}
