import type {
  ConsentReading,
  ConsentRule,
  Provision,
  ProvisionContent,
  RulePeriod,
} from '../../record/consent-rule.ts'
import { purposesCovering } from '../../record/purpose.ts'
import type { AskedContent, ConsentAsk } from './consent-ask.ts'

/** Whether a consent counts for the question at all: active, within its period, of the category, for the purpose. */
export function isInForce(consent: ConsentRule, ask: ConsentAsk, reading: ConsentReading): boolean {
  return (
    consent.active &&
    isWithin(consent.period, ask.at, reading) &&
    (ask.categories === undefined || meet(consent.categories, ask.categories)) &&
    isForPurpose(consent.purposes, ask, reading)
  )
}

/** Whether a provision is about the asker, the purpose and the time; its contents are looked at apart. */
export function isAddressed(provision: Provision, ask: ConsentAsk, reading: ConsentReading): boolean {
  const { actors, type } = provision
  // Who is denied without being named usably is everybody.
  const everybody = reading === 'deny-overrides' && type === 'deny'
  return (
    (actors === undefined || meet(actors, ask.actors) || (everybody && actors.includes('*'))) &&
    isForPurpose(provision.purposes, ask, reading) &&
    isWithin(provision.period, ask.at, reading) &&
    (reading === 'newest-wins' || provision.aboutReading)
  )
}

function isWithin({ from, lastBegins, until }: RulePeriod, at: string, reading: ConsentReading): boolean {
  const now = Date.parse(at)
  if (Number.isNaN(now)) throw new RangeError(`the question has no instant: "${at}"`)
  if (from !== undefined && now < from) return false
  if (reading === 'newest-wins') return lastBegins === undefined || now <= lastBegins
  return until === undefined || now < until
}

function isForPurpose(
  purposes: readonly string[] | undefined,
  { purpose }: ConsentAsk,
  reading: ConsentReading,
): boolean {
  if (purposes === undefined || purpose === undefined) return true
  return meet(purposes, reading === 'newest-wins' ? [purpose] : purposesCovering(purpose))
}

/** Any one of the stated labels, classes, codes or resources is in what is asked for: enough for a denial. */
export function touches(content: ProvisionContent, asked: AskedContent): boolean {
  return (
    content.untestable ||
    meet(content.classes, asked.classes) ||
    meet(content.labelsMeant, asked.labels) ||
    meet(content.codes, asked.codes) ||
    (asked.resource !== undefined && content.resources.includes(asked.resource))
  )
}

/** Everything that is stated holds of what is asked for: needed for a permission. */
export function covers(content: ProvisionContent, asked: AskedContent): boolean {
  return (
    !content.untestable &&
    (content.classes.length === 0 || meet(content.classes, asked.classes)) &&
    (content.labelsMeant.length === 0 || meet(content.labelsMeant, asked.labels)) &&
    (content.codes.length === 0 || meet(content.codes, asked.codes)) &&
    (content.resources.length === 0 ||
      (asked.resource !== undefined && content.resources.includes(asked.resource)))
  )
}

export function meet(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.includes(one))
}
