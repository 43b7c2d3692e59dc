import type { RejectedCall, SomaticVariant } from '../../../record/tumor-profile.ts'

/** Codes by which callers say that a variant is the person's own, or of the normal sample: nothing that the tumour acquired. */
const OF_THE_PERSON = /germline|normal|panel_of|\bpon\b|common|population|gnomad|dbsnp|1000g|exac/i
/** More are not kept; an exome before its filters has some ten thousand. */
const MOST = 100_000

/** Calls that their caller did not trust, of those that change a protein. What is absent by the rest of the file may be one of these. */
export class RejectedCalls {
  readonly #found: RejectedCall[] = []

  add(variant: SomaticVariant, filter: string): void {
    const { gene, hgvsP } = variant
    const tells = gene !== undefined && hgvsP !== undefined && !/=$|\(=\)/.test(hgvsP)
    if (tells && !OF_THE_PERSON.test(filter) && this.#found.length < MOST)
      this.#found.push({ variant, filter })
  }

  /** As a part of what a file says; nothing where there are none. */
  said(): { readonly rejected?: readonly RejectedCall[] } {
    return this.#found.length === 0 ? {} : { rejected: this.#found }
  }
}
