import { Button, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from 'react-router'
import type { ClassificationLine } from '../../../src/app/classifications/classification-view.ts'
import { useMay } from '../api/access.ts'
import { useClassifications } from '../api/classifications.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { CarriersPart } from './carriers-part.tsx'
import { classWords } from './criteria-words.ts'
import { NewClassification } from './new-classification.tsx'
import { placeOf, titleOf } from './variant-words.ts'

/** What the laboratory holds of variants, and whom it concerns. */
export function ClassificationsPage() {
  const list = useClassifications()
  const mayDraft = useMay({ action: 'create', kind: 'Classification' }).data?.allow === true
  const lines = list.data?.pages.flatMap(({ classifications }) => classifications) ?? []
  useDocumentTitle('Variants · Garrod')
  return (
    <>
      <Title order={1} mb="xs">
        Variants
      </Title>
      <CarriersPart />
      <h2>What we hold of variants</h2>
      {list.isError && <ErrorNote error={list.error} />}
      {list.isPending && <Waiting what="the classifications" />}
      {list.isSuccess && lines.length === 0 && <p>No variant was classified yet.</p>}
      {lines.length > 0 && <Lines lines={lines} />}
      {list.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      {mayDraft && (
        <>
          <h2>Classify another</h2>
          <NewClassification />
        </>
      )}
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly ClassificationLine[] }) {
  return (
    <table className="cards">
      <caption className="hidden">Classifications</caption>
      <thead>
        <tr>
          <th scope="col">Variant</th>
          <th scope="col">Disease</th>
          <th scope="col">Class</th>
          <th scope="col">Criteria</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Link to={`/classifications/${encodeURIComponent(one.id)}`}>{titleOf(one)}</Link>
              <div className="soft">{placeOf(one)}</div>
            </th>
            <td data-label="Disease">{one.subject.condition ?? 'none named'}</td>
            <td data-label="Class">
              {classWords(one.class)} <span className={`class-state ${one.state}`}>{one.state}</span>
            </td>
            <td data-label="Criteria">{one.criteria === '' ? 'none met' : one.criteria}</td>
            <td data-label="Changed">
              {dayAndTime(one.at)}, {one.by}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
