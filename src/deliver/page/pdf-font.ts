import { createRequire } from 'node:module'
import { type Font, openSync } from 'fontkit'

const resolve = createRequire(import.meta.url).resolve
const roboto = (style: string) => resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`)
const dejaVu = resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff')

/** The fonts of the PDF: Roboto, and DejaVu Sans for single characters that Roboto lacks (arrows, rare letters). */
export const FONTS = {
  Roboto: {
    normal: roboto('Regular'),
    bold: roboto('Medium'),
    italics: roboto('Italic'),
    bolditalics: roboto('MediumItalic'),
  },
  DejaVu: { normal: dejaVu, bold: dejaVu, italics: dejaVu, bolditalics: dejaVu },
}

/** Printed for a character that neither font can print; `Speller.missed` then says so. */
export const BOX = '\u25a1'

/** Scripts written from right to left: the fonts have some of them, but words would come out in the wrong order. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

export interface Run {
  readonly text: string
  readonly font?: 'DejaVu'
}

/** Spells text with the fonts at hand, and remembers whether anything could not be printed. */
export class Speller {
  readonly #main: Font = openFont(FONTS.Roboto.normal)
  readonly #second: Font = openFont(dejaVu)
  #missed = false

  get missed(): boolean {
    return this.#missed
  }

  runs(text: string): readonly Run[] {
    const runs: { text: string; font?: 'DejaVu' }[] = []
    for (const character of text.replace(/\p{Cc}/gu, ' ')) {
      const { font, text: drawn } = this.#spell(character)
      const last = runs.at(-1)
      if (last !== undefined && last.font === font) last.text += drawn
      else runs.push(font === undefined ? { text: drawn } : { text: drawn, font })
    }
    return runs
  }

  #spell(character: string): { text: string; font: 'DejaVu' | undefined } {
    const point = character.codePointAt(0)!
    if (point < 0x80 || this.#main.hasGlyphForCodePoint(point)) return { text: character, font: undefined }
    if (this.#second.hasGlyphForCodePoint(point) && !RIGHT_TO_LEFT.test(character))
      return { text: character, font: 'DejaVu' }
    this.#missed = true
    return { text: BOX, font: 'DejaVu' }
  }
}

function openFont(path: string): Font {
  const font = openSync(path)
  if ('fonts' in font) throw new Error(`${path} is a collection of fonts`)
  return font
}
