import { Fault } from '../../terms/fault.ts'

/** Where something stands on a page: points (1/72 inch) from the upper left corner. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A word, or several that were written as one. */
export interface PdfWord {
  readonly text: string
  readonly box: Box
}

export interface PdfPage {
  /** 1 is the first. */
  readonly number: number
  readonly width: number
  readonly height: number
  readonly words: readonly PdfWord[]
}

/** Pages that are read at most: a report, not an archive. */
const MOST_PAGES = 200

/**
 * The words of a PDF with their places. Throws PDF_MALFORMED, PDF_ENCRYPTED, PDF_TOO_LONG, and PDF_NO_TEXT when no page
 * has text: a scan must be read by a person.
 */
export async function readPdfWords(bytes: Uint8Array, where: string): Promise<readonly PdfPage[]> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    // The reader takes the bytes away from their owner.
    data: Uint8Array.from(bytes),
    useSystemFonts: true,
    disableFontFace: true,
    verbosity: 0,
  })
  try {
    const document = await task.promise.catch((error: unknown) => {
      throw unreadable(error, where)
    })
    if (document.numPages > MOST_PAGES) {
      throw new Fault(
        'PDF_TOO_LONG',
        where,
        `the document has ${document.numPages} pages`,
        `Send the report alone, at most ${MOST_PAGES} pages.`,
      )
    }
    const pages: PdfPage[] = []
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const { width, height, transform } = page.getViewport({ scale: 1 })
      const content = await page.getTextContent()
      const words = content.items.flatMap((item) => ('str' in item ? wordsOf(item, transform) : []))
      pages.push({ number, width, height, words })
      page.cleanup()
    }
    if (pages.every((page) => page.words.length === 0)) {
      throw new Fault(
        'PDF_NO_TEXT',
        where,
        'no page has text: it is a scan or a picture',
        'Read it and enter the results by hand, or ask the laboratory for a text PDF or a message.',
      )
    }
    return pages
  } finally {
    await task.destroy()
  }
}

interface TextItem {
  readonly str: string
  /** Matrix of the text in PDF units, y upwards. */
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
}

/** One item may hold several words, or cells of a table that stand side by side: it is cut at every gap of spaces. */
function wordsOf(item: TextItem, viewport: readonly number[]): readonly PdfWord[] {
  const { str, transform, width, height } = item
  if (str.trim() === '') return []
  const [a = 1, b = 0, , , e = 0, f = 0] = transform
  const [, , , d = -1, , top = 0] = viewport
  // Text that does not run from left to right is not part of a line.
  if (Math.abs(b) > Math.abs(a)) return []
  const baseline = d * f + top
  const size = height > 0 ? height : Math.hypot(a, b)
  const each = width / [...str].length
  const words: PdfWord[] = []
  for (const match of str.matchAll(/\S+/g)) {
    const before = [...str.slice(0, match.index)].length
    const left = e + before * each
    words.push({
      text: match[0],
      box: {
        left: round(left),
        top: round(baseline - size),
        right: round(left + [...match[0]].length * each),
        bottom: round(baseline + size * 0.25),
      },
    })
  }
  return words
}

function round(points: number): number {
  return Math.round(points * 10) / 10
}

function unreadable(error: unknown, where: string): Fault {
  const { name } = error as Error
  return name === 'PasswordException'
    ? new Fault(
        'PDF_ENCRYPTED',
        where,
        'the document asks for a password',
        'Ask the laboratory for one without.',
      )
    : new Fault(
        'PDF_MALFORMED',
        where,
        'this is not a PDF that can be read',
        'Send the file as the laboratory made it.',
      )
}
