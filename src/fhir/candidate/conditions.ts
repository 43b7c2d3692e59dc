import { isIcd10, isSnomed } from '../../knowledge/code-system.ts'
import { type ConditionMap, conditionMap, type MappedGroups, NO_CODE } from '../../knowledge/condition-map.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { diagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import { KIDNEYS, type LabelCondition, labelConditions } from '../../knowledge/tumor/label-conditions.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import { tumourTypeOf } from '../../knowledge/tumor/tumour-code.ts'
import type { NotUnderstood, PersonCondition, PersonConditions } from '../../record/person-condition.ts'
import type { Resource } from '../../record/resource.ts'
import { type Coded, codings } from '../genomics/component.ts'
import { measuredKidneys, stagedKidneys } from './kidneys.ts'
import { claims } from './observed.ts'

const PRESENT: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse'])
const TAKEN_BACK: ReadonlySet<string> = new Set(['refuted', 'entered-in-error'])
const DOUBTED: ReadonlySet<string> = new Set(['unconfirmed', 'provisional', 'differential'])

/**
 * Conditions of a record that labels of cancer drugs speak of: by codes of ICD-10, else by the map of the site, else by their names, which says less and is told.
 * What is neither is not understood, and said to be so. A tumour is left out: labels speak of it as their indication.
 */
export function conditionsAmong(resources: readonly Resource[], facts: Facts): PersonConditions {
  const labels = labelConditions(facts)
  const { conditions } = labels
  const present = new Map<string, PersonCondition>()
  const possible = new Map<string, PersonCondition>()
  const notUnderstood = new Map<string, NotUnderstood>()
  const map = conditionMap(facts)
  let recorded = 0
  for (const one of resources) {
    if (one.resourceType !== 'Condition' || !isPresent(one)) continue
    const said = codings(one['code'])
    const meaning = meaningOf(said, conditions, map)
    if ((meaning ?? []).length === 0 && isTumour(one, said, facts)) continue
    recorded += 1
    if (meaning === undefined) {
      const says = notUnderstoodText(said)
      notUnderstood.set(says, { says, named: nameOf(said) !== undefined })
      continue
    }
    const unconfirmed = codings(one['verificationStatus']).find(({ code }) => DOUBTED.has(code ?? ''))?.code
    for (const its of meaning) {
      const found = {
        ...(its.key === KIDNEYS ? withStage(its, said, map, labels) : its),
        ...(unconfirmed === undefined ? {} : { doubt: unconfirmed }),
      }
      const into = found.doubt === undefined ? present : possible
      const before = into.get(found.key)
      // What a code says goes before what a name says, and worse kidneys before better ones.
      if (before === undefined || (before.byName && found.byName !== true) || isWorse(found, before))
        into.set(found.key, found)
    }
  }
  const measured = measuredKidneys(resources, labels)
  return {
    present: withMeasured(inOrder(present, conditions), measured),
    possible: inOrder(possible, conditions).filter(({ key }) => !present.has(key)),
    recorded,
    notUnderstood: [...notUnderstood.values()].sort((a, b) => (a.says < b.says ? -1 : 1)),
  }
}

/** With how ill the kidneys are, by the codes that are its own or of the map of the site, else by its name. */
function withStage(
  its: PersonCondition,
  said: readonly Coded[],
  map: ConditionMap,
  labels: ReturnType<typeof labelConditions>,
): PersonCondition {
  const own = said.filter(isInIcd10).map(({ code }) => code!)
  const mapped = said.flatMap(({ system = '', code }) =>
    code === undefined ? [] : (map(system, code) ?? []),
  )
  // Of alternatives nobody knows which it is.
  const sure = mapped.flatMap((group) => (group.length === 1 ? group : []))
  const clearance = stagedKidneys(own.length > 0 ? own : sure, nameOf(said), labels)
  return clearance === undefined ? its : { ...its, clearance }
}

function isWorse({ clearance }: PersonCondition, before: PersonCondition): boolean {
  if (clearance === undefined) return false
  return before.clearance === undefined || clearance.low < before.clearance.low
}

/** A number tells more than a stage, unless it says otherwise: then both stand. Kidneys that clear 90 mL/min or more are no condition. */
function withMeasured(
  present: readonly PersonCondition[],
  measured: PersonCondition | undefined,
): readonly PersonCondition[] {
  if (measured === undefined) return present
  const { low, high = Number.POSITIVE_INFINITY } = measured.clearance!
  const agrees = ({ clearance }: PersonCondition) =>
    clearance === undefined || (low >= clearance.low && high <= (clearance.high ?? Number.POSITIVE_INFINITY))
  const others = present.filter((one) => one.key !== KIDNEYS || !agrees(one))
  return low >= NORMAL ? others : [...others, measured]
}

/** mL/min. */
const NORMAL = 90

/** Conditions that it stands for, often none of those that labels speak of; undefined: it is not understood. */
function meaningOf(
  said: readonly Coded[],
  conditions: readonly LabelCondition[],
  map: ConditionMap,
): readonly PersonCondition[] | undefined {
  const coded = said.filter(isInIcd10)
  if (coded.length > 0)
    return conditions.flatMap(({ key, words, icd10 }) => {
      const hit = coded.find(({ code }) => icd10.some((start) => plain(code!).startsWith(plain(start))))
      return hit === undefined ? [] : [{ key, words, seen: seenText(hit.code!, hit.display ?? nameOf(said)) }]
    })
  const mapped = said.flatMap(({ system = '', code }) =>
    code === undefined ? [] : (map(system, code) ?? []),
  )
  if (mapped.length > 0) return mappedConditions(mapped, seenOf(said), conditions)
  const named = conditions.flatMap(({ key, words, names }): readonly PersonCondition[] => {
    const verdicts = said.flatMap(({ display = '' }) => names.map((wanted) => nameSays(display, wanted)))
    if (verdicts.includes('so')) return [{ key, words, seen: seenOf(said), byName: true }]
    return verdicts.includes('maybe')
      ? [{ key, words, seen: seenOf(said), byName: true, doubt: 'its name leaves it open' }]
      : []
  })
  return named.length === 0 ? undefined : named
}

/** Whether a name of a condition says that the person has `wanted` now; undefined: it does not speak of it, or of somebody without it. */
function nameSays(name: string, wanted: string): 'so' | 'maybe' | undefined {
  const [before, ...after] = ` ${wordsOf(name)} `.split(` ${wordsOf(wanted)} `)
  if (after.length === 0 || before === undefined) return undefined
  const rest = after.join(' ')
  if (NOT_BEFORE.test(before) || NOT_AFTER.test(rest)) return undefined
  return OPEN_BEFORE.test(before) || OPEN_AFTER.test(rest) ? 'maybe' : 'so'
}

// "Non-ischaemic cardiomyopathy" is one, and so is "chronic hepatitis B without delta agent".
const NOT_BEFORE =
  /\b(?:no|not|denies|without|absence|negative|family|fh|risk|screening|exposure|contact|vaccin\w*|immuni[sz]\w*|fear|wish\w*|desires?|planning|planned|counsel\w*|contracepti\w*|avoid\w*|prevention|prophylaxis|partner|spouse|mother|father|sibling)\b/
const NOT_AFTER =
  /\b(?:negative|excluded|ruled out|absent|screening|vaccin\w*|immuni[sz]\w*|immune|immunity|prophylaxis|prevention|counsel\w*|planning|wish\w*)\b/
const OPEN_BEFORE = /\b(?:suspected|possible|probable|history|hx|previous|prior|past|old|rule)\b/
const OPEN_AFTER = /\b(?:suspected|possible|probable|history|resolved|test|antibody|antibodies)\b/

/** A group whose alternatives are all of a condition is that condition; of which some are, may be. */
function mappedConditions(
  groups: MappedGroups,
  seen: string,
  conditions: readonly LabelCondition[],
): readonly PersonCondition[] {
  return conditions.flatMap(({ key, words, icd10 }): readonly PersonCondition[] => {
    const isOf = (code: string) => icd10.some((start) => plain(code).startsWith(plain(start)))
    const how = (group: readonly string[]) => `${seen}; by the map of this site ${meantBy(group)}`
    const sure = groups.find((group) => group.every(isOf))
    if (sure !== undefined) return [{ key, words, seen: how(sure) }]
    const open = groups.find((group) => group.some(isOf))
    return open === undefined ? [] : [{ key, words, seen: how(open), doubt: 'which of them is not known' }]
  })
}

function meantBy(group: readonly string[]): string {
  const codes = group.map((one) => (one === NO_CODE ? 'something else' : one))
  return [
    ...codes.filter((one) => one !== 'something else'),
    ...codes.filter((one) => one === 'something else'),
  ].join(' or ')
}

function isInIcd10({ system = '', code = '' }: Coded): boolean {
  return isIcd10(system) && /^[A-Z]\d[0-9A-Z]/i.test(code.trim())
}

/** Any word for a tumour will do here: it is only not told as something else that was not understood. */
function isTumour(condition: Resource, said: readonly Coded[], facts: Facts): boolean {
  return (
    claims(condition, /primary-cancer|secondary-cancer/) ||
    said.some(
      (one) => TUMOUR.test(one.display ?? '') || (isInIcd10(one) && /^(?:C|D[0-4])/i.test(one.code!)),
    ) ||
    tumourTypeOf(said, oncoTree(facts), diagnosisCodes(facts)) !== undefined
  )
}

const TUMOUR =
  /cancer|carcinoma|sarcoma|neoplas|tumou?r|lymphoma|leuka?emia|melanoma|myeloma|blastoma|glioma|metasta|mesothelioma|malignan/i

function notUnderstoodText(said: readonly Coded[]): string {
  return said.length === 0 ? 'a condition without code or name' : seenOf(said)
}

/** "SNOMED CT 38341003 (Essential hypertension)", or the name alone. */
function seenOf(said: readonly Coded[]): string {
  const coded = said.find(({ code }) => code !== undefined)
  const name = nameOf(said)
  return coded === undefined ? (name ?? '') : seenText(`${systemWords(coded.system)}${coded.code}`, name)
}

function seenText(code: string, name: string | undefined): string {
  return name === undefined ? code : `${code} (${name})`
}

function systemWords(system: string | undefined): string {
  if (system === undefined) return 'code '
  if (isSnomed(system)) return 'SNOMED CT '
  return /icd-?9/i.test(system) ? 'ICD-9 ' : `${system.split(/[/:]/).at(-1)} `
}

/** A name is cut where it is longer than a line. */
function nameOf(said: readonly Coded[]): string | undefined {
  const name = said.find(({ display }) => display !== undefined && display.trim() !== '')?.display?.trim()
  return name === undefined || name.length <= LONGEST ? name : `${name.slice(0, LONGEST)}…`
}

const LONGEST = 80

function isPresent(condition: Resource): boolean {
  const codesOf = (part: string) => codings(condition[part]).flatMap(({ code }) => code ?? [])
  const clinical = codesOf('clinicalStatus')
  return (
    (clinical.length === 0 || clinical.some((one) => PRESENT.has(one))) &&
    !codesOf('verificationStatus').some((one) => TAKEN_BACK.has(one))
  )
}

function inOrder(
  found: ReadonlyMap<string, PersonCondition>,
  conditions: readonly LabelCondition[],
): readonly PersonCondition[] {
  return conditions.flatMap(({ key }) => found.get(key) ?? [])
}

/** "I50.22" and "I5022" are one code. */
function plain(code: string): string {
  return code.trim().toUpperCase().replaceAll('.', '')
}

function wordsOf(text: string): string {
  return text
    .slice(0, 500)
    .toLowerCase()
    .replace(/\((?:disorder|finding|situation|observable entity|event)\)\s*$/, '')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}
