import { Autocomplete, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { TermMatch } from '../../../src/interpret/phenotype/phenotype.ts'
import { useTerms } from '../api/features.ts'

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'es', label: 'Español' },
  { value: 'fr', label: 'Français' },
  { value: 'it', label: 'Italiano' },
  { value: 'ja', label: '日本語' },
  { value: 'nl', label: 'Nederlands' },
  { value: 'pt', label: 'Português' },
  { value: 'zh', label: '中文' },
]

const DOUBTS: Readonly<Partial<Record<TermMatch['doubts'][number], string>>> = {
  broader: 'these words mean more than the term',
  narrower: 'these words mean less than the term',
  related: 'these words are only related',
  unreviewed: 'translated by a machine',
  spelling: 'spelled in another way',
}

interface TermFieldProps {
  readonly chosen: TermMatch | undefined
  readonly choose: (term: TermMatch | undefined) => void
}

/** A feature by any of its names: HPO terms that fit are offered while somebody types. */
export function TermField({ chosen, choose }: TermFieldProps) {
  const [text, setText] = useState('')
  const [language, setLanguage] = useState('en')
  const [asked] = useDebouncedValue(text.trim(), 150)
  const terms = useTerms(asked, language)
  const offered = asked.length < 2 ? [] : (terms.data?.terms ?? [])
  const byName = new Map(offered.map((one) => [one.name, one]))
  return (
    <>
      <Autocomplete
        label="Feature"
        description="In the words of the clinic or of the family; choose what fits"
        placeholder="wide-set eyes"
        value={chosen === undefined ? text : chosen.name}
        onChange={(next) => {
          setText(next)
          // A name that is offered, chosen or typed whole.
          choose(byName.get(next))
        }}
        data={[...byName.keys()]}
        filter={({ options }) => options}
        renderOption={({ option }) => <Offered match={byName.get(option.value)} name={option.value} />}
        limit={12}
        autoComplete="off"
        spellCheck={false}
      />
      <NativeSelect
        label="Language"
        description=" "
        data={LANGUAGES}
        value={language}
        onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
      />
    </>
  )
}

function Offered({ match, name }: { readonly match: TermMatch | undefined; readonly name: string }) {
  const other = match === undefined || match.words === name ? undefined : match.words
  const doubts = (match?.doubts ?? []).flatMap((one) => DOUBTS[one] ?? [])
  return (
    <span>
      {name} <span className="soft">{match?.id}</span>
      {other !== undefined && <span className="soft"> · {other}</span>}
      {doubts.length > 0 && <span className="soft"> · {doubts.join(', ')}</span>}
    </span>
  )
}
