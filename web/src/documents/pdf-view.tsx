import { Button, Group, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { useEffect, useRef, useState } from 'react'
import type { ReadAt } from '../../../src/intake/pdf/report-facts.ts'
import { Waiting } from '../parts/waiting.tsx'

GlobalWorkerOptions.workerSrc = worker

/** A place on the document that something was read from. */
interface Spot {
  readonly key: string
  readonly name: string
  readonly at: ReadAt
}

interface PdfViewProps {
  readonly bytes: Uint8Array
  readonly spots: readonly Spot[]
  readonly chosen: string | undefined
  readonly choose: (key: string) => void
}

/** The document as it was sent, page by page, with the places that proposals come from. */
export function PdfView({ bytes, spots, chosen, choose }: PdfViewProps) {
  const [loaded, setLoaded] = useState<{ readonly of: Uint8Array; readonly pdf: PDFDocumentProxy }>()
  // No page is asked of a document that was given up for other bytes.
  const pdf = loaded?.of === bytes ? loaded.pdf : undefined
  const [failed, setFailed] = useState(false)
  const [shown, setShown] = useState(1)
  const spot = spots.find((one) => one.key === chosen)
  useEffect(() => {
    // The reader takes the bytes away from their owner.
    const task = getDocument({ data: bytes.slice(), useWasm: false, verbosity: 0 })
    let wanted = true
    task.promise.then(
      (got) => wanted && setLoaded({ of: bytes, pdf: got }),
      () => wanted && setFailed(true),
    )
    return () => {
      wanted = false
      setLoaded(undefined)
      void task.destroy()
    }
  }, [bytes])
  const chosenPage = spot?.at.page
  useEffect(() => {
    if (chosenPage !== undefined) setShown(chosenPage)
  }, [chosenPage])
  if (failed)
    return (
      <p className="fault" role="alert">
        The document cannot be drawn here. Open the PDF itself and compare it with what was read.
      </p>
    )
  if (pdf === undefined) return <Waiting what="the document" />
  return (
    <>
      {pdf.numPages > 1 && (
        <Group gap="sm" mb="xs" className="pages">
          <Button variant="default" size="xs" disabled={shown <= 1} onClick={() => setShown(shown - 1)}>
            Page before
          </Button>
          <Text size="sm" role="status">
            Page {shown} of {pdf.numPages}
          </Text>
          <Button
            variant="default"
            size="xs"
            disabled={shown >= pdf.numPages}
            onClick={() => setShown(shown + 1)}
          >
            Next page
          </Button>
        </Group>
      )}
      <div className="paper">
        <Sheet pdf={pdf} number={shown} spots={spots} chosen={chosen} choose={choose} />
      </div>
    </>
  )
}

interface SheetProps extends Omit<PdfViewProps, 'bytes'> {
  readonly pdf: PDFDocumentProxy
  readonly number: number
}

function Sheet({ pdf, number, spots, chosen, choose }: SheetProps) {
  const [page, setPage] = useState<PDFPageProxy>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { ref, width } = useElementSize<HTMLDivElement>()
  useEffect(() => {
    let wanted = true
    void pdf.getPage(number).then((got) => wanted && setPage(got))
    return () => {
      wanted = false
    }
  }, [pdf, number])
  useEffect(() => {
    if (page === undefined || width === 0 || canvas.current === null) return
    const sharp = window.devicePixelRatio || 1
    const viewport = page.getViewport({ scale: (width / page.getViewport({ scale: 1 }).width) * sharp })
    canvas.current.width = Math.round(viewport.width)
    canvas.current.height = Math.round(viewport.height)
    const task = page.render({ canvas: canvas.current, viewport })
    // Drawn anew for another width: the drawing before is given up.
    task.promise.catch((error: unknown) => {
      if ((error as Error).name !== 'RenderingCancelledException') throw error
    })
    return () => task.cancel()
  }, [page, width])
  const size = page?.getViewport({ scale: 1 })
  return (
    <div className="sheet" ref={ref}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Page ${number} of the document as it was sent`}
        style={size === undefined ? undefined : { aspectRatio: `${size.width} / ${size.height}` }}
      />
      {size !== undefined &&
        spots
          .filter(({ at }) => at.page === number)
          .map((spot) => (
            <SpotBox
              key={spot.key}
              spot={spot}
              size={size}
              chosen={spot.key === chosen}
              choose={() => choose(spot.key)}
            />
          ))}
    </div>
  )
}

interface SpotBoxProps {
  readonly spot: Spot
  readonly size: { readonly width: number; readonly height: number }
  readonly chosen: boolean
  readonly choose: () => void
}

/** Points around the words, so that the frame does not touch them. */
const ROOM = 3

function SpotBox({ spot, size, chosen, choose }: SpotBoxProps) {
  const box = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const side = box.current?.closest('.paper')
    // Only the page moves, never the window: the card that was chosen stays where it is.
    if (chosen && side) side.scrollTo({ top: (box.current?.offsetTop ?? 0) - side.clientHeight / 3 })
  }, [chosen])
  const { left, top, right, bottom } = spot.at.box
  const percent = (points: number, of: number) => `${(100 * points) / of}%`
  return (
    <button
      ref={box}
      type="button"
      className={chosen ? 'spot chosen' : 'spot'}
      // The cards beside the page are the way for the keyboard.
      tabIndex={-1}
      aria-label={`${spot.name} on the page`}
      onClick={choose}
      style={{
        left: percent(left - ROOM, size.width),
        top: percent(top - ROOM, size.height),
        width: percent(right - left + 2 * ROOM, size.width),
        height: percent(bottom - top + 2 * ROOM, size.height),
      }}
    />
  )
}
