import { type Html, html } from '../../../deliver/page/html-text.ts'
import { isContextScope } from '../../../safeguard/login/registered-scope.ts'
import type { Patient } from '../../../store/people/people-store.ts'
import { pageText } from './page-frame.ts'
import { scopeWords } from './scope-words.ts'

interface ConsentView {
  /** Address of the form: this interaction. */
  readonly action: string
  readonly csrf: string
  readonly client: { readonly name: string; readonly goesTo: string }
  readonly user: string
  readonly patient: Patient | undefined
  readonly scopes: readonly string[]
}

/** What the app wants, and whose record it is about; each right to data can be left out. */
export function consentPage({ action, csrf, client, user, patient, scopes }: ConsentView): string {
  const rights = scopes.filter((one) => !isContextScope(one))
  const beside = [...new Set(scopes.filter(isContextScope).map(scopeWords))]
  const body = html`<p><strong>${client.name}</strong> asks for access on your behalf, <strong>${user}</strong>.</p>
<p class="soft">It runs at ${client.goesTo}</p>
${patient === undefined ? undefined : patientPart(patient)}
<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">
${patient === undefined ? undefined : html`<input type="hidden" name="patient" value="${patient.id}">`}
<h2>It wants to</h2>
${rights.map(
  (scope) =>
    html`<label class="check"><input type="checkbox" name="scope" value="${scope}" checked><span>${scopeWords(scope)} <span class="hint">${scope}</span></span></label>`,
)}
${beside.length === 0 ? undefined : html`<ul class="also">${beside.map((words) => html`<li>${words}</li>`)}</ul>`}
<div class="acts"><button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny" class="plain">Do not allow</button></div>
</form>`
  return pageText(`Open ${client.name}?`, body)
}

function patientPart({ name, birthDate, identifiers }: Patient): Html {
  const known = [birthDate === undefined ? undefined : `born ${birthDate}`, identifiers[0]?.value]
  return html`<div class="box"><strong>${name ?? 'Name not known'}</strong><br>
<span class="soft">${known.filter((one) => one !== undefined).join(' · ')}</span></div>`
}
