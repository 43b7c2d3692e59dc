import { html } from '../../../deliver/page/html-text.ts'
import { pageText } from './page-frame.ts'

/** One sentence, and the way back. */
export function messagePage(title: string, text: string): string {
  return pageText(title, html`<p>${text}</p><p>Close this window, or start again from the app.</p>`)
}
