import type { PacketFeatures } from '../../intake/phenopacket/read-features.ts'
import { dictionaryOf, resolveTerm } from '../../interpret/phenotype/phenotype.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { ontology } from '../../knowledge/hpo/ontology.ts'

/** Ids of the features of a packet as HPO spells them, and what is doubtful in them. */
interface PacketTerms {
  readonly observed: readonly string[]
  readonly excluded: readonly string[]
  readonly notes: readonly { readonly code: string; readonly what: string }[]
}

/**
 * The id of a feature counts; its label is held against it. A label that is the name of another term means that one of the two
 * was mistaken: the id is used, and told. An id that HPO does not have in the release in use (a newer one, or a slip) is read by
 * its label, where that is the name or an exact synonym of one term.
 */
export function packetTerms(facts: Facts, features: PacketFeatures['features']): PacketTerms {
  const terms = ontology(facts)
  const notes: { code: string; what: string }[] = []
  const read = ({ id: given, label }: PacketFeatures['features'][number]): string => {
    const id = hpoId(given)
    const state = terms.stateOf(id)
    const name = state.kind === 'in-force' || state.kind === 'replaced' ? terms.names[state.term]! : undefined
    if (label === undefined || !id.startsWith('HP:') || state.kind === 'obsolete') return id
    if (label.trim().toLowerCase() === name?.toLowerCase()) return id
    const found = resolveTerm(dictionaryOf(facts, 'en'), label)
    if (found.kind !== 'term' || found.match.doubts.length > 0) return id
    const { match } = found
    if (name === undefined) {
      const what = `${id} is not in the release of HPO in use; by its label "${label}" it is read as ${match.id} ${match.name}`
      notes.push({ code: 'TERM_BY_LABEL', what })
      return match.id
    }
    if (state.kind === 'in-force' && match.id !== id) {
      const what = `${id} is "${name}", and the phenopacket calls it "${label}", which is ${match.id} ${match.name}: ${id} is used; look which was meant`
      notes.push({ code: 'TERM_LABEL_OF_ANOTHER', what })
    }
    return id
  }
  const of = (excluded: boolean) => features.filter((one) => one.excluded === excluded).map(read)
  return { observed: of(false), excluded: of(true), notes }
}

/** "hp:0001166", "HP_0001166" and the address of a term are its id. Other texts stay as they are. */
function hpoId(given: string): string {
  const [, digits] = /^(?:https?:\/\/purl\.obolibrary\.org\/obo\/)?hp[:_](\d{7})$/i.exec(given.trim()) ?? []
  return digits === undefined ? given.trim() : `HP:${digits}`
}
