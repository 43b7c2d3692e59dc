/**
 * How much the kidneys clear, in mL/min, `high` included; without it there is no upper end. A measured number is both ends.
 */
export interface Clearance {
  readonly low: number
  readonly high?: number
}

/** A condition of a person that labels of drugs speak of. */
export interface PersonCondition {
  /** Of the pack of labels: "heart-failure". */
  readonly key: string
  readonly words: string
  /** What the record says, code and name: "I50.22, Chronic systolic heart failure"; undefined: a user said it. */
  readonly seen?: string
  /** It was told by its name alone: its code is of no table. */
  readonly byName?: true
  /** Why it may not hold: "unconfirmed". */
  readonly doubt?: string
  /** Of impaired kidneys, as far as it is told: labels speak of them by it. */
  readonly clearance?: Clearance
}

/** What the conditions of a record mean for labels of drugs. A record is never known to be whole: what is not here is not thereby absent. */
export interface PersonConditions {
  readonly present: readonly PersonCondition[]
  /** Not confirmed, or of a code that may mean something else too. */
  readonly possible: readonly PersonCondition[]
  /** Conditions that are present on record beside tumours, whatever they are. */
  readonly recorded: number
  readonly notUnderstood: readonly NotUnderstood[]
}

/** A condition whose code is of no table here and whose name says nothing that labels speak of. */
export interface NotUnderstood {
  /** "SNOMED CT 38341003 (Essential hypertension)". */
  readonly says: string
  /** Whether it has a name that a reader understands. */
  readonly named: boolean
}
