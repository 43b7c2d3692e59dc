import { Fault } from '../../terms/fault.ts'
import type { Command, Option } from '../command.ts'
import { nearest } from '../option-fault.ts'
import { annotate } from '../vcf/annotate.ts'
import { callable } from '../vcf/callable.ts'
import { checkFiles } from '../vcf/check-files.ts'
import { consequence } from '../vcf/consequence.ts'
import { genotypes } from '../vcf/genotypes.ts'
import { norm } from '../vcf/norm.ts'
import { sites } from '../vcf/sites.ts'
import { viewRecords } from '../vcf/view.ts'

/** In the order that --help lists them; a verb's options may be shared, then they mean the same. */
const VERBS = [checkFiles, viewRecords, callable, genotypes, norm, consequence, sites, annotate] as const

export const vcf: Command = {
  name: 'vcf',
  summary:
    'variant files: conformance to the specification, the records at some loci, what was callable, genotypes, normalisation, consequences, annotation',
  usage: 'VERB FILE [options]',
  details: `A FILE is a VCF of version 4.1 to 4.5, plain, gzip or bgzip. A large bgzip or plain file is read by several threads, and every
block's CRC-32 is checked.

Verbs
${VERBS.map((verb) => `  ${verb.name} ${verb.usage}\n      ${verb.summary}`).join('\n')}`,
  options: Object.assign({}, ...VERBS.map((verb) => verb.options)) as Record<string, Option>,
  examples: VERBS.flatMap((verb) => verb.examples),
  async run(input, io) {
    const [name] = input.positionals
    const verb = VERBS.find((one) => one.name === name)
    if (verb === undefined) {
      const names = VERBS.map((one) => one.name)
      const near = name === undefined ? undefined : nearest(name, names)
      throw new Fault(
        'USAGE_COMMAND',
        'garrod vcf',
        name === undefined ? 'no verb is given' : `there is no verb "${name}"`,
        `${near === undefined ? '' : `Did you mean ${near}? `}Verbs: ${names.join(', ')}. See "garrod vcf --help".`,
      )
    }
    const foreign = input.given().find((option) => !(option in verb.options))
    if (foreign !== undefined) {
      throw new Fault(
        'USAGE_OPTION',
        `garrod vcf ${verb.name}`,
        `"--${foreign}" is not an option of this verb`,
        `Usage: garrod vcf ${verb.name} ${verb.usage}`,
      )
    }
    return verb.run(input, io)
  },
}
