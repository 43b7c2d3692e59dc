import type { Pedigree, PedigreeMember } from '../../record/pedigree.ts'
import { Fault } from '../../terms/fault.ts'
import { howMany } from '../../terms/how-many.ts'

/** More than any family; a longer file is no PED file. */
const MOST_MEMBERS = 10_000

const SEXES: Readonly<Record<string, PedigreeMember['sex']>> = {
  1: 'male',
  2: 'female',
  0: 'unknown',
  male: 'male',
  female: 'female',
  unknown: 'unknown',
  m: 'male',
  f: 'female',
}
const AFFECTED: Readonly<Record<string, boolean | undefined>> = {
  1: false,
  2: true,
  0: undefined,
  '-9': undefined,
}

/**
 * A PED file (PLINK, GATK): family, member, father, mother, sex (1 male, 2 female), phenotype (1 unaffected, 2 affected, 0 or −9
 * unknown), divided by tabs or spaces; a first line "#Family …" is a header. A parent need not have a line of their own.
 * Throws PED_EMPTY, PED_COLUMNS, PED_SEX, PED_PHENOTYPE, PED_TWICE, PED_PARENT_SEX, PED_PARENT_FAMILY, PED_LOOP.
 */
export function readPed(text: string, name: string): Pedigree {
  const rows: { readonly line: number; readonly member: PedigreeMember }[] = []
  for (const [i, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (raw.trim() === '' || raw.startsWith('#')) continue
    if (rows.length === MOST_MEMBERS)
      throw fault('PED_COLUMNS', name, i + 1, `more than ${MOST_MEMBERS} lines`, 'Send the family alone.')
    const cells = raw.includes('\t') ? raw.split('\t').map((cell) => cell.trim()) : raw.trim().split(/\s+/)
    const member = memberOf(cells, name, i + 1)
    if (member !== undefined) rows.push({ line: i + 1, member })
  }
  if (rows.length === 0)
    throw new Fault('PED_EMPTY', name, 'the file names no member of a family', 'Give one line per member.')
  const members = new Map<string, PedigreeMember>()
  for (const { line, member } of rows) {
    if (members.has(member.id))
      throw fault(
        'PED_TWICE',
        name,
        line,
        `"${member.id}" is named twice`,
        'Give every member one line and one name.',
      )
    members.set(member.id, member)
  }
  for (const { line, member } of rows) checkParents(member, members, name, line)
  refuseLoops(rows, members, name)
  return { members: rows.map(({ member }) => member) }
}

/** undefined: the line is the header that some programs write. */
function memberOf(cells: readonly string[], name: string, line: number): PedigreeMember | undefined {
  const [family = '', id = '', father = '', mother = '', sex = '', phenotype = ''] = cells
  if (cells.length < 6 || id === '')
    throw fault(
      'PED_COLUMNS',
      name,
      line,
      `${howMany(cells.length, 'column')} where 6 are needed`,
      'Write family, member, father, mother, sex and phenotype, divided by tabs.',
    )
  if (line === 1 && /^(sex|gender)$/i.test(sex)) return undefined
  const known = SEXES[sex.toLowerCase()]
  if (known === undefined)
    throw fault(
      'PED_SEX',
      name,
      line,
      `"${sex}" is not a sex`,
      'Write 1 for male, 2 for female, 0 for unknown.',
    )
  if (!(phenotype in AFFECTED))
    throw fault(
      'PED_PHENOTYPE',
      name,
      line,
      `"${phenotype}" is not a phenotype`,
      'Write 1 for unaffected, 2 for affected, 0 for unknown.',
    )
  const parent = (text: string) => (text === '0' || text === '' || text === '.' ? undefined : text)
  return {
    family,
    id,
    father: parent(father),
    mother: parent(mother),
    sex: known,
    affected: AFFECTED[phenotype],
  }
}

function checkParents(
  member: PedigreeMember,
  members: ReadonlyMap<string, PedigreeMember>,
  name: string,
  line: number,
): void {
  for (const [role, id, wrong] of [
    ['father', member.father, 'female'],
    ['mother', member.mother, 'male'],
  ] as const) {
    const parent = id === undefined ? undefined : members.get(id)
    if (parent === undefined) continue
    if (parent.sex === wrong)
      throw fault(
        'PED_PARENT_SEX',
        name,
        line,
        `${id}, the ${role} of ${member.id}, is ${wrong}`,
        'Check sexes and the order of the parents: father before mother.',
      )
    if (parent.family !== member.family)
      throw fault(
        'PED_PARENT_FAMILY',
        name,
        line,
        `${id}, the ${role} of ${member.id}, is of another family`,
        'Give parents and children the same family.',
      )
  }
}

/** Nobody descends from themselves. */
function refuseLoops(
  rows: readonly { readonly line: number; readonly member: PedigreeMember }[],
  members: ReadonlyMap<string, PedigreeMember>,
  name: string,
): void {
  const done = new Set<string>()
  for (const { line, member } of rows) {
    const path = new Set<string>()
    const waiting: { readonly id: string; readonly leave: boolean }[] = [{ id: member.id, leave: false }]
    while (waiting.length > 0) {
      const { id, leave } = waiting.pop()!
      if (leave) {
        path.delete(id)
        done.add(id)
        continue
      }
      if (path.has(id))
        throw fault(
          'PED_LOOP',
          name,
          line,
          `${id} is an ancestor of ${id}`,
          'Correct the parents of this family.',
        )
      if (done.has(id)) continue
      path.add(id)
      waiting.push({ id, leave: true })
      for (const parent of [members.get(id)?.father, members.get(id)?.mother])
        if (parent !== undefined && members.has(parent)) waiting.push({ id: parent, leave: false })
    }
  }
}

function fault(code: string, name: string, line: number, what: string, mend: string): Fault {
  return new Fault(code, `${name}:${line}`, what, mend)
}
