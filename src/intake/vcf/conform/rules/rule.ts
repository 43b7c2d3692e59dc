import type { Minor, Topic } from '../../model/version.ts'

/**
 * How a rule weighs.
 * `unreadable`: refused in both modes, since reading on would guess a genotype, a position or a person.
 * `broken`: the specification is broken; strict refuses, lenient reads on and says what it assumed.
 * `advice`: a warning in both modes: allowed by the letter, or broken by so many good files that nothing is learnt.
 */
export type Weight = 'unreadable' | 'broken' | 'advice'

export interface Rule {
  readonly title: string
  readonly weight: Weight
  readonly topic: Topic
  /** Only from this minor version the specification says so; before, the rule is advice. */
  readonly since?: Minor
  /** Up to this minor version the specification says so; after, the rule is advice, and advice is nothing. */
  readonly until?: Minor
  /** What the reader of the finding can do. */
  readonly mend: string
  /** What lenient reading takes for granted when it reads on. */
  readonly assumed?: string
}

export function rule(weight: Weight, topic: Topic, title: string, mend: string, assumed?: string): Rule {
  return { weight, topic, title, mend, ...(assumed === undefined ? {} : { assumed }) }
}
