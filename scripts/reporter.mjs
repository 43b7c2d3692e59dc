// Test reporter: what failed and why, what was skipped and why; the counts go to the file that GARROD_TEST_COUNTS names.
import { writeFileSync } from 'node:fs'

export default async function* report(source) {
  let passed = 0
  let failed = 0
  let skipped = 0
  for await (const event of source) {
    const { data } = event
    if (event.type === 'test:stderr' || event.type === 'test:stdout') yield data.message
    if (
      event.type === 'test:diagnostic' &&
      data.file &&
      !/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(data.message)
    )
      yield `  ${data.message}\n`
    if (event.type === 'test:pass' && data.details?.type !== 'suite') {
      if (data.skip !== undefined) {
        skipped++
        yield `skipped: ${data.name}${typeof data.skip === 'string' ? ` (${data.skip})` : ''}\n`
      } else passed++
    }
    if (event.type === 'test:fail') {
      const error = data.details?.error
      if (error?.failureType === 'subtestsFailed') continue
      failed++
      const cause = error?.cause ?? error
      yield `\nFAILED ${data.name}\n  ${data.file ?? ''}:${data.line ?? ''}\n${String(cause?.stack ?? cause).replace(/^/gm, '  ')}\n`
    }
  }
  if (process.env.GARROD_TEST_COUNTS)
    writeFileSync(process.env.GARROD_TEST_COUNTS, JSON.stringify({ passed, failed, skipped }))
}
