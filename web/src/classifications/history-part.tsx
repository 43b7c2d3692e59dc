import { Link } from 'react-router'
import type { ClassificationView } from '../../../src/app/classifications/classification-view.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { classWords } from './criteria-words.ts'

/** Every version, the newest first: who saved it, what it said. */
export function HistoryPart({ view, shown }: { readonly view: ClassificationView; readonly shown: number }) {
  return (
    <>
      <h2>History</h2>
      <table className="cards">
        <caption className="hidden">Versions</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Class</th>
            <th scope="col">Criteria</th>
            <th scope="col">Comment</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {view.versions.map(({ version, state, class: is, criteria, comment, at, by }) => (
            <tr key={version} aria-current={version === shown}>
              <th scope="row">
                <Link to={`/classifications/${encodeURIComponent(view.id)}/${version}`}>{version}</Link>{' '}
                <span className={`class-state ${state}`}>{state}</span>
              </th>
              <td data-label="Class">{classWords(is)}</td>
              <td data-label="Criteria">{criteria === '' ? 'none met' : criteria}</td>
              <td data-label="Comment">{comment}</td>
              <td data-label="By">
                {by}, {dayAndTime(at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
