import type { PatientView, PersonName } from '../../intake/hl7v2/segment/patient-view.ts'
import type { Identifier, PatientDetails } from '../../store/person.ts'

/** Which part of an identity speaks against it being the same person. */
type Contradiction = 'birth date' | 'sex' | 'name' | 'identifier'

/**
 * What speaks against a message being about a person whose identifier it carries. An identifier is typed by hand often
 * enough that a wrong one must not carry a result into another chart.
 *   birth date   both known, and one is not the beginning of the other
 *   sex          one female, the other male
 *   identifier   the same authority gave the two different numbers
 *   name         no given name agrees (an initial does); or no family name does, unless given name and the whole birth
 *                date agree, as after a marriage
 */
export function contradictionsOf(view: PatientView, person: PatientDetails): readonly Contradiction[] {
  const found: Contradiction[] = []
  const sameDay =
    view.birthDate !== undefined && view.birthDate === person.birthDate && view.birthDate.length === 10
  if (!isBeginning(view.birthDate, person.birthDate)) found.push('birth date')
  const sexes = new Set([view.sex, person.sex])
  if (sexes.has('female') && sexes.has('male')) found.push('sex')
  if (!sharesIdentifier(view.identifiers, person.identifiers)) found.push('identifier')
  if (!isSameName(view.name, person.name, sameDay)) found.push('name')
  return found
}

function isBeginning(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one.startsWith(other) || other.startsWith(one)
}

/** Of every authority that gave numbers to both, one number is the same. */
function sharesIdentifier(sent: readonly Identifier[], known: readonly Identifier[]): boolean {
  return sent.every(({ system }) => {
    const mine = known.filter((one) => one.system === system)
    const theirs = sent.filter((one) => one.system === system)
    return mine.length === 0 || mine.some((one) => theirs.some((other) => other.value === one.value))
  })
}

function isSameName(sent: PersonName | undefined, known: string | undefined, sameDay: boolean): boolean {
  const stored = wordsOf(known)
  if (sent === undefined || stored.length === 0) return true
  const family = wordsOf(sent.family)
  const given = sent.given.flatMap(wordsOf)
  const familyAgrees = family.length === 0 || family.some((word) => stored.includes(word))
  // A word that stands for the family name cannot stand for the given name as well.
  const others = stored.filter((word) => !family.includes(word))
  const givenAgrees =
    given.length === 0 ||
    others.length === 0 ||
    given.some((word) =>
      others.some((other) => other === word || isInitial(other, word) || isInitial(word, other)),
    )
  if (familyAgrees && givenAgrees) return true
  return givenAgrees && given.length > 0 && others.length > 0 && sameDay
}

function isInitial(initial: string, word: string): boolean {
  return initial.length === 1 && word.startsWith(initial)
}

/** Words of a name without case, accents and punctuation. */
function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
}

/** Whether a new person may be somebody who is registered under another identifier: name, birth date and sex agree. */
export function looksLike(view: PatientView, person: PatientDetails): boolean {
  if (view.birthDate === undefined || view.birthDate !== person.birthDate) return false
  const without = { ...view, identifiers: [] }
  return (
    view.name !== undefined && person.name !== undefined && contradictionsOf(without, person).length === 0
  )
}
