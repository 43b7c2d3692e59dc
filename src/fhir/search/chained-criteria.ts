import type { Criterion } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import { compartmentParameters } from './compartment.ts'
import type { Reading } from './parameter-criteria.ts'
import { modifierRefused } from './search-text.ts'

/** A parameter as sent: name with its modifiers, value decoded from the URL but not unescaped. */
export type Named = readonly [name: string, value: string]

/** Reads one parameter of a type; undefined when the type has no such parameter. */
type Read = (type: string, name: string, value: string, reading: Reading) => readonly Criterion[] | undefined

/** Longest chain: subject.organization.partof.name. Each link is a join. */
const DEEPEST = 4

/**
 * `subject:Patient.name=x`, `patient.organization.name=x`. Without a type every target that has the rest as a parameter
 * is looked at. Undefined when none has. Throws SEARCH_CHAIN_REFUSED, SEARCH_MODIFIER_REFUSED.
 */
export function chainCriteria(
  type: string,
  link: string,
  rest: string,
  value: string,
  reading: Reading,
  read: Read,
): readonly Criterion[] | undefined {
  if (rest.split('.').length >= DEEPEST) throw tooDeep(`${link}.${rest}`)
  const [code, only, ...more] = link.split(':')
  const parameter = reading.index.parameter(type, code!)
  if (parameter === undefined) return undefined
  if (parameter.type !== 'reference') {
    throw new Fault(
      'SEARCH_CHAIN_REFUSED',
      link,
      'this parameter is not a reference',
      'Chain along references only.',
    )
  }
  const { targets } = parameter
  if (more.length > 0 || (only !== undefined && !targets.includes(only))) {
    throw modifierRefused(code!, [only, ...more].join(':'), targets)
  }
  const branches: Criterion[][] = []
  for (const target of only === undefined ? targets : [only]) {
    const criteria = read(target, rest, value, reading)
    if (criteria !== undefined) branches.push([{ kind: 'chain', param: code!, type: target, criteria }])
  }
  if (branches.length === 0) return undefined
  return branches.length === 1 ? branches[0] : [{ kind: 'any', of: branches }]
}

/**
 * `_has:Observation:subject:code=x`, nested by another `_has` as the last part.
 * Throws SEARCH_CHAIN_REFUSED when the type or its reference is not known, or the chain is too long.
 */
export function reverseChainCriteria(
  type: string,
  name: string,
  value: string,
  reading: Reading,
  read: Read,
): readonly Criterion[] {
  if (name.split('_has:').length > DEEPEST) throw tooDeep(name)
  const [, source, param, ...rest] = name.split(':')
  const parameter = reading.index.parameter(source ?? '', param ?? '')
  const reaches =
    parameter?.type === 'reference' && (parameter.targets.length === 0 || parameter.targets.includes(type))
  const criteria = reaches && rest.length > 0 ? read(source!, rest.join(':'), value, reading) : undefined
  if (criteria === undefined) {
    throw new Fault(
      'SEARCH_CHAIN_REFUSED',
      name,
      `this does not lead from another resource to ${type}`,
      'Write _has:Type:reference:parameter, as in _has:Observation:patient:code.',
    )
  }
  const own = type === 'Patient' && namesOwner(source!, param!, reading.index)
  return [{ kind: 'has', type: source!, param: param!, criteria, ...(own ? { own } : {}) }]
}

/** "patient" is "subject" where that is a Patient. */
function namesOwner(type: string, param: string, index: Reading['index']): boolean {
  const owners = compartmentParameters(type, index)
  return owners.includes(param) || (param === 'patient' && owners.includes('subject'))
}

function tooDeep(name: string): Fault {
  return new Fault(
    'SEARCH_CHAIN_REFUSED',
    name,
    `a chain has at most ${DEEPEST} parts`,
    'Search step by step, from the innermost resource outwards.',
  )
}
