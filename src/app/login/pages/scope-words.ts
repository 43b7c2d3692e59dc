import { resourceScope } from '../../../safeguard/login/registered-scope.ts'

const CONTEXT: Readonly<Record<string, string>> = {
  openid: 'know who you are',
  fhirUser: 'know who you are',
  profile: 'know your name',
  launch: 'know whose record is open',
  'launch/patient': 'know whose record you chose',
  offline_access: 'keep this access for up to two weeks after you sign out',
  online_access: 'keep this access until you sign out',
}

/** "MedicationRequest" as "medication requests"; "*" is everything. */
function typeWords(type: string): string {
  if (type === '*') return 'everything'
  return `${type.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase()} entries`
}

/** What a scope lets an app do, in plain words after "It wants to". */
export function scopeWords(text: string): string {
  const known = CONTEXT[text]
  if (known !== undefined) return known
  const scope = resourceScope(text)
  if (scope === undefined) return text
  const { verbs, codes } = scope
  const does = [
    ...(verbs.has('r') || verbs.has('s') ? ['see'] : []),
    ...(verbs.has('c') ? ['add'] : []),
    ...(verbs.has('u') ? ['change'] : []),
    ...(verbs.has('d') ? ['delete'] : []),
  ]
  const whose = scope.level === 'patient' ? 'in this patient’s record' : 'in every record that you may open'
  const only = (codes ?? []).map((code) => code.split('|').at(-1)).join(', ')
  return `${does.join(', ')} ${typeWords(scope.type)} ${whose}${only === '' ? '' : ` (only ${only})`}`
}
