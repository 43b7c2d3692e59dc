import { Badge, Button, Group, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue, useDocumentTitle } from '@mantine/hooks'
import { useState } from 'react'
import { Link } from 'react-router'
import type { PatientPage, PatientRow } from '../../../src/app/http/api.ts'
import { useMay } from '../api/access.ts'
import { usePatients } from '../api/queries.ts'
import { useIsOwnRecord } from '../api/session.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { ActionCount } from './action-count.tsx'
import { bornOf, isExample, nameOf, pageOf, sexWords } from './person.ts'

export function PatientList() {
  const [search, setSearch] = useState('')
  /** Where each page already seen began; the last one is shown. */
  const [starts, setStarts] = useState<readonly string[]>([])
  const [asked] = useDebouncedValue(search.trim(), 200)
  const page = usePatients(asked, starts.at(-1))
  const own = useIsOwnRecord()
  const list = useMay({ action: 'search', kind: 'Patient' })
  const add = useMay({ action: 'create', kind: 'Patient' })
  const title = own ? 'Your record' : 'Patients'
  useDocumentTitle(`${title} · Garrod`)
  if (list.data?.allow === false) return <NoList />
  return (
    <>
      <Group justify="space-between" align="end" mb="md">
        <Title order={1}>{title}</Title>
        {add.data?.allow !== false && !own && (
          <Button component={Link} to="/add">
            Add a patient
          </Button>
        )}
      </Group>
      {!own && (
        <TextInput
          label="Search"
          description="by name or identifier"
          type="search"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            setStarts([])
          }}
          maw="26rem"
          mb="lg"
        />
      )}
      {page.isError && <ErrorNote error={page.error} />}
      {page.isPending && <Waiting what="the patients" />}
      {page.data !== undefined && (
        <>
          {page.data.patients.length === 0 ? (
            <Nobody searched={asked !== ''} />
          ) : (
            <Rows rows={page.data.patients} />
          )}
          <Pages page={page.data} starts={starts} go={setStarts} />
        </>
      )}
    </>
  )
}

/** The first page of somebody who sees no single person: no fault, only not what they are here for. */
function NoList() {
  return (
    <>
      <Title order={1} mb="md">
        Garrod
      </Title>
      <Text>
        Your role does not show you single people. What you may use is named above; whoever manages the users
        here can give you another role.
      </Text>
    </>
  )
}

function Rows({ rows }: { readonly rows: readonly PatientRow[] }) {
  return (
    <table className="cards patient-list">
      <caption className="hidden">Patients</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Sex</th>
          <th scope="col">Born</th>
          <th scope="col">Identifier</th>
          <th scope="col">To act on</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <Link to={pageOf(row.id)}>{nameOf(row)}</Link>
              {isExample(row) && (
                <Badge variant="default" size="sm" ml="xs" tt="none">
                  example
                </Badge>
              )}
            </th>
            <td data-label="Sex">{sexWords(row)}</td>
            <td data-label="Born">{bornOf(row)}</td>
            <td data-label="Identifier">{row.identifiers.map((one) => one.value).join(', ') || 'none'}</td>
            <td data-label="To act on">
              <ActionCount id={row.id} files={row.files + row.outsideCalls} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Nobody({ searched }: { readonly searched: boolean }) {
  return (
    <Text py="lg">
      {searched
        ? 'Nobody matches this search.'
        : 'There is nobody here yet. Add a patient, then a genome file.'}
    </Text>
  )
}

interface PagesProps {
  readonly page: PatientPage
  readonly starts: readonly string[]
  readonly go: (starts: readonly string[]) => void
}

function Pages({ page, starts, go }: PagesProps) {
  const { total, next } = page
  return (
    <Group mt="md" gap="sm">
      <Text c="dimmed" size="sm" role="status">
        {total === 1 ? '1 patient' : `${total} patients`}
      </Text>
      {(starts.length > 0 || next !== undefined) && (
        <>
          <Button
            variant="default"
            size="xs"
            disabled={starts.length === 0}
            onClick={() => go(starts.slice(0, -1))}
          >
            Back
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={next === undefined}
            onClick={() => next !== undefined && go([...starts, next])}
          >
            More
          </Button>
        </>
      )}
    </Group>
  )
}
