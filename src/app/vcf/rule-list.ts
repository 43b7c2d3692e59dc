import { RULES, type RuleId, ruleOf } from '../../intake/vcf/conform/rules.ts'
import type { Io } from '../command.ts'

/** `garrod vcf check --rules`: what is checked, and how each rule weighs in strict and lenient reading. */
export async function printRules(json: boolean, io: Io): Promise<void> {
  for (const id of Object.keys(RULES) as RuleId[]) {
    const { title, weight, mend, assumed, since, until } = ruleOf(id)
    const strict = weight === 'advice' ? 'warn' : 'refuse'
    const lenient = weight === 'unreadable' ? 'refuse' : 'warn'
    const from = since === undefined ? undefined : `4.${since}`
    const to = until === undefined ? undefined : `4.${until}`
    if (json)
      await io.out(`${JSON.stringify({ code: id, title, strict, lenient, from, to, mend, assumed })}\n`)
    else
      await io.out(
        `${id}  ${title}\n    strict: ${strict}${versions(from, to)}, lenient: ${lenient}. ${mend}\n`,
      )
  }
}

function versions(from: string | undefined, to: string | undefined): string {
  if (from !== undefined) return ` from VCF ${from} on, before: warn`
  return to === undefined ? '' : ` up to VCF ${to}, after: warn`
}
