import { type Html, html } from '../../../deliver/page/html-text.ts'
import { SHORTEST_PASSWORD } from '../../../safeguard/login/password-policy.ts'
import { faultPart, pageText } from './page-frame.ts'

export interface SignInView {
  /** Where to go then: an address of this server. */
  readonly to: string
  readonly user: string
  readonly fault: string | undefined
  /** A second factor to be set up: its secret in Base32, and as an otpauth address. */
  readonly setUp: { readonly secret: string; readonly uri: string } | undefined
  /** Asked for besides name and password. */
  readonly asks: { readonly code: boolean; readonly newPassword: boolean }
}

/** The form asks for everything anew at each step, so that nothing typed is kept between them. */
export function signInPage({ to, user, fault, setUp, asks }: SignInView): string {
  const body = html`${faultPart(fault)}${setUp === undefined ? undefined : setUpPart(setUp)}
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

/** Copied by hand, or opened on the telephone itself: a picture would need a script or another party. */
const setUpPart = ({ secret, uri }: NonNullable<SignInView['setUp']>): Html =>
  html`<p>Add an account to your authenticator app with this key, or <a href="${uri}">open it in the app</a> if it is on this device. Then type your password again, and the code that the app shows.</p>
<p class="key"><code>${secret.match(/.{1,4}/g)!.join(' ')}</code></p>`

const codeField = (): Html =>
  html`<label>Code <span class="hint">of your authenticator app: 6 digits</span>
<input type="text" name="code" inputmode="numeric" autocomplete="one-time-code" required></label>`

const newPasswordField = (): Html =>
  html`<label>New password <span class="hint">at least ${SHORTEST_PASSWORD} characters: four words that nobody would guess do well</span>
<input type="password" name="newPassword" autocomplete="new-password" required></label>`
