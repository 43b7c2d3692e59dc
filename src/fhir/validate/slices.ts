import type { Slicing } from '../../knowledge/fhir/element.ts'
import { discriminated } from './discriminator.ts'
import type { Found } from './found.ts'
import type { IssueCode } from './issue.ts'
import type { ProfileNode } from './profile-model.ts'
import type { Run } from './run.ts'

/** Extensions are told apart by url and choices by type, also where a guide does not repeat it. */
const BY_URL: Slicing = { rules: 'open', ordered: false, discriminators: [{ type: 'value', path: 'url' }] }
const BY_TYPE: Slicing = { rules: 'open', ordered: false, discriminators: [{ type: 'type', path: '$this' }] }

/** What holds a value to a node of a profile. */
interface NodeCheck {
  readonly run: Run
  readonly issue: (code: IssueCode, expression: string, words: string) => void
  readonly count: (node: ProfileNode, count: number, path: string) => void
  readonly value: (node: ProfileNode, found: Found) => void
}

/**
 * Sorts the values of an element into the slices of a profile, the first that fits, and holds each slice to what it
 * demands. Where it cannot be known which slice a value is of (its reference does not resolve, the profile that would
 * tell is not at hand), no minimum is asked for.
 */
export function checkSlices(
  check: NodeCheck,
  node: ProfileNode,
  found: readonly Found[],
  path: string,
): void {
  const slicing = node.slicing ?? (node.name.endsWith('[x]') ? BY_TYPE : BY_URL)
  const named = node.slices.filter((slice) => slice.slice !== '@default')
  const rest = node.slices.find((slice) => slice.slice === '@default')
  const members = new Map<ProfileNode, Found[]>(node.slices.map((slice) => [slice, []]))
  let undecided = false
  let last = -1
  for (const one of found) {
    let place = -1
    let doubt = false
    for (let i = 0; i < named.length && place < 0; i++) {
      const fits = discriminated(check.run, slicing, named[i]!, one)
      if (fits === true) place = i
      else if (fits === undefined) doubt = true
    }
    if (place >= 0) {
      members.get(named[place]!)!.push(one)
      if (slicing.ordered && place < last)
        check.issue(
          'structure',
          one.path,
          `"${named[place]!.id}" comes too late: the order of the kinds is fixed.`,
        )
      last = Math.max(last, place)
    } else if (doubt) undecided = true
    else if (rest !== undefined) members.get(rest)!.push(one)
    else if (slicing.rules === 'closed')
      check.issue(
        'structure',
        one.path,
        `"${node.id}" allows only the kinds ${named.map((slice) => slice.slice).join(', ')}.`,
      )
  }
  for (const [slice, own] of members) {
    if (!undecided || own.length > slice.max) check.count(slice, own.length, path)
    for (const one of own) check.value(slice, one)
    if (slice.slices.length > 0) checkSlices(check, slice, own, path)
  }
}
