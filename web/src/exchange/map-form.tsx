import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { CodeMapEntry } from '../../../src/store/messages/message-store.ts'

type Target = Pick<CodeMapEntry, 'toSystem' | 'toCode' | 'toDisplay'>

const SYSTEMS = [
  { value: 'http://loinc.org', label: 'LOINC' },
  { value: 'http://snomed.info/sct', label: 'SNOMED CT' },
  { value: 'http://www.nlm.nih.gov/research/umls/rxnorm', label: 'RxNorm' },
  { value: 'http://www.genenames.org/geneId', label: 'HGNC gene' },
  { value: 'http://unitsofmeasure.org', label: 'UCUM unit' },
  { value: '', label: 'another, by its URI' },
]

interface MapFormProps {
  readonly name: string
  readonly start?: Target
  readonly busy: boolean
  readonly save: (target: Target) => void
  readonly cancel: () => void
}

/** What a local code means in a terminology. */
export function MapForm({ name, start, busy, save, cancel }: MapFormProps) {
  const [system, setSystem] = useState(start?.toSystem ?? SYSTEMS[0]!.value)
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (field: string) => String(form.get(field) ?? '').trim()
    save({
      toSystem: system === '' ? text('uri') : system,
      toCode: text('code'),
      toDisplay: text('display') === '' ? undefined : text('display'),
    })
  }
  return (
    <form onSubmit={submit} aria-label={name} className="map-form">
      <NativeSelect
        label="Means, in"
        value={system}
        onChange={(event) => setSystem(event.currentTarget.value)}
        data={SYSTEMS}
      />
      {system === '' && (
        <TextInput name="uri" label="URI of the system" placeholder="https://…" required autoComplete="off" />
      )}
      <TextInput
        name="code"
        label="Code"
        defaultValue={start?.toCode ?? ''}
        required
        autoComplete="off"
        spellCheck={false}
      />
      <TextInput name="display" label="Name" defaultValue={start?.toDisplay ?? ''} autoComplete="off" />
      <Group gap="xs">
        <Button type="submit" size="xs" loading={busy}>
          Save and read its messages again
        </Button>
        <Button size="xs" variant="default" onClick={cancel}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}
