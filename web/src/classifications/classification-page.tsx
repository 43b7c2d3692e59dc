import { Button, Group, Textarea, TextInput, Title } from '@mantine/core'
import { useDebouncedValue, useDocumentTitle } from '@mantine/hooks'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { ClassificationView } from '../../../src/app/classifications/classification-view.ts'
import { useMay } from '../api/access.ts'
import { useClassification, usePreview, useSaveClassification } from '../api/classifications.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { ClassNote } from './class-note.tsx'
import { CRITERIA, classWords } from './criteria-words.ts'
import { CriterionRow } from './criterion-row.tsx'
import { assessmentOf, type Draft, draftOf, NOT_ASSESSED, previewOf } from './draft.ts'
import { HistoryPart } from './history-part.tsx'
import { placeOf, titleOf } from './variant-words.ts'

/** The workbench: one variant, its criteria, its class, and how it came to it. */
export function ClassificationPage() {
  const { classification = '', version } = useParams()
  const old = version === undefined ? undefined : Number(version)
  const found = useClassification(classification, old)
  useDocumentTitle(`${found.data === undefined ? 'Variant' : titleOf(found.data)} · Garrod`)
  if (found.isError) return <ErrorNote error={found.error} />
  if (found.data === undefined) return <Waiting what="the classification" />
  // Another version is another draft: what was typed belongs to the version it was typed over.
  return (
    <Workbench key={`${found.data.id} ${found.data.version}`} view={found.data} isOld={old !== undefined} />
  )
}

function Workbench({ view, isOld }: { readonly view: ClassificationView; readonly isOld: boolean }) {
  const may = useMay({ action: 'update', kind: 'Classification' })
  const [draft, setDraft] = useState<Draft>(() => draftOf(view))
  const [settled] = useDebouncedValue(draft, 250)
  const preview = usePreview(previewOf(settled))
  const { save, sign } = useSaveClassification(view.id)
  const changed = JSON.stringify(assessmentOf(draft)) !== JSON.stringify(assessmentOf(draftOf(view)))
  const editable = may.data?.allow === true && !isOld
  const { condition } = view.subject
  return (
    <>
      <p>
        <Link to="/classifications">Variants</Link>
      </p>
      <Title order={1} mb="xs">
        {titleOf(view)}
      </Title>
      <p>
        {placeOf(view)}
        {condition === undefined ? '; no disease named' : `; for ${condition}`}. Version {view.version},{' '}
        <span className={`class-state ${view.state}`}>{view.state}</span>
        {isOld && (
          <>
            {' '}
            <Link to={`/classifications/${encodeURIComponent(view.id)}`}>Go to the newest version</Link>
          </>
        )}
      </p>
      {signedNote(view)}
      <div className="workbench">
        <div>
          {CRITERIA.map(({ about, criteria }) => (
            <section key={about} aria-label={about}>
              <h2>{about}</h2>
              <ul className="criteria">
                {criteria.map(([code, words]) => (
                  <CriterionRow
                    key={code}
                    code={code}
                    about={words}
                    value={draft.criteria.get(code) ?? NOT_ASSESSED}
                    change={
                      editable
                        ? (next) =>
                            setDraft((now) => ({ ...now, criteria: new Map(now.criteria).set(code, next) }))
                        : undefined
                    }
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
        <aside>
          {preview.data !== undefined && <ClassNote classification={preview.data} />}
          {preview.isError && <ErrorNote error={preview.error} />}
          {editable && (
            <>
              <TextInput
                label="Combine as an expert panel"
                description="Its id, its name or a gene; empty: the general way"
                value={draft.panel}
                onChange={({ currentTarget: { value } }) => setDraft((now) => ({ ...now, panel: value }))}
              />
              <Textarea
                label="Comment"
                autosize
                minRows={2}
                mt="sm"
                value={draft.comment}
                onChange={({ currentTarget: { value } }) => setDraft((now) => ({ ...now, comment: value }))}
              />
              <Group gap="xs" mt="sm">
                <Button
                  disabled={!changed}
                  loading={save.isPending}
                  onClick={() => save.mutate({ expected: view.version, assessment: assessmentOf(draft) })}
                >
                  Save the draft
                </Button>
                {view.maySign && (
                  <Button
                    variant="default"
                    disabled={changed || view.state !== 'draft'}
                    loading={sign.isPending}
                    onClick={() => sign.mutate(view.version)}
                  >
                    {view.signedVersion === undefined ? 'Sign' : 'Sign the amendment'}
                  </Button>
                )}
              </Group>
              {changed && view.maySign && <p className="soft">Save it before it is signed.</p>}
            </>
          )}
          {save.isError && <ErrorNote error={save.error} />}
          {sign.isError && <ErrorNote error={sign.error} />}
        </aside>
      </div>
      <HistoryPart view={view} shown={view.version} />
    </>
  )
}

/** What reports rest on, where it is not what is on the screen. */
function signedNote({ signedVersion, version, versions }: ClassificationView) {
  if (signedVersion === undefined)
    return <p className="held">Nothing is signed: no report rests on it yet.</p>
  if (signedVersion === version) return undefined
  const signed = versions.find((one) => one.version === signedVersion)
  return (
    <p className="held">
      Reports rest on version {signedVersion}: {classWords(signed?.class ?? '')}.
    </p>
  )
}
