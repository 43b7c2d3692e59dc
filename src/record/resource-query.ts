import type { PatientId } from '../terms/ids.ts'
import type { ConsentReading } from './consent-rule.ts'
import type { Compartment } from './resource.ts'

/** One value under which a resource is found, extracted when it is written. `param` is the search parameter's code. */
export type IndexEntry =
  | {
      readonly kind: 'token'
      readonly param: string
      readonly system: string | undefined
      readonly code: string
      /** Tells who somebody is (identifier, phone, email): stored only as a digest. Those three always are. */
      readonly identity?: boolean
    }
  /** `identity`: names, addresses, phone numbers: stored only as blinded prefixes of its words. */
  | { readonly kind: 'string'; readonly param: string; readonly text: string; readonly identity: boolean }
  | { readonly kind: 'reference'; readonly param: string; readonly type: string; readonly id: string }
  | { readonly kind: 'uri'; readonly param: string; readonly uri: string }
  /** Interval that the written precision covers, ms since the epoch: [low, high). An open end is undefined. */
  | {
      readonly kind: 'date'
      readonly param: string
      readonly low: number | undefined
      readonly high: number | undefined
    }
  /** Interval that the written precision covers, in the unit as coded. `canonical` is filled for UCUM units that convert. */
  | {
      readonly kind: 'quantity'
      readonly param: string
      readonly low: number
      readonly high: number
      readonly system: string | undefined
      readonly code: string | undefined
    }
  | { readonly kind: 'number'; readonly param: string; readonly low: number; readonly high: number }
  /** The parts in the order of the parameter's definition, as tokens "system|code", dates or numbers in text form. */
  | {
      readonly kind: 'composite'
      readonly param: string
      readonly parts: readonly string[]
      /** The part that is a date, number or quantity, where there is one; its place in `parts` holds "". */
      readonly interval?: CompositeInterval
    }

/** Bounds as for the kind alone; the unit as a token "system|code". */
export interface CompositeInterval {
  readonly of: 'date' | 'number'
  readonly low: number
  readonly high: number
  readonly unit?: string
}

export type Comparison = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb'

/** One condition on a resource. Values in one list are alternatives (OR); conditions of a query all hold (AND). */
export type Criterion =
  | {
      readonly kind: 'token'
      readonly param: string
      readonly not: boolean
      /** Whether the index holds digests, as its entries said; undefined: either. */
      readonly identity?: boolean
      /** An undefined system accepts any; an undefined code accepts any of the system. "" as system: none given. */
      readonly values: readonly { readonly system: string | undefined; readonly code: string | undefined }[]
    }
  | {
      readonly kind: 'string'
      readonly param: string
      readonly match: 'starts' | 'contains' | 'exact'
      readonly values: readonly string[]
    }
  | {
      readonly kind: 'reference'
      readonly param: string
      readonly values: readonly { readonly type: string | undefined; readonly id: string }[]
    }
  | {
      readonly kind: 'uri'
      readonly param: string
      readonly match: 'exact' | 'below'
      readonly values: readonly string[]
    }
  | {
      readonly kind: 'date'
      readonly param: string
      readonly values: readonly { readonly op: Comparison; readonly low: number; readonly high: number }[]
    }
  | {
      readonly kind: 'quantity' | 'number'
      readonly param: string
      readonly values: readonly {
        readonly op: Comparison
        readonly low: number
        readonly high: number
        readonly system?: string
        readonly code?: string
      }[]
    }
  | {
      readonly kind: 'composite'
      readonly param: string
      /**
       * Each alternative has as many parts as the definition, in its order: a token "system|code", or "code" alone
       * for any system; "" for the part that `intervals` asks about, or that may be anything.
       */
      readonly values: readonly (readonly string[])[]
      /** Beside each alternative: what its date, number or quantity must be. */
      readonly intervals?: readonly ((CompositeInterval & { readonly op: Comparison }) | undefined)[]
    }
  | { readonly kind: 'missing'; readonly param: string; readonly missing: boolean }
  | { readonly kind: 'id'; readonly values: readonly string[] }
  | {
      readonly kind: 'last-updated'
      readonly values: readonly { readonly op: Comparison; readonly low: number; readonly high: number }[]
    }
  /** `subject.name=…`: the resource that `param` refers to, of this type, meets the criteria. */
  | {
      readonly kind: 'chain'
      readonly param: string
      readonly type: string
      readonly criteria: readonly Criterion[]
    }
  /** `_has:Observation:subject:code=…`: a resource of this type that refers here by `param` meets the criteria. */
  | {
      readonly kind: 'has'
      readonly type: string
      readonly param: string
      /** Asked of Patients, by a parameter that names the person in whose record the resource lies, and nobody else. */
      readonly own?: true
      readonly criteria: readonly Criterion[]
    }
  /** Any of the branches holds (compartment search over several parameters). */
  | { readonly kind: 'any'; readonly of: readonly (readonly Criterion[])[] }

export interface SortKey {
  /** A search parameter of kind date, string, token, number or quantity, or "_id" or "_lastUpdated". */
  readonly param: string
  readonly descending: boolean
}

/** A question to the record. Every question carries what the asker may see: the answer never holds more. */
export interface ResourceQuery {
  readonly type: string
  readonly criteria: readonly Criterion[]
  readonly sort: readonly SortKey[]
  /** 0 asks for the total alone. */
  readonly count: number
  /** Where the page before ended, as it said. */
  readonly after: string | undefined
  /** Count all matches, too. */
  readonly total: boolean
  readonly within: Restriction
  /**
   * The person in whose compartment the matches lie; what a chain or `_has` leads to may lie elsewhere (the Practitioner
   * of an Observation, the Medication of an order). Undefined: anybody's.
   */
  readonly patient?: PatientId
}

/**
 * What may be seen at all, compiled into the query itself: it holds for results, totals, sort, chains, `_has`,
 * includes, history, exports and jobs alike. A resource that it hides is as if it were not there.
 */
export interface Restriction {
  /** Undefined: any type. */
  readonly types: readonly string[] | undefined
  /** Compartments that may be read; undefined: any. The tenant's own counts as one. */
  readonly compartments: readonly Compartment[] | undefined
  /** Resources that carry any of these security labels ("system|code") are hidden. */
  readonly hiddenLabels: readonly string[]
  /** Resources of these types are seen only where they are about one of the codes ("system|code" of `ResourceWrite.codes`). */
  readonly about?: readonly { readonly type: string; readonly codes: readonly string[] }[]
  /** People's own consent; undefined only for work that consent does not govern (the person's own reading, keeping the store). */
  readonly consent: ConsentQuestion | undefined
}

/** Who asks, what for and when: what each person's consent is asked. */
export interface ConsentQuestion {
  /** v3-ActReason code: TREAT, HRESCH, HPAYMT … */
  readonly purpose: string
  /** References and roles of the asker, as consents name them: "Practitioner/p1", "Organization/o1", role codes. */
  readonly actors: readonly string[]
  /** ISO 8601 instant. Never the database's clock. */
  readonly at: string
  /** When the person left no word: treatment is permitted, research is not. */
  readonly whenSilent: 'permit' | 'deny'
  /** Categories and scopes of the consents that are asked, "system|code"; undefined: any. */
  readonly categories?: readonly string[]
  /** Undefined: deny-overrides. */
  readonly reading?: ConsentReading
}

/** No limit. For migrations, integrity checks and the person's own export, never for a request of somebody else. */
export const UNRESTRICTED: Restriction = {
  types: undefined,
  compartments: undefined,
  hiddenLabels: [],
  consent: undefined,
}

/** Only one person's compartment. */
export function onlyPatient(patient: PatientId, within: Restriction): Restriction {
  const allowed = within.compartments
  return { ...within, compartments: allowed === undefined || allowed.includes(patient) ? [patient] : [] }
}
