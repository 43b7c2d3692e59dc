import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useOpenClassification } from '../api/classifications.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { readPlace } from './variant-words.ts'

/** Begins the draft of a variant. */
export function NewClassification() {
  const open = useOpenClassification()
  const go = useNavigate()
  const [assembly, setAssembly] = useState<'GRCh37' | 'GRCh38'>('GRCh38')
  const [place, setPlace] = useState('')
  const [gene, setGene] = useState('')
  const [hgvsC, setHgvsC] = useState('')
  const [condition, setCondition] = useState('')
  const read = readPlace(place)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (read === undefined) return
    const names = Object.fromEntries(
      Object.entries({ gene: gene.trim(), hgvsC: hgvsC.trim() }).filter(([, value]) => value !== ''),
    )
    open.mutate(
      {
        variant: { assembly, ...read, chromosome: read.chromosome as `chr${string}` },
        ...(condition.trim() === '' ? {} : { condition: condition.trim() }),
        names,
      },
      { onSuccess: ({ id }) => go(`/classifications/${encodeURIComponent(id)}`) },
    )
  }
  return (
    <form onSubmit={submit} className="new-classification" aria-label="New draft">
      <NativeSelect
        label="Assembly"
        data={['GRCh38', 'GRCh37']}
        value={assembly}
        onChange={({ currentTarget: { value } }) => setAssembly(value === 'GRCh37' ? 'GRCh37' : 'GRCh38')}
      />
      <TextInput
        label="Variant"
        placeholder="chr10:94781859 G>A"
        description="As the VCF file spells it"
        error={place.trim() !== '' && read === undefined ? 'Write it as chr10:94781859 G>A' : undefined}
        value={place}
        onChange={({ currentTarget: { value } }) => setPlace(value)}
      />
      <TextInput
        label="Gene"
        placeholder="CYP2C19"
        value={gene}
        onChange={({ currentTarget: { value } }) => setGene(value)}
      />
      <TextInput
        label="HGVS"
        placeholder="NM_000769.4:c.681G>A"
        value={hgvsC}
        onChange={({ currentTarget: { value } }) => setHgvsC(value)}
      />
      <TextInput
        label="Disease"
        placeholder="MONDO:0007947"
        value={condition}
        onChange={({ currentTarget: { value } }) => setCondition(value)}
      />
      <Group align="end">
        <Button type="submit" disabled={read === undefined} loading={open.isPending}>
          Begin a draft
        </Button>
      </Group>
      {open.isError && <ErrorNote error={open.error} />}
    </form>
  )
}
