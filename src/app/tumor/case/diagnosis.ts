import { nearestNames } from '../../../intake/nearest-names.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import { findDiagnosis } from '../../../knowledge/tumor/diagnosis.ts'
import { type CodeRow, diagnosisCodes } from '../../../knowledge/tumor/diagnosis-codes.ts'
import { type OncoTree, oncoTree, type TumourType } from '../../../knowledge/tumor/oncotree.ts'
import { Fault } from '../../../terms/fault.ts'
import type { DiagnosisAnswer } from './diagnosis-answer.ts'
import { diseaseDiagnosis } from './disease-diagnosis.ts'

/** The diagnosis that the files carry: one that cannot be read is told, and does not keep the rest from being answered. */
export function diagnosisOfFiles(
  given: string | undefined,
  file: string,
  facts: Facts,
  own: readonly CodeRow[],
): DiagnosisAnswer {
  try {
    return readDiagnosis(given, file, facts, own)
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return { ...NOT_TOLD, given, fault }
  }
}

const NOT_TOLD: DiagnosisAnswer = {
  given: undefined,
  code: undefined,
  name: undefined,
  tissue: undefined,
  lineage: [],
  by: undefined,
}

const NEAREST = 5

/**
 * The type that a text means; of several, separated by ";", the narrowest that fits the others. `own`: the user's codes.
 * Throws DIAGNOSIS_UNKNOWN with the nearest names, DIAGNOSIS_UNMAPPED, DIAGNOSIS_AMBIGUOUS and DIAGNOSIS_CONTRADICTS.
 */
export function readDiagnosis(
  given: string | undefined,
  where: string,
  facts: Facts,
  own: readonly CodeRow[] = [],
): DiagnosisAnswer {
  if (given === undefined) return NOT_TOLD
  const tree = oncoTree(facts)
  const disease = tree.find(given) === undefined ? diseaseDiagnosis(given, tree, facts) : undefined
  if (disease !== undefined) return disease
  const [first, ...more] = given.includes(';')
    ? given
        .split(';')
        .map((one) => one.trim())
        .filter((one) => one !== '')
    : [given]
  const codes = diagnosisCodes(facts, own)
  const found: { type: TumourType; by: string }[] = []
  let unmapped: Fault | undefined
  for (const text of [first ?? '', ...more]) {
    const match = findDiagnosis(text, tree, codes)
    if (match.kind === 'found') found.push(match)
    // One of several codings may be of a system without a map, as SNOMED CT beside ICD-10.
    else if (match.kind === 'unmapped') unmapped ??= faultOf(match, text, where, tree)
    else throw faultOf(match, text, where, tree)
  }
  if (found.length === 0) throw unmapped
  const narrowest = found.find(({ type }) =>
    found.every((other) => tree.lineage(type.code).has(other.type.code)),
  )
  if (narrowest === undefined)
    throw new Fault(
      'DIAGNOSIS_CONTRADICTS',
      where,
      `the codes mean different tumours: ${found.map(({ type, by }) => `${nameOf(type)} by ${by}`).join('; ')}`,
      'Name the right one with --diagnosis.',
    )
  const { type, by } = narrowest
  return {
    given,
    code: type.code,
    name: type.name,
    tissue: type.tissue,
    lineage: [...tree.lineage(type.code)],
    by,
  }
}

function faultOf(
  match: Exclude<ReturnType<typeof findDiagnosis>, { kind: 'found' }>,
  text: string,
  where: string,
  tree: OncoTree,
): Fault {
  if (match.kind === 'ambiguous')
    return new Fault(
      'DIAGNOSIS_AMBIGUOUS',
      where,
      `${match.by} stands for ${match.types.length} tumour types`,
      `Name one: ${match.types.map(nameOf).slice(0, 12).join(', ')}${match.types.length > 12 ? ' …' : ''}.`,
    )
  if (match.kind === 'unmapped')
    return new Fault(
      'DIAGNOSIS_UNMAPPED',
      where,
      `"${text}" is a code that no table maps to OncoTree`,
      match.code.system === 'snomed'
        ? 'SNOMED CT cannot be shipped: give a table (system, code, site, oncotree) with --diagnosis-map, or name the OncoTree code.'
        : 'Name the OncoTree code or name, or give a table (system, code, site, oncotree) with --diagnosis-map.',
    )
  const near = nearestNames(text, [...tree.types.keys(), ...tree.names], NEAREST)
  const within = tree.names.filter((name) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const suggestions = [...new Set([...near, ...within.slice(0, NEAREST)])]
    .map((name) => tree.find(name))
    .filter((one) => one !== undefined)
    .map(nameOf)
  return new Fault(
    'DIAGNOSIS_UNKNOWN',
    where,
    `"${text}" is no tumour type of OncoTree ${tree.version}`,
    suggestions.length > 0 && text.trim() !== ''
      ? `Did you mean ${[...new Set(suggestions)].slice(0, NEAREST).join(', ')}?`
      : 'Give an OncoTree code or name, such as LUAD or "Lung Adenocarcinoma", or a code of NCIt, UMLS, ICD-10 or ICD-O-3.',
  )
}

function nameOf({ code, name }: TumourType): string {
  return `${code} (${name})`
}
