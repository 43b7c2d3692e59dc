import { Anchor, Button, Group } from '@mantine/core'
import { Link } from 'react-router'
import { usePatient } from '../api/queries.ts'
import { bornOf, nameOf, pageOf, sexWords } from './person.ts'

interface Props {
  readonly people: readonly string[]
  readonly onAnother: () => void
  readonly busy: boolean
}

/** Asks whether the person who is being added is one of those who are registered: two charts hide results. */
export function PossiblyKnown({ people, onAnother, busy }: Props) {
  const [only, ...more] = people
  return (
    <section role="alert" className="fault" aria-label="Registered already?">
      <p className="fault-what">
        Somebody with this name, birth date and sex is registered. Nothing was added yet.
      </p>
      <ul>
        {people.map((id) => (
          <Match key={id} id={id} />
        ))}
      </ul>
      <Group mt="xs">
        {only !== undefined && more.length === 0 && (
          <Button component={Link} to={pageOf(only, 'files')}>
            It is this person: open the record
          </Button>
        )}
        <Button type="button" variant="default" onClick={onAnother} loading={busy}>
          It is another person: add
        </Button>
      </Group>
    </section>
  )
}

function Match({ id }: { readonly id: string }) {
  const { data } = usePatient(id)
  return (
    <li>
      <Anchor component={Link} to={pageOf(id, 'files')} underline="always">
        {data === undefined ? id : nameOf(data)}
      </Anchor>
      {data !== undefined &&
        `, ${sexWords(data)}, ${bornOf(data)}; ${[id, ...data.identifiers.map((one) => one.value)].join(', ')}`}
    </li>
  )
}
