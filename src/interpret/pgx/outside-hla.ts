import type { OutsideCall } from '../../record/genotype.ts'
import type { Interpreter } from './diplotype-call.ts'
import {
  isNoCall,
  NO_CALL,
  NOTHING,
  type OutsideReading,
  splitDiplotype,
  tooManySides,
} from './outside-reading.ts'

/**
 * HLA: presence or absence of the alleles that advice depends on, at two-field resolution. Either statements ("*57:01
 * positive", several apart by ";" or ","), as diplotype or as phenotype, or a typing of both chromosomes. Of words that are neither
 * nothing is concluded: "*57:01 not tested" is not *57:01.
 */
export function readMarkers(gene: Interpreter, call: OutsideCall): OutsideReading {
  const written = isNoCall(call.diplotype) ? call.phenotype?.trim() : call.diplotype!.trim()
  if (written === undefined || written === '') return NO_CALL
  const statements = statementsOf(gene, written)
  if (statements !== undefined) return ofStatements(gene, statements)
  if (isNoCall(call.diplotype)) return notUnderstood(gene, written)
  const sides = splitDiplotype(gene.rule.gene, written).map(withoutGene)
  if (sides.length > 2) return tooManySides(gene, written)
  const typed = sides.filter((side) => TYPED.test(side))
  if (typed.length === 0) return notUnderstood(gene, written)
  const carried = new Set(
    typed.filter((side) => !NOT_EXPRESSED.test(side)).map((side) => `*${TYPED.exec(side)![1]}`),
  )
  const notes: string[] = []
  const coarse = sides.filter((side) => !TYPED.test(side))
  if (sides.length === 1)
    notes.push(
      `Only one ${gene.rule.gene} allele was sent: what the other chromosome carries is not known, so nothing is called absent.`,
    )
  if (coarse.length > 0)
    notes.push(`${coarse.join(', ')} is not an allele at two-field resolution: nothing is called absent.`)
  const unsure = new Set<string>()
  for (const side of sides.filter((one) => NOT_EXPRESSED.test(one))) {
    const isNull = /N$/i.test(side)
    if (!isNull) unsure.add(`*${TYPED.exec(side)![1]}`)
    notes.push(
      `${side} is an allele that is not expressed as usual (suffix ${side.at(-1)}): it is ${isNull ? 'not counted as present' : 'counted neither as present nor as absent'}.`,
    )
  }
  const complete = sides.length === 2 && coarse.length === 0
  const stated = call.phenotype === undefined ? undefined : statementsOf(gene, call.phenotype)
  const against = stated?.find((one) =>
    one.present ? complete && !carried.has(one.allele) && !unsure.has(one.allele) : carried.has(one.allele),
  )
  if (against !== undefined)
    return contradicted(gene, `${written} and "${call.phenotype!.trim()}" contradict each other`)
  const markers = gene.rule.markers.flatMap((marker) =>
    carried.has(marker)
      ? [`${marker} positive`]
      : complete && !unsure.has(marker)
        ? [`${marker} negative`]
        : [],
  )
  return {
    ...NOTHING,
    diplotype: {
      name: written,
      alleles: sides.length === 2 ? [allele(sides[0]!), allele(sides[1]!)] : [allele(sides[0]!)],
      phenotype: undefined,
      activityScore: undefined,
      lookupKey: undefined,
      matchScore: 0,
    },
    phenotypes: markers,
    markers,
    certain: complete && !gene.rule.markers.some((marker) => unsure.has(marker)),
    notes,
  }
}

interface Statement {
  /** "*57:01". */
  readonly allele: string
  readonly present: boolean
}

/** "*57:01 positive; *15:02 not detected"; undefined where some part of it is no such statement. */
function statementsOf(gene: Interpreter, text: string): readonly Statement[] | undefined {
  const found = text.split(/[;,]/).map((part): Statement | undefined => {
    const [, name, word] = /^(\S+)[\s:]+(.+)$/.exec(unprefixed(gene, part)) ?? []
    const typed = name === undefined ? null : TYPED.exec(name.replace(/:$/, ''))
    if (typed === null || word === undefined) return undefined
    if (PRESENT.test(word)) return { allele: `*${typed[1]}`, present: true }
    return ABSENT.test(word) ? { allele: `*${typed[1]}`, present: false } : undefined
  })
  return found.includes(undefined) ? undefined : (found as readonly Statement[])
}

function ofStatements(gene: Interpreter, statements: readonly Statement[]): OutsideReading {
  const both = statements.find((one) =>
    statements.some((other) => other.allele === one.allele && other.present !== one.present),
  )
  if (both !== undefined) return contradicted(gene, `${both.allele} is reported as positive and as negative`)
  const markers = [
    ...new Set(statements.map((one) => `${one.allele} ${one.present ? 'positive' : 'negative'}`)),
  ].sort()
  return {
    ...NOTHING,
    markers,
    phenotypes: markers,
    certain: gene.rule.markers.every((marker) => statements.some((one) => one.allele === marker)),
  }
}

function contradicted(gene: Interpreter, doubt: string): OutsideReading {
  return { ...NOTHING, doubts: [doubt], notes: [`${gene.rule.gene}: ${doubt}; ask the laboratory.`] }
}

function notUnderstood(gene: Interpreter, written: string): OutsideReading {
  return {
    ...NOTHING,
    doubts: [`"${written}" could not be read`],
    notes: [
      `${gene.rule.gene} "${written}" could not be read: nothing is concluded from it. Send two alleles (*57:01/*07:02) or say of an allele that it is positive or negative (*57:01 negative).`,
    ],
  }
}

/** An allele at two fields or more, with or without a suffix of expression (N, L, S, C, A, Q) or group (G, P). */
const TYPED = /^\*?(\d{2,3}:\d{2,4})(?::\d+){0,2}[NLSCAQGP]?$/i

/** Suffixes of the HLA nomenclature: null, low, secreted, cytoplasmic, aberrant, questionable expression. */
const NOT_EXPRESSED = /:\d+[NLSCAQ]$/i

const PRESENT = /^\(?(positive|pos|present|detected|carrier)\)?\.?$/i
const ABSENT = /^\(?(negative|neg|absent|not present|not detected|non-?carrier)\)?\.?$/i

function unprefixed(gene: Interpreter, part: string): string {
  const text = part.trim()
  return withoutGene(text.startsWith(gene.rule.gene) ? text.slice(gene.rule.gene.length).trim() : text)
}

/** "HLA-B*57:01" and "B*57:01" are "*57:01". */
function withoutGene(side: string): string {
  return side.replace(/^(HLA-)?[A-Z]{1,4}\d?(?=\*)/i, '')
}

function allele(name: string) {
  return { allele: name, function: undefined, activityValue: undefined }
}
