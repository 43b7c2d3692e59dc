import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { FormEvent } from 'react'
import { Link, useNavigate } from 'react-router'
import type { NewPatient } from '../../../src/app/http/api.ts'
import { useAddPatient } from '../api/queries.ts'
import { FaultError } from '../api/request.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { pageOf } from './person.ts'
import { PossiblyKnown } from './possibly-known.tsx'

export function AddPatient() {
  const add = useAddPatient()
  const navigate = useNavigate()
  useDocumentTitle('Add a patient · Garrod')
  const known = add.error instanceof FaultError ? (add.error.fault.people ?? []) : []
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    return send(fromForm(new FormData(event.currentTarget)))
  }
  async function send(patient: NewPatient) {
    const added = await add.mutateAsync(patient).catch(() => undefined)
    if (added !== undefined) navigate(pageOf(added.id, 'files'))
  }
  return (
    <form onSubmit={submit} className="narrow" aria-label="Add a patient">
      <Title order={1} mb="xs">
        Add a patient
      </Title>
      <Text c="dimmed" mb="md">
        Everything may be left empty: what is not given is treated as not known, never guessed.
      </Text>
      <Stack gap="sm">
        <TextInput name="name" label="Name" autoComplete="off" maxLength={200} />
        <NativeSelect
          name="sex"
          label="Sex"
          description="Needed to read genes on the X chromosome"
          data={['unknown', 'female', 'male', 'other']}
        />
        <TextInput
          name="birthDate"
          label="Birth date"
          description="YYYY, YYYY-MM or YYYY-MM-DD"
          placeholder="1957-04-12"
          pattern="\d{4}(-\d\d(-\d\d)?)?"
          title="YYYY, YYYY-MM or YYYY-MM-DD"
          maxLength={10}
        />
        <TextInput name="mrn" label="Medical record number" autoComplete="off" maxLength={100} />
        <TextInput
          name="authority"
          label="Who gave the number"
          description="A system such as urn:oid:… or the hospital's name"
          maxLength={200}
        />
        <Group grow>
          <NumberInput name="weight" label="Weight, kg" min={0.3} max={700} hideControls />
          <NumberInput name="height" label="Height, cm" min={20} max={300} hideControls />
        </Group>
        {known.length > 0 && add.variables !== undefined ? (
          <PossiblyKnown
            people={known}
            onAnother={() => send({ ...add.variables, anotherPerson: [...known] })}
            busy={add.isPending}
          />
        ) : (
          add.isError && <ErrorNote error={add.error} />
        )}
        <Group>
          <Button type="submit" loading={add.isPending} variant={known.length > 0 ? 'default' : 'filled'}>
            {known.length > 0 ? 'Ask again' : 'Add'}
          </Button>
          <Button component={Link} to="/" variant="default">
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function fromForm(form: FormData): NewPatient {
  const text = (name: string) => {
    const value = String(form.get(name) ?? '').trim()
    return value === '' ? undefined : value
  }
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)))
  const [weight, height, mrn] = [number('weight'), number('height'), text('mrn')]
  const name = text('name')
  const birthDate = text('birthDate')
  return {
    ...(name === undefined ? {} : { name }),
    ...(birthDate === undefined ? {} : { birthDate }),
    sex: String(form.get('sex')) as NonNullable<NewPatient['sex']>,
    identifiers: mrn === undefined ? [] : [{ system: text('authority') ?? 'not named', value: mrn }],
    measurements: [
      ...(weight === undefined ? [] : [{ kind: 'weight' as const, value: weight, unit: 'kg' as const }]),
      ...(height === undefined ? [] : [{ kind: 'height' as const, value: height, unit: 'cm' as const }]),
    ],
  }
}
