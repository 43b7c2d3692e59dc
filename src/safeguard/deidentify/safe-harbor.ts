/** One of the identifiers of 45 CFR 164.514(b)(2)(i), (A) to (R), and what is done about it. */
interface SafeHarborRule {
  readonly letter: string
  readonly identifier: string
  readonly done: string
}

export const SAFE_HARBOR: readonly SafeHarborRule[] = [
  { letter: 'A', identifier: 'names', done: 'text is left out unless its element is listed as coded' },
  {
    letter: 'B',
    identifier: 'places smaller than a state',
    done: 'of an address the country, the state and three ZIP digits stay, 000 where 20,000 or fewer live',
  },
  {
    letter: 'C',
    identifier: 'dates and ages over 89',
    done: 'dates become years; ages over 89 become 90 or more, and years that would tell such an age go',
  },
  { letter: 'D', identifier: 'telephone numbers', done: 'telecom is left out' },
  { letter: 'E', identifier: 'fax numbers', done: 'telecom is left out' },
  { letter: 'F', identifier: 'e-mail addresses', done: 'telecom is left out' },
  { letter: 'G', identifier: 'social security numbers', done: 'identifiers are left out' },
  {
    letter: 'H',
    identifier: 'medical record numbers',
    done: 'identifiers are left out; ids become keyed digests',
  },
  {
    letter: 'I',
    identifier: 'health plan numbers',
    done: 'identifiers are left out; Coverage is not released',
  },
  { letter: 'J', identifier: 'account numbers', done: 'identifiers are left out; Account is not released' },
  {
    letter: 'K',
    identifier: 'certificate and licence numbers',
    done: 'identifiers and qualifications are left out',
  },
  { letter: 'L', identifier: 'vehicles', done: 'no released element holds them' },
  { letter: 'M', identifier: 'devices', done: 'Device is not released; device elements are left out' },
  {
    letter: 'N',
    identifier: 'URLs',
    done: 'only code systems keep their URI; attachments and extensions are left out',
  },
  { letter: 'O', identifier: 'IP addresses', done: 'text is left out; AuditEvent is not released' },
  { letter: 'P', identifier: 'biometrics', done: 'attachments, photos and sampled data are left out' },
  { letter: 'Q', identifier: 'photographs', done: 'attachments, photos and media are left out' },
  {
    letter: 'R',
    identifier: 'any other unique number, characteristic or code',
    done: 'genotypes and other genetic data are withheld unless their release is governed; ids become keyed digests',
  },
]

/**
 * Three-digit ZIP areas of 20,000 people or fewer (2000 census, as listed in the guidance of HHS on de-identification,
 * 2012). They become 000.
 */
const SMALL_ZIP_AREAS = new Set(
  '036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893'.split(' '),
)

/** First three digits of a US ZIP code, 000 for small areas; undefined for what is no ZIP code. */
export function threeDigitZip(text: unknown): string | undefined {
  const digits = typeof text === 'string' ? /^(\d{3})\d\d(-?\d{4})?$/.exec(text.trim())?.[1] : undefined
  return digits !== undefined && SMALL_ZIP_AREAS.has(digits) ? '000' : digits
}

/** Ages above this are told as 90 or more. Years. */
export const OLDEST_TOLD = 89

/**
 * Year of birth, or undefined when the person may have turned 90 by `at` (ISO 8601): the year alone would tell it.
 */
export function tellableBirthYear(birthDate: string, at: string): string | undefined {
  const year = Number(birthDate.slice(0, 4))
  return Number.isInteger(year) && Number(at.slice(0, 4)) - year <= OLDEST_TOLD ? String(year) : undefined
}
