import { Checkbox } from '@mantine/core'
import { type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { ProposalView } from '../../../src/app/documents/document-routes.ts'
import { documentPath, useDocumentBytes, useProposals } from '../api/documents.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { pageOf } from '../patients/person.ts'
import { factName, ofDocument, proposalKey } from './fact-words.ts'
import { ProposalCard } from './proposal-card.tsx'

const PdfView = lazy(async () => ({ default: (await import('./pdf-view.tsx')).PdfView }))

interface ReviewProps {
  readonly patient: string
  readonly document: string
}

/** The document beside what was read from it, so that the one is compared with the other. */
export function DocumentReview({ patient, document }: ReviewProps) {
  const proposals = useProposals(patient)
  return (
    <>
      <p>
        <Link to={pageOf(patient, 'documents')}>All documents</Link>
      </p>
      <h2>What the document says</h2>
      <p className="promise">
        A program read this. <strong>Nothing here is used before you confirm it.</strong> Compare each line
        with the page.
      </p>
      {proposals.isError && <ErrorNote error={proposals.error} />}
      {proposals.isPending && <Waiting what="what was proposed" />}
      {proposals.data !== undefined && (
        <Desk patient={patient} document={document} proposals={ofDocument(proposals.data, document)} />
      )}
    </>
  )
}

function Desk({
  patient,
  document,
  proposals,
}: ReviewProps & { readonly proposals: readonly ProposalView[] }) {
  const [chosen, setChosen] = useState<string>()
  const [samePerson, setSamePerson] = useState(false)
  const cards = useRef<HTMLElement>(null)
  const bytes = useDocumentBytes(patient, document)
  const first = proposals.find((one) => one.state === 'proposed') ?? proposals[0]
  const current = chosen ?? (first === undefined ? undefined : proposalKey(first))
  const waiting = proposals.filter((one) => one.state === 'proposed')
  const doubt = waiting.find((one) => one.doubt !== undefined)?.doubt
  const spots = useMemo(
    () => proposals.map((one) => ({ key: proposalKey(one), name: factName(one.fact), at: one.fact.at })),
    [proposals],
  )
  const focusCard = (index: number) =>
    cards.current?.querySelectorAll<HTMLElement>('.proposal')[index]?.focus({ preventScroll: false })
  function move(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || (event.target as HTMLElement).closest('form') !== null) return
    const at = proposals.findIndex((one) => proposalKey(one) === current)
    event.preventDefault()
    focusCard(Math.min(proposals.length - 1, Math.max(0, at + step)))
  }
  const next = (decided: ProposalView) => () => {
    const after = proposals.findIndex((one) => one.state === 'proposed' && one.ordinal > decided.ordinal)
    focusCard(after >= 0 ? after : proposals.findIndex((one) => one.state === 'proposed' && one !== decided))
  }
  return (
    <>
      {doubt !== undefined && (
        <div className="doubt" role="alert">
          <p>
            <strong>This document may be somebody else's:</strong> {doubt}.
          </p>
          <Checkbox
            label="I have checked: this is the same person"
            checked={samePerson}
            onChange={(event) => setSamePerson(event.currentTarget.checked)}
          />
        </div>
      )}
      <div className="desk">
        <section className="page-side" aria-label="Document">
          {bytes.isError && <ErrorNote error={bytes.error} />}
          {bytes.data !== undefined && (
            <Suspense fallback={<Waiting what="the document" />}>
              <PdfView bytes={bytes.data} spots={spots} chosen={current} choose={setChosen} />
            </Suspense>
          )}
          <OpenFile bytes={bytes.data} name={documentPath(patient, document)} />
        </section>
        <section className="fact-side" aria-label="Proposed facts" ref={cards} onKeyDown={move}>
          <p className="soft" role="status">
            {countWords(proposals.length, waiting.length)}
          </p>
          {waiting.length > 0 && (
            <p className="soft keys">
              Keyboard: up and down choose a line, c confirms, e corrects, r rejects.
            </p>
          )}
          {proposals.map((one) => (
            <ProposalCard
              key={proposalKey(one)}
              patient={patient}
              proposal={one}
              chosen={proposalKey(one) === current}
              choose={() => setChosen(proposalKey(one))}
              samePerson={samePerson}
              decided={next(one)}
            />
          ))}
          {proposals.length > 0 && waiting.length === 0 && (
            <p>
              Everything is decided. See <Link to={pageOf(patient, 'genes')}>the genes</Link> or{' '}
              <Link to={pageOf(patient, 'act')}>what to act on</Link>.
            </p>
          )}
        </section>
      </div>
    </>
  )
}

/** From the bytes that are here already: no address of the record is left in the browser's history. */
function OpenFile({ bytes, name }: { readonly bytes: Uint8Array | undefined; readonly name: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (bytes === undefined) return
    const made = URL.createObjectURL(new Blob([bytes.slice()], { type: 'application/pdf' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  if (url === undefined) return null
  return (
    <p>
      <a href={url} download={`${name.split('/').at(-1)}.pdf`}>
        Save the PDF
      </a>
    </p>
  )
}

function countWords(all: number, waiting: number): string {
  if (all === 0)
    return 'No result was found in it: it may be a scan, or no laboratory report, or still be being read.'
  return waiting === 0 ? `${all} read, all decided` : `${waiting} of ${all} wait for you`
}
