import { type Html, html } from '../../../deliver/page/html-text.ts'
import { SHORTEST_PASSWORD } from '../../../safeguard/login/password-policy.ts'
import { faultPart, pageText } from './page-frame.ts'

export interface SignInView {
  /** Where to go then: an address of this server. */
  readonly to: string
  readonly user: string
  readonly fault: string | undefined
  /** Asked for besides name and password. */
  readonly asks: { readonly code: boolean; readonly newPassword: boolean }
}

/** The form asks for everything anew at each step, so that nothing typed is kept between them. */
export function signInPage({ to, user, fault, asks }: SignInView): string {
  const body = html`${faultPart(fault)}
<form method="post" action="/sign-in">
<input type="hidden" name="to" value="${to}">
<label>Name<input type="text" name="user" value="${user}" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
<label>Password<input type="password" name="password" autocomplete="current-password" required></label>
${asks.code ? codeField() : undefined}
${asks.newPassword ? newPasswordField() : undefined}
<div class="acts"><button type="submit">Sign in</button></div>
</form>`
  return pageText('Sign in', body)
}

const codeField = (): Html =>
  html`<label>Code <span class="hint">of your authenticator app: 6 digits</span>
<input type="text" name="code" inputmode="numeric" autocomplete="one-time-code" required></label>`

const newPasswordField = (): Html =>
  html`<label>New password <span class="hint">at least ${SHORTEST_PASSWORD} characters: four words that nobody would guess do well</span>
<input type="password" name="newPassword" autocomplete="new-password" required></label>`
