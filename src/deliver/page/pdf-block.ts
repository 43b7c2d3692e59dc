import type { Content, ContentTable, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'
import { LOOKS, type Mark, markDrawing } from './mark.ts'
import type { Run, Speller } from './pdf-font.ts'
import type { Link } from './source-link.ts'

/** Width inside the margins of an A4 page, points. */
export const INNER_WIDTH = 515
const SOFT = '#51596a'
const LINE = '#d5dae2'

type Style = { readonly [key: string]: unknown }

/** The pieces a page is built from. Every text goes through the speller, so no character is dropped. */
export class Blocks {
  readonly #speller: Speller

  constructor(speller: Speller) {
    this.#speller = speller
  }

  text(text: string, style: Style = {}): Content & { text: Run[] } {
    return { text: [...this.#speller.runs(text)], ...style }
  }

  soft(text: string, style: Style = {}): Content {
    return this.text(text, { color: SOFT, fontSize: 8, ...style })
  }

  /** Lines of one cell, or a soft word for none. */
  lines(lines: readonly string[], none: string): Content {
    return lines.length > 0 ? { stack: lines.map((line) => this.text(line)) } : this.soft(none)
  }

  h2(text: string): Content {
    return [
      this.text(text, {
        fontSize: 13,
        bold: true,
        margin: [0, 14, 0, 2],
        headlineLevel: 1,
        outline: true,
        outlineText: text,
      }),
      {
        canvas: [{ type: 'line', x1: 0, y1: 0, x2: INNER_WIDTH, y2: 0, lineWidth: 1.2 }],
        margin: [0, 0, 0, 5],
      },
    ]
  }

  h3(text: string): Content {
    return this.text(text, { fontSize: 10.5, bold: true, margin: [0, 7, 0, 3] })
  }

  mark(mark: Mark): Content {
    const look = LOOKS[mark]
    return {
      columns: [
        { svg: markDrawing(mark, 8), width: 9, margin: [0, 1.6, 0, 0] },
        this.text(look.word, { bold: true, color: look.ink, width: 'auto' }),
      ],
      columnGap: 3,
    }
  }

  /** "Label  value" rows. */
  facts(rows: readonly (readonly [label: string, value: Content | string])[], labelWidth = 68): Content {
    return {
      stack: rows.map(([label, value]) => ({
        columns: [
          this.text(label, { width: labelWidth, color: SOFT }),
          typeof value === 'string' ? this.text(value, { width: '*' }) : { stack: [value], width: '*' },
        ],
        columnGap: 6,
        margin: [0, 0, 0, 1],
      })),
    }
  }

  list(title: string, items: readonly string[]): Content[] {
    if (items.length === 0) return []
    const [first, ...others] = items
    const list = (some: readonly string[]): Content => ({
      ul: some.map((item) => this.text(item)),
      margin: [4, 0, 0, 0],
    })
    const top = {
      stack: [this.text(title, { bold: true, margin: [0, 4, 0, 1] }), list([first!])],
      unbreakable: true,
    }
    return others.length > 0 ? [top, list(others)] : [top]
  }

  /** A paragraph that begins with its own title. */
  titled(title: string, text: string): Content {
    const bold = this.#speller.runs(title).map((run) => ({ ...run, bold: true }))
    return { text: [...bold, ...this.#speller.runs(text)], margin: [0, 4, 0, 1] }
  }

  links(links: readonly Link[]): Run[] {
    return links.flatMap((link) => [
      { text: '  ' },
      ...this.#speller.runs(link.text).map((run) => ({ ...run, link: link.url, color: '#14508c' })),
    ])
  }

  table(
    head: readonly string[],
    widths: (number | string)[],
    rows: readonly (readonly Content[])[],
  ): ContentTable {
    const heading = head.map((text) => this.text(text, { bold: true, color: SOFT, fontSize: 8 }))
    const body = [heading, ...rows.map((row) => [...row])] as TableCell[][]
    return {
      table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body },
      layout: RULED,
      margin: [0, 2, 0, 8],
    }
  }

  /** A strip: mark, name, and what to say about it; coloured when it is to be acted on now. */
  strip(mark: Mark, name: string, what: string, small: string, kind: 'now' | 'later' = 'now'): Content {
    const { ink } = LOOKS[mark]
    const paper = kind === 'now' ? LOOKS[mark].paper : '#ffffff'
    const padding = () => (kind === 'now' ? 4 : 1.5)
    const body = { stack: [this.text(what, { fontSize: 9.5 }), this.soft(small)] }
    return {
      table: {
        widths: [64, 92, '*'],
        dontBreakRows: true,
        body: [[this.mark(mark), this.text(name, { bold: true, fontSize: 9.5 }), body]],
      },
      layout: {
        ...STRIP,
        paddingTop: padding,
        paddingBottom: padding,
        fillColor: () => paper,
        vLineColor: () => ink,
      },
      margin: [0, 0, 0, kind === 'now' ? 3 : 1],
    }
  }
}

const RULED: CustomTableLayout = {
  hLineWidth: (i) => (i === 0 ? 0 : i === 1 ? 1 : 0.5),
  hLineColor: (i) => (i === 1 ? '#1c2430' : LINE),
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 7,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
}

const STRIP: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: (i) => (i === 0 ? 3 : 0),
  paddingLeft: () => 6,
  paddingRight: () => 4,
}
