/** FILTER codes that do not say that the site failed: a preprocessor's own remarks on matching. */
const REMARKS = new Set(['PASS', '.', '', 'MONOALLELIC', 'PCATxREF', 'PCATxALT', 'PCATxINDEL'])

/** The FILTER text when it says that the site failed. */
export function failureOf(filter: string): string | undefined {
  const failed = filter.split(';').filter((code) => !REMARKS.has(code))
  return failed.length === 0 ? undefined : failed.join(';')
}
