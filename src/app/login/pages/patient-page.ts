import { html } from '../../../deliver/page/html-text.ts'
import type { PatientLine } from '../../../store/people/people-store.ts'
import { howMany } from '../../../terms/how-many.ts'
import { pageText } from './page-frame.ts'

interface PatientView {
  readonly action: string
  readonly csrf: string
  readonly client: string
  readonly search: string
  readonly found: readonly PatientLine[]
  /** How many match in all. */
  readonly total: number
}

/** Whose record an app opens with. What is searched travels in the form, never in an address. */
export function patientPage({ action, csrf, client, search, found, total }: PatientView): string {
  const body = html`<p>${client} opens with the record of one patient. Choose whose.</p>
<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">
<div class="find"><label>Search <span class="hint">by name or identifier</span>
<input type="search" name="search" value="${search}"></label>
<button type="submit" class="plain">Search</button></div>
<p class="soft" role="status">${total === 0 ? 'Nobody matches this search.' : words(found.length, total)}</p>
<ul>${found.map(
    (one) =>
      html`<li><button class="row" type="submit" name="patient" value="${one.id}"><strong>${one.name ?? 'Name not known'}</strong>
<span class="soft">${[one.birthDate === undefined ? undefined : `born ${one.birthDate}`, one.identifiers[0]?.value ?? one.id].filter((part) => part !== undefined).join(' · ')}</span></button></li>`,
  )}</ul>
<div class="acts"><button type="submit" name="decision" value="deny" class="plain">Cancel</button></div>
</form>`
  return pageText('Choose a patient', body)
}

function words(shown: number, total: number): string {
  if (shown < total) return `${shown} of ${total} patients; type more of the name to narrow it`
  return howMany(total, 'patient')
}
