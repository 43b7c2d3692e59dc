import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const STATUSES = ['proved', 'written', 'not applicable', 'not met'] as const

/** One line of controls.tsv. */
interface Control {
  /** Of HIPAA ("164.312(b)") or of ASVS 5.0 ("V3.4.1"). */
  readonly ids: readonly string[]
  readonly control: string
  readonly status: (typeof STATUSES)[number]
  /** proved: a test file; written: a document. */
  readonly file: string
  /** proved: the title of the test; written: words of the document; else: why. */
  readonly proof: string
}

/** Throws on a line that has another form: this is our own file. */
export function readControls(): readonly Control[] {
  const [head, ...lines] = readFileSync(join(root, 'test/security/controls.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
  if (head !== 'ids\tcontrol\tstatus\tfile\tproof') throw new Error('controls.tsv: another head')
  return lines.map((line) => {
    const [ids, control, status, file, proof, ...more] = line.split('\t')
    const known = STATUSES.find((one) => one === status)
    if (known === undefined || !ids || !control || file === undefined || !proof || more.length > 0)
      throw new Error(`controls.tsv: ${line}`)
    return { ids: ids.split(' '), control, status: known, file, proof }
  })
}

/** docs/evidence/security.md. */
export function securityPage(controls: readonly Control[]): string {
  const isHipaa = ({ ids }: Control) => ids[0]!.startsWith('164.')
  const count = (status: Control['status'], which: readonly Control[]) =>
    which.filter((one) => one.status === status).reduce((sum, one) => sum + one.ids.length, 0)
  const table = (which: readonly Control[]) => [
    '| requirement | what Garrod does | status | proof |',
    '|---|---|---|---|',
    ...which.map(({ ids, control, status, file, proof }) => {
      const place =
        file === '' ? proof : `[${file}](../../${file}): ${status === 'proved' ? 'test' : 'see'} "${proof}"`
      return `| ${ids.join(', ')} | ${cell(control)} | ${status} | ${cell(place)} |`
    }),
    '',
  ]
  const hipaa = controls.filter(isHipaa)
  const asvs = controls.filter((one) => !isHipaa(one))
  const sums = (which: readonly Control[]) =>
    `| ${STATUSES.map((status) => count(status, which)).join(' | ')} |`
  return [
    '# Security: each requirement and the check that proves it',
    '',
    'Written by `node scripts/write-docs.ts` from `test/security/controls.tsv`; `test/security/controls.test.ts` holds that',
    'every named test exists and that no requirement is left out. Requirements are named by number; the words are ours.',
    'Read them in 45 CFR Part 164 and in OWASP ASVS 5.0.0 (levels 1 and 2). Run a check with',
    '`node scripts/test.mjs <file>`.',
    '',
    '"proved" says that the named test would fail if the control were gone. "written" says that the requirement asks for a',
    'document, and which one it is. "not met" says what is missing.',
    '',
    `| | ${STATUSES.join(' | ')} |`,
    '|---|---|---|---|---|',
    `| HIPAA ${sums(hipaa)}`,
    `| ASVS 5.0 L1 and L2 ${sums(asvs)}`,
    '',
    '## HIPAA technical safeguards, and rules next to them',
    '',
    ...table(hipaa),
    '## OWASP ASVS 5.0, levels 1 and 2',
    '',
    ...table(asvs),
  ].join('\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('${', '$\\{')
