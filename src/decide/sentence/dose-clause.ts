import type { Action, Dose } from '../../knowledge/guideline/guideline-rule.ts'
import { amountText, plainNumber, shareText, timesText } from './quantity.ts'

/** Which dose, as an adjective: "standard starting dose". */
const NAMED: Readonly<Record<Dose['of'], string>> = {
  start: 'starting dose',
  'lowest-start': 'lowest starting dose',
  maintenance: 'maintenance dose',
  maximum: 'maximum dose',
  loading: 'loading dose',
  subsequent: 'dose after the loading dose',
  daily: 'daily dose',
  any: 'dose',
}

/** The dose that a change is about, as in "adjust …": "the starting dose". */
export function namedDose(dose: Dose | undefined): string {
  if (dose === undefined || dose.of === 'any') return 'the dose'
  return dose.of === 'subsequent' ? 'later doses' : `the ${NAMED[dose.of]}`
}

/** DOSE_DECREASE, DOSE_INCREASE: "use 75% of the standard dose", "start at 1.5 times the standard dose (150 mg/day)". */
export function changedDose(action: Action): string {
  const dose = action.dose ?? { of: 'any' as const }
  const share = dose.percentOfStandard
  const verb = action.code === 'DOSE_INCREASE' ? 'increase' : 'reduce'
  if (share === undefined) return `${unquantified(dose, verb)}${tail(dose)}`
  if (action.code === 'DOSE_INCREASE' && share.from === 100 && share.to > 100)
    return `increase ${namedDose(dose)}, to at most ${shareText(share.to, share.to)} the standard dose${tail(dose)}`
  return `${shareOf(dose, shareText(share.from, share.to, dose.bound))}${tail(dose)}`
}

function unquantified(dose: Dose, verb: string): string {
  const to = dose.amount === undefined ? '' : ` to ${amountText(dose.amount)}`
  if (to === '' && dose.of === 'start') return `start at a ${verb === 'reduce' ? 'lower' : 'higher'} dose`
  return `${verb} ${namedDose(dose)}${to}`
}

function shareOf(dose: Dose, share: string): string {
  switch (dose.of) {
    case 'start':
      return `start at ${share} the standard ${dose.timesPerWeek === undefined ? '' : 'daily '}dose`
    case 'lowest-start':
      return `start at ${share === '100% of' ? '' : `${share} `}the lowest recommended starting dose`
    case 'subsequent':
      return `after the loading dose, use ${share} the standard dose`
    case 'maximum':
      return `use at most ${share} the standard maximum dose`
    case 'any':
      return `use ${share} the standard dose`
    default:
      return `use ${share} the standard ${NAMED[dose.of]}`
  }
}

/** DOSE_SET and a STANDARD with numbers: "start at 400 mg/day", "give a 600 mg loading dose", "give 84 mg once daily". */
export function statedDose(dose: Dose): string {
  if (dose.amount === undefined) return scheduleOnly(dose)
  const amount = `${amountText(dose.amount)}${dose.bound === 'at-least' ? ' or more' : ''}`
  switch (dose.of) {
    case 'start':
    case 'lowest-start':
      return `start at ${amount}${tail(dose)}`
    case 'loading':
      return `give a loading dose of ${amount}${tail(dose)}`
    case 'maintenance':
      return `use a maintenance dose of ${amount}${tail(dose)}`
    case 'subsequent':
      return `after the loading dose, give ${amount}${tail(dose)}`
    default:
      return `give ${amount}${tail(dose)}`
  }
}

/** A dose that an INFORM action only announces: "expect a maintenance dose of 5–7 mg/day". */
export function expectedDose(dose: Dose): string {
  return `expect a ${NAMED[dose.of]}${dose.amount === undefined ? '' : ` of ${amountText(dose.amount)}`}${tail(dose)}`
}

function scheduleOnly(dose: Dose): string {
  const often = dose.timesPerDay ?? dose.timesPerWeek
  if (often === undefined && dose.course === undefined) return `adjust ${namedDose(dose)}`
  if (dose.of === 'daily' && dose.timesPerDay !== undefined && dose.timesPerDay > 1)
    return `divide the daily dose into ${plainNumber(dose.timesPerDay)} doses`
  return `give ${namedDose(dose)}${tail(dose)}`
}

/** LIMIT_DOSE: what must not be exceeded, "10 mg/day (68–75% of the standard maximum dose)". */
export function dosageLimit(dose: Dose): string {
  const share = dose.percentOfStandard
  const percent =
    share === undefined
      ? ''
      : `${shareText(share.from, share.to)} the standard ${dose.of === 'maximum' || dose.of === 'daily' ? 'maximum ' : ''}dose`
  const amounts = [dose.amount, dose.max]
    .filter((one) => one !== undefined)
    .map((one) => `${amountText(one)}${one.per === 'dose' ? ' per dose' : ''}`)
  if (amounts.length === 0) return percent === '' ? 'the standard dose' : percent
  const per = dose.timesPerDay === undefined ? '' : ` ${timesText(dose.timesPerDay, 'daily')}`
  return `${amounts.join(' or ')}${amounts.length > 1 ? ' in all' : ''}${per}${percent === '' ? '' : ` (${percent})`}`
}

/** What follows a dose: schedule, upper limit, course, worked examples, and the standard it was meant for. */
function tail(dose: Dose): string {
  const parts: string[] = []
  if (dose.timesPerDay !== undefined) parts.push(` ${timesText(dose.timesPerDay, 'daily')}`)
  if (dose.timesPerWeek !== undefined) {
    const instead = dose.percentOfStandard !== undefined && dose.timesPerDay === undefined
    parts.push(` ${timesText(dose.timesPerWeek, 'weekly')}${instead ? ' instead of daily' : ''}`)
  }
  if (dose.course !== undefined) parts.push(courseText(dose.course))
  const notes: string[] = []
  if (dose.examples !== undefined) notes.push(dose.examples.map(amountText).join(' or '))
  if (dose.standard !== undefined) notes.push(`of a standard ${dose.standard.map(amountText).join(' or ')}`)
  if (notes.length > 0) parts.push(` (${notes.join(', ')})`)
  if (dose.max !== undefined)
    parts.push(`, ${dose.bound === 'below' ? 'below' : 'at most'} ${amountText(dose.max)}`)
  return parts.join('')
}

/** " for 8 weeks", " as a single dose". */
function courseText({ count, unit }: NonNullable<Dose['course']>): string {
  if (unit === 'dose' && count === 1) return ' as a single dose'
  return ` for ${count} ${unit}${count === 1 ? '' : 's'}`
}
