/**
 * FHIR resources as JSON text and back, every number as it was written. R4 (datatypes, "decimal"): "the precision of the
 * decimal value has significance: 0.010 is regarded as different to 0.01". A tree that is read here holds plain numbers,
 * so that whoever looks at it sees what JSON.parse gives; an object with a number that JavaScript would write otherwise
 * (5.40, 1e2, eighteen digits) carries the spelling under a symbol. A symbol is copied by { ...spread } and by rest, and
 * seen by neither Object.keys nor JSON.stringify; what rebuilds an object member by member says so with `spelledAs`.
 */

declare global {
  // ECMAScript "JSON.parse source text access", in V8 since Node 21; TypeScript's libraries do not name it yet.
  interface JSON {
    parse(text: string, reviver: Reviver): unknown
    rawJSON(text: string): unknown
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown

const SPELLINGS = Symbol('spellings')

/** An object of a tree, with the spelling of those of its numbers that need one. */
interface Holder {
  [SPELLINGS]?: Record<string, string>
  [member: string]: unknown
}

/**
 * A number that JavaScript may write otherwise: a last zero behind the point, an exponent, many zeros or digits, -0.
 * It may stand in a text, too: then reading takes longer and comes to the same.
 */
const ODD = /[:[,]\s*(?:-0(?![.\d])|-?(?:\d+\.\d*0(?!\d)|\d[\d.]*[eE]|0\.0{6}|\d[\d.]{15}))/

/** JSON text as a tree that keeps how its numbers were written. Throws what JSON.parse throws. */
export function readResourceText(text: string): unknown {
  return ODD.test(text) ? JSON.parse(text, keepSpelling) : JSON.parse(text)
}

function keepSpelling(this: unknown, key: string, value: unknown, { source }: { readonly source?: string }) {
  // FHIR has no lists of decimals.
  if (typeof value !== 'number' || source === undefined || source === String(value) || Array.isArray(this))
    return value
  const holder = this as Holder
  holder[SPELLINGS] ??= {}
  holder[SPELLINGS][key] = source
  return value
}

/** A tree as JSON text, its numbers as they were written. */
export function resourceText(value: unknown, indent?: number): string {
  return isSpelled(value) ? JSON.stringify(value, asSpelled, indent) : JSON.stringify(value, null, indent)
}

function asSpelled(this: unknown, key: string, value: unknown): unknown {
  const spelling = typeof value === 'number' ? spellingOf(this as object, key) : undefined
  return spelling === undefined ? value : JSON.rawJSON(spelling)
}

/** How a number of an object was written; undefined when it is as JavaScript writes it, or has been replaced since. */
export function spellingOf(holder: object, key: string): string | undefined {
  const spellings = (holder as Holder)[SPELLINGS]
  if (spellings === undefined || !Object.hasOwn(spellings, key)) return undefined
  const spelling = spellings[key]!
  return Number(spelling) === (holder as Holder)[key] ? spelling : undefined
}

/** Puts a value where its object has perhaps had another: what was there is forgotten with its spelling. */
export function putSpelled(holder: object, key: string, value: unknown, spelling: string | undefined): void {
  const object = holder as Holder
  object[key] = value
  if (spelling === undefined && object[SPELLINGS] === undefined) return
  // What a spread has copied it to keeps its own.
  const { [key]: _before, ...others } = object[SPELLINGS] ?? {}
  const spellings = spelling === undefined ? others : { ...others, [key]: spelling }
  if (Object.keys(spellings).length === 0) delete object[SPELLINGS]
  else object[SPELLINGS] = spellings
}

/** A copy made member by member, with the spellings of what it was made from. */
export function spelledAs<T extends object>(original: object, copy: T): T {
  const spellings = (original as Holder)[SPELLINGS]
  return spellings === undefined ? copy : { ...copy, [SPELLINGS]: spellings }
}

/** A new object whose number `key` stands for this text: a number as JSON writes it. */
export function decimalElement<K extends string>(key: K, text: string): Readonly<Record<K, number>> {
  const element = { [key]: Number(text) } as Record<K, number>
  if (text !== String(element[key])) putSpelled(element, key, element[key], text)
  return element
}

/** A deep copy; structuredClone would leave the spellings behind. */
export function resourceCopy<T>(value: T): T {
  return value === undefined ? value : (readResourceText(resourceText(value)) as T)
}

function isSpelled(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(isSpelled)
  if ((value as Holder)[SPELLINGS] !== undefined) return true
  for (const key in value) if (isSpelled((value as Holder)[key])) return true
  return false
}
