import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useDrugNames } from '../api/queries.ts'

interface DrugFieldProps {
  readonly label: string
  readonly description?: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** A name was chosen from the list. */
  readonly onChoose?: (name: string) => void
}

/** A drug by any of its names, with the names that the server knows offered while typing. */
export function DrugField({ label, description, value, onChange, onChoose }: DrugFieldProps) {
  const [asked] = useDebouncedValue(value.trim(), 150)
  const names = useDrugNames(asked)
  const drugs = asked.length < 2 ? [] : (names.data?.drugs ?? [])
  const matched = new Map(drugs.map((one) => [one.name, one.matched]))
  return (
    <Autocomplete
      label={label}
      description={description}
      value={value}
      onChange={onChange}
      onOptionSubmit={(name) => onChoose?.(name)}
      data={[...matched.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const other = matched.get(option.value)
        return (
          <span>
            {option.value}
            {other === undefined ? '' : <span className="soft"> ({other})</span>}
          </span>
        )
      }}
      limit={12}
      autoComplete="off"
      spellCheck={false}
      w="100%"
      maw="24rem"
    />
  )
}
