import type { Approval } from '../../knowledge/tumor/approvals.ts'
import type { TumorProfile } from '../../record/tumor-profile.ts'
import type { TestDocumented } from '../finding/therapy.ts'

/** Whether one of the assays that the profile names is a test that the agency approved for the drug in the disease. */
export function documentedTest(
  { testRequired, tests, agency }: Approval,
  profile: TumorProfile,
): TestDocumented {
  const approved = [...new Set(tests.map(({ name, specimens }) => `${name} (${specimens.join(' or ')})`))]
  if (!testRequired)
    return { state: 'not-required', because: 'the label asks for no approved test', approved }
  const named = [profile.assay, ...(profile.markers ?? [])].flatMap((one) => {
    const name = one === undefined ? undefined : 'kind' in one ? one.assay : one.name
    return name === undefined ? [] : [{ name, specimen: one?.specimen }]
  })
  for (const { name, specimen } of named) {
    const found = tests.filter((test) => isSame(test.name, name))
    const [first] = found
    if (first === undefined) continue
    if (
      specimen === undefined ||
      found.some(({ specimens }) => specimens.includes(specimen.replace('-', ' ')))
    )
      return {
        state: 'documented',
        because: `${first.name} is approved by the ${agency} for ${first.finds}`,
        approved,
      }
    return {
      state: 'not-documented',
      because: `${first.name} is approved on ${found.flatMap(({ specimens }) => specimens).join(' or ')}, not on ${specimen}`,
      approved,
    }
  }
  return {
    state: 'not-documented',
    because:
      named.length === 0
        ? 'nobody said which assay was used'
        : `${[...new Set(named.map(({ name }) => name))].join(', ')} is not among the tests known to be approved`,
    approved,
  }
}

/** Names as laboratories write them: without case, signs and the words around ("FoundationOne® CDx"). */
function isSame(test: string, assay: string): boolean {
  return plain(test) === plain(assay)
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[®™]/g, '')
    .replace(/\b(assay|kit|test|rxdx|panel)\b/g, '')
    .replace(/[^a-z0-9]/g, '')
}
