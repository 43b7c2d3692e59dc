import { Button } from '@mantine/core'
import { useState } from 'react'
import type { UnmappedCode } from '../../../src/store/messages/message-store.ts'
import { useMapCode, useUnmapped } from '../api/exchange.ts'
import { dayAndTime } from '../parts/day-and-time.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { MapForm } from './map-form.tsx'

/** Codes of senders that nobody has explained: their results are kept, and no advice rests on them. */
export function CodesPart() {
  const codes = useUnmapped()
  const [said, setSaid] = useState<string>()
  return (
    <>
      <p>
        Local codes that nobody has explained. Results under them are kept with the person, and no advice
        rests on them until you say what they mean.
      </p>
      <p aria-live="polite" className={said === undefined ? 'hidden' : 'stored'}>
        {said}
      </p>
      {codes.isError && <ErrorNote error={codes.error} />}
      {codes.isPending && <Waiting what="the codes" />}
      {codes.data?.length === 0 && <p>Every code is explained.</p>}
      {codes.data !== undefined && codes.data.length > 0 && (
        <ul className="codes-open">
          {codes.data.map((code) => (
            <Code key={`${code.sender} ${code.system} ${code.code}`} code={code} say={setSaid} />
          ))}
        </ul>
      )}
    </>
  )
}

function Code({ code, say }: { readonly code: UnmappedCode; readonly say: (words: string) => void }) {
  const [open, setOpen] = useState(false)
  const map = useMapCode(code.sender)
  const name = `${code.system} ${code.code}`.trim()
  return (
    <li>
      <div className="code-line">
        <div>
          <strong className="mono">{name}</strong> {code.text ?? ''}
          <div className="soft">
            {code.sender} · {code.messages === 1 ? '1 message' : `${code.messages} messages`}, last{' '}
            {dayAndTime(code.lastAt)}
            {code.assumed && ' · read as LOINC, because number and name agree: confirm it or say what it is'}
          </div>
        </div>
        {!open && (
          <Button size="xs" variant="default" aria-label={`Explain ${name}`} onClick={() => setOpen(true)}>
            Explain
          </Button>
        )}
      </div>
      {open && (
        <MapForm
          name={`Explain ${name}`}
          busy={map.isPending}
          save={(target) =>
            map.mutate(
              { system: code.system, code: code.code, ...target },
              {
                onSuccess: (read) =>
                  say(
                    `${name} is explained. ${read === 1 ? '1 message was' : `${read} messages were`} read again.`,
                  ),
              },
            )
          }
          cancel={() => setOpen(false)}
          {...(code.assumed
            ? { start: { toSystem: 'http://loinc.org', toCode: code.code, toDisplay: code.text } }
            : {})}
        />
      )}
      {map.isError && <ErrorNote error={map.error} />}
    </li>
  )
}
