import { Button, Checkbox, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { PatientRow } from '../../../src/app/http/api.ts'
import type { MessageLine } from '../../../src/store/messages/message-store.ts'
import type { Replay } from '../api/exchange.ts'
import { usePatients } from '../api/queries.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { bornOf, nameOf, sexWords } from '../patients/person.ts'

interface WhoseProps {
  readonly replay: UseMutationResult<MessageLine, Error, Replay>
}

/** Whose a message is, when no number in it is known here: somebody who is here, or somebody new. */
export function WhosePart({ replay }: WhoseProps) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 200)
  return (
    <Stack gap="sm" mb="md" className="whose">
      <p>
        No number in the message is known here. Nothing is guessed: say whose it is. Its numbers are then kept
        with that person, so that the next message finds them.
      </p>
      <TextInput
        label="Find the person"
        description="by name or identifier"
        type="search"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        maw="26rem"
      />
      {asked !== '' && <People search={asked} replay={replay} />}
      <Button
        variant="default"
        w="fit-content"
        loading={replay.isPending}
        onClick={() => replay.mutate({ register: true })}
      >
        Register a new person from the message
      </Button>
    </Stack>
  )
}

function People({ search, replay }: WhoseProps & { readonly search: string }) {
  const people = usePatients(search, undefined)
  const [chosen, setChosen] = useState<PatientRow>()
  const [same, setSame] = useState(false)
  if (people.isError) return <ErrorNote error={people.error} />
  const rows = people.data?.patients.slice(0, 8) ?? []
  return (
    <>
      <fieldset className="choices">
        <legend className="soft">{rows.length === 0 ? 'Nobody matches.' : 'Who is it?'}</legend>
        {rows.map((row) => (
          <label key={row.id}>
            <input
              type="radio"
              name="person"
              checked={chosen?.id === row.id}
              onChange={() => setChosen(row)}
            />
            <strong>{nameOf(row)}</strong> {sexWords(row)}, {bornOf(row)},{' '}
            {row.identifiers.map((one) => one.value).join(', ') || 'no identifier'}
          </label>
        ))}
      </fieldset>
      {chosen !== undefined && (
        <>
          <Checkbox
            label="I have compared name, birth date and number: the message is about this person, even where they differ"
            checked={same}
            onChange={(event) => setSame(event.currentTarget.checked)}
          />
          <Button
            w="fit-content"
            loading={replay.isPending}
            onClick={() => replay.mutate({ patient: chosen.id, ...(same ? { confirmIdentity: true } : {}) })}
          >
            File it with {nameOf(chosen)}
          </Button>
        </>
      )}
    </>
  )
}
