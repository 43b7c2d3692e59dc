import { NativeSelect, Textarea } from '@mantine/core'
import type { CriterionCode, Strength } from '../../../src/interpret/finding/germline.ts'
import { strengthsOf, strengthWords, usualStrength } from './criteria-words.ts'
import { type Assessed, NOT_ASSESSED } from './draft.ts'

interface CriterionRowProps {
  readonly code: CriterionCode
  readonly about: string
  readonly value: Assessed
  readonly change: ((next: Assessed) => void) | undefined
}

/** One criterion: whether it is met and how strongly, and what that rests on. */
export function CriterionRow({ code, about, value, change }: CriterionRowProps) {
  const usual = usualStrength(code)
  const choices = [
    { value: 'not-assessed', label: 'not assessed' },
    ...strengthsOf(code).map((one) => ({
      value: `met ${one}`,
      label: `met, ${strengthWords(one)}${one === usual ? ' (usual)' : ''}`,
    })),
    { value: 'not-met', label: 'not met' },
    { value: 'not-used', label: 'not used here' },
  ]
  const chosen = value.state === 'met' ? `met ${value.strength}` : value.state
  return (
    <li className={`criterion ${code.startsWith('P') ? 'for' : 'against'} ${value.state}`}>
      <div className="criterion-name">
        <strong>{code}</strong> <span>{about}</span>
      </div>
      <NativeSelect
        size="xs"
        aria-label={`${code}: ${about}`}
        data={choices}
        value={chosen}
        disabled={change === undefined}
        onChange={({ currentTarget }) => {
          const [state, strength] = currentTarget.value.split(' ') as [
            Assessed['state'],
            Strength | undefined,
          ]
          change?.({ ...(value.state === 'not-assessed' ? NOT_ASSESSED : value), state, strength })
        }}
      />
      {value.state !== 'not-assessed' && (
        <Textarea
          className="criterion-why"
          size="xs"
          autosize
          minRows={1}
          aria-label={`Why ${code} is ${value.state.replace('-', ' ')}`}
          placeholder={value.state === 'met' ? 'What it rests on, with its source (needed)' : 'Why'}
          value={value.because}
          readOnly={change === undefined}
          onChange={({ currentTarget }) => change?.({ ...value, because: currentTarget.value })}
        />
      )}
      {value.facts.length > 0 && (
        <ul className="criterion-facts">
          {value.facts.map(({ what, source }) => (
            <li key={`${what} ${source}`}>
              {what} <span className="soft">{source}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
