import { type Html, html, ownHtml } from './html-text.ts'
import { LOOKS, type Mark, markDrawing } from './mark.ts'
import type { Link } from './source-link.ts'

/** Shape and word of a mark; the colour comes from the class. */
export function markHtml(mark: Mark): Html {
  return html`<span class="mark ${mark}">${ownHtml(markDrawing(mark, 14))} ${LOOKS[mark].word}</span>`
}

export function linksHtml(links: readonly Link[]): readonly Html[] {
  return links.map((link) => html` <a href="${link.url}" rel="noreferrer">${link.text}</a>`)
}

/** A titled list, or nothing when there is nothing to list. */
export function listHtml(title: string, items: readonly string[]): Html | undefined {
  if (items.length === 0) return undefined
  return html`<div class="note"><h4>${title}</h4><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></div>`
}

/** Lines of one table cell. */
export function linesHtml(lines: readonly string[], none: string): Html | readonly Html[] {
  return lines.length > 0
    ? lines.map((line) => html`<div>${line}</div>`)
    : html`<span class="none">${none}</span>`
}
