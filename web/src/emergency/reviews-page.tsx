import { Button, Group, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from 'react-router'
import type { ReviewQueue } from '../../../src/app/access/break-glass-routes.ts'
import { useReview, useReviews } from '../api/access.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { pageOf } from '../patients/person.ts'

type Grant = ReviewQueue['grants'][number]

const STATES: Readonly<Record<Grant['state'], string>> = {
  'in-force': 'still lasts',
  'to-review': 'to review',
  overdue: 'overdue',
  reviewed: 'reviewed',
}

/** Every time the glass was broken; those that nobody has reviewed first. */
export function ReviewsPage() {
  const reviews = useReviews()
  useDocumentTitle('Emergency access · Garrod')
  return (
    <>
      <Title order={1} mb="xs">
        Emergency access
      </Title>
      <p>
        Every time somebody opened a closed record in an emergency. Each is to be reviewed within seven days.
      </p>
      {reviews.isError && <ErrorNote error={reviews.error} />}
      {reviews.isPending && <Waiting what="the reviews" />}
      {reviews.data !== undefined && (
        <>
          {reviews.data.overdue > 0 && (
            <p className="fault" role="alert">
              {reviews.data.overdue === 1 ? '1 review is' : `${reviews.data.overdue} reviews are`} overdue.
            </p>
          )}
          {reviews.data.grants.length === 0 ? (
            <p>The glass was never broken.</p>
          ) : (
            <Rows queue={reviews.data} />
          )}
        </>
      )}
    </>
  )
}

function Rows({ queue }: { readonly queue: ReviewQueue }) {
  return (
    <table className="cards">
      <caption className="hidden">Emergency accesses</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Record</th>
          <th scope="col">Why</th>
          <th scope="col">Review</th>
        </tr>
      </thead>
      <tbody>
        {queue.grants.map((grant) => (
          <tr key={grant.id}>
            <th scope="row">{dayAndTime(grant.grantedAt)}</th>
            <td data-label="Who">{grant.to}</td>
            <td data-label="Record">
              <Link to={pageOf(grant.patient, 'access')}>{grant.patient}</Link>
            </td>
            <td data-label="Why">
              <strong>{queue.reasons[grant.reason] ?? grant.reason}</strong>
              <div>{grant.explanation}</div>
            </td>
            <td data-label="Review">
              <ReviewCell grant={grant} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ReviewCell({ grant }: { readonly grant: Grant }) {
  const review = useReview()
  const { review: done, state, id } = grant
  if (done !== undefined) {
    return (
      <>
        <strong>{done.outcome}</strong>
        <div className="soft">
          {done.by}, {dayAndTime(done.at)}
        </div>
      </>
    )
  }
  return (
    <>
      <span className={state === 'overdue' ? 'message-state refused' : 'soft'}>{STATES[state]}</span>
      <Group gap="xs" mt={4}>
        {(['appropriate', 'inappropriate'] as const).map((outcome) => (
          <Button
            key={outcome}
            size="xs"
            variant="default"
            loading={review.isPending}
            onClick={() => review.mutate({ id, outcome })}
          >
            {outcome === 'appropriate' ? 'Appropriate' : 'Not appropriate'}
          </Button>
        ))}
      </Group>
      {review.isError && <ErrorNote error={review.error} />}
    </>
  )
}
