import { interactionPolicy } from 'oidc-provider'

const { base, Check, Prompt } = interactionPolicy

/**
 * Every authorization begins with who is signed in on our page, and every one is agreed to: a grant is about one person's
 * record, and is never used again for the next.
 */
export function everyTimeAnew(): interactionPolicy.DefaultPolicy {
  const policy = base()
  policy.remove('consent')
  policy.add(
    new Prompt(
      { name: 'consent', requestable: true },
      new Check('not_agreed', 'the access was not agreed to', 'consent_required', ({ oidc }) =>
        oidc.result?.consent === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
      ),
    ),
  )
  return policy
}
