import type { AccessLine } from '../../../src/safeguard/audit/access-words.ts'

/** What one person did on one day. */
interface PersonsDay {
  readonly who: string
  readonly role: string
  readonly deeds: readonly Deed[]
}

/** The same deed for the same purpose, however often. */
export interface Deed extends Pick<AccessLine, 'did' | 'thing' | 'purpose' | 'refused' | 'emergency'> {
  /** Times of day, the latest first. */
  readonly times: readonly string[]
}

interface AccessDay {
  /** As the reader's place writes it. */
  readonly day: string
  readonly people: readonly PersonsDay[]
}

/** Accesses, newest first, by day, then by who it was; days and hours are those of the reader. */
export function byDayAndPerson(lines: readonly AccessLine[]): AccessDay[] {
  const days = grouped(lines, ({ at }) =>
    new Date(at).toLocaleDateString('en-GB', {
      weekday: 'long',
      year: 'numeric',
      month: 'long',
      day: 'numeric',
    }),
  )
  return days.map(([day, ofDay]) => ({
    day,
    people: grouped(ofDay, ({ who, role }) => `${who} ${role}`).map(([, ofPerson]) => ({
      who: ofPerson[0]!.who,
      role: ofPerson[0]!.role,
      deeds: grouped(ofPerson, ({ did, thing, purpose, refused }) =>
        [did, thing, purpose, refused].join('|'),
      ).map(([, same]) => ({
        ...same[0]!,
        emergency: same.some((one) => one.emergency),
        times: same.map(({ at }) =>
          new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }),
        ),
      })),
    })),
  }))
}

function grouped<T>(all: readonly T[], key: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one])
  return [...groups]
}
