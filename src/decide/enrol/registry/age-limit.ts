/** An age as the registry writes it, or text in its place that is none. */
export type AgeLimit =
  | { readonly count: number; readonly unit: 'year' | 'month' | 'day' }
  | { readonly unreadable: string }

/** Days of the units that are shorter than a month; parts of a day count as none. */
const DAYS: Readonly<Record<string, number>> = { week: 7, day: 1, hour: 0, minute: 0 }

/** Reads "18 Years", "6 Months", "2 Weeks", "12 Hours"; undefined for anything else. */
export function readAgeLimit(text: string): AgeLimit | undefined {
  const [, digits, unit] = /^\s*(\d{1,4})\s+(year|month|week|day|hour|minute)s?\s*$/i.exec(text) ?? []
  if (digits === undefined || unit === undefined) return undefined
  const name = unit.toLowerCase()
  if (name === 'year' || name === 'month') return { count: Number(digits), unit: name }
  return { count: Number(digits) * DAYS[name]!, unit: 'day' }
}
