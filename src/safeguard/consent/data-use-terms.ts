import type { DataUseTerm } from '../../knowledge/access/data-use.ts'
import { Fault } from '../../terms/fault.ts'
import type { DataUse } from './data-use.ts'

/** What the terms that are matched mean; every other current term goes to a committee. */
const MEANS: Readonly<Record<string, DataUse>> = {
  'DUO:0000004': { generalUse: true },
  'DUO:0000042': { generalUse: true },
  'DUO:0000006': { hmbResearch: true },
  'DUO:0000011': { populationOriginsAncestry: true },
  'DUO:0000015': { noMethodsResearch: true },
  'DUO:0000016': { geneticStudiesOnly: true },
  'DUO:0000018': { nonProfitUse: true },
  'DUO:0000019': { publicationResults: true },
  'DUO:0000020': { collaboratorRequired: true },
  'DUO:0000021': { ethicsApprovalRequired: true },
  'DUO:0000022': { geographicalRestrictions: 'stated' },
  'DUO:0000024': { publicationMoratorium: 'stated' },
  'DUO:0000045': { nonProfitUse: true },
  // Stricter than the term: who may not use it commercially is treated as who may not profit.
  'DUO:0000046': { nonProfitUse: true },
}

/**
 * A data set's tags ("DUO:0000006", or the short code "HMB") as fields to be matched. `diseases` go with the tag DS.
 * Throws DUO_UNKNOWN, DUO_OBSOLETE, DUO_DISEASE_MISSING.
 */
export function dataUseOf(
  tags: readonly string[],
  terms: ReadonlyMap<string, DataUseTerm>,
  diseases: readonly string[] = [],
): DataUse {
  const parts = tags.map((tag) => {
    const term = terms.get(tag) ?? [...terms.values()].find(({ codes }) => codes.includes(tag))
    if (term === undefined) {
      throw new Fault(
        'DUO_UNKNOWN',
        tag,
        'this is no term of the Data Use Ontology',
        'Send an id such as DUO:0000006 or a code such as HMB.',
      )
    }
    if (term.obsolete) {
      throw new Fault(
        'DUO_OBSOLETE',
        tag,
        `"${term.label}" is no longer a term of the ontology`,
        'Use the terms that replaced it.',
      )
    }
    if (term.id === 'DUO:0000007') {
      if (diseases.length === 0) {
        throw new Fault(
          'DUO_DISEASE_MISSING',
          tag,
          'disease specific research does not say which disease',
          'Name the disease beside the tag, e.g. MONDO:0004975.',
        )
      }
      return { diseaseRestrictions: diseases }
    }
    return MEANS[term.id] ?? { other: `${term.label} (${term.id})` }
  })
  return Object.assign({}, ...parts) as DataUse
}
