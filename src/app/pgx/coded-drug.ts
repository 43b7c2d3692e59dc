import { resolveUse } from '../../decide/prescribe/drug-name.ts'
import { drugBook } from '../../knowledge/drug.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { DrugUse } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import { atcCode, rxCui } from '../../terms/ids.ts'

/** A drug as it is sent: any name, and perhaps an RxNorm code. */
interface SentDrug {
  readonly text: string
  readonly rxcui?: string | undefined
  readonly status: DrugUse['status']
}

/**
 * A drug list with codes. Throws the fault of the first drug that is not known (see `resolveUse`), naming its place.
 * A combination product has no one code: its text stays, and is resolved again when it is looked up.
 */
export function codedDrugs(list: readonly SentDrug[], facts: Facts): DrugUse[] {
  const book = drugBook(facts)
  return list.map(({ text, rxcui, status }, at) => {
    const sent: DrugUse = {
      text,
      rxcui: rxcui === undefined ? undefined : rxCui(rxcui),
      atc: undefined,
      status,
    }
    try {
      const [first, second] = resolveUse(sent, book).drugs
      return second === undefined
        ? drugUse(text, first.rxcui, first.atc[0], status)
        : { ...sent, rxcui: undefined }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      throw new Fault(error.code, `drugs.${at}`, error.what, error.mend)
    }
  })
}

/** A drug by its resolved codes. */
export function drugUse(
  text: string,
  rxcui: string | undefined,
  atc: string | undefined,
  status: DrugUse['status'],
): DrugUse {
  return {
    text,
    rxcui: rxcui === undefined ? undefined : rxCui(rxcui),
    atc: atc === undefined ? undefined : atcCode(atc),
    status,
  }
}
