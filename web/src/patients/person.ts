import type { PatientRow } from '../../../src/app/http/api.ts'
import { bornWords } from '../../../src/deliver/page/identity-part.ts'

type Person = Pick<PatientRow, 'id' | 'name' | 'sex' | 'birthDate' | 'identifiers'>

export const nameOf = (person: Person) => person.name ?? `Name not known (${person.id})`

/** Made-up people are told from real ones by their identifier system or id. */
export const isExample = (person: Person) =>
  /^(example|demo)\b/i.test(person.id) || person.identifiers.some((one) => /example|demo/i.test(one.system))

/** Address of one part of a person's page. The part is always named: an id may end like a file name. */
export const pageOf = (id: string, tab = 'act') => `/patients/${encodeURIComponent(id)}/${tab}`

export const sexWords = (person: Person) => (person.sex === 'unknown' ? 'sex not known' : person.sex)

export function bornOf(person: Person): string {
  const born = bornWords(person.birthDate, today())
  return born === 'not known' ? 'birth date not known' : born
}

function today(): string {
  const now = new Date()
  const two = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
