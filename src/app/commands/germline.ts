import { Fault } from '../../terms/fault.ts'
import type { Command } from '../command.ts'
import { assess } from '../germline/assess.ts'
import { classify } from '../germline/classify.ts'

export const germline: Command = {
  name: 'germline',
  summary: 'inherited variants: ACMG/AMP criteria in, a class with its reason out',
  usage: 'classify (--criteria LIST | TABLE) [options] | assess EVIDENCE.json [options]',
  details: `classify combines criteria that somebody assessed: the table of ACMG/AMP 2015 first, evidence points (Tavtigian 2020) where
it says nothing, rules of their own where pathogenic and benign evidence meet; --panel combines as a ClinGen expert panel does.
TABLE is tab-separated with a header: criteria (or codes_met), and if known variant, panel (or expert_panel), gene. Without
--json each row gives one line: variant, class, what decided, criteria, remark.
assess takes the evidence of one variant (docs/germline.md) and says of each of the 28 criteria: met and how strong, not met,
or not assessed and what is missing; then the class. PP5 and BP6 are never used.`,
  options: {
    criteria: {
      type: 'string',
      value: 'LIST',
      help: 'criteria that are met, with a strength that is not the usual one: "PVS1,PM2_Supporting"',
    },
    panel: {
      type: 'string',
      value: 'NAME',
      help: 'combine as this ClinGen expert panel does: its id, its name or a gene of it',
    },
    pin: {
      type: 'string',
      multiple: true,
      value: 'PACK',
      help: 'use this fact pack, as id@version, instead of the newest',
    },
    json: { type: 'boolean', help: 'print JSON; of a table one object per row' },
  },
  examples: [
    ['garrod germline classify --criteria "PVS1,PM2_Supporting"', 'the class of two criteria, and why'],
    [
      'garrod germline classify --criteria "PM3_Strong,PP4,BP4" --panel PAH',
      'as the panel for phenylketonuria combines',
    ],
    ['garrod germline classify variants.tsv --json', 'every row of a table'],
  ],
  async run(input, io) {
    const [verb] = input.positionals
    if (verb === 'classify') return classify(input, io)
    if (verb === 'assess') return assess(input, io)
    throw new Fault(
      'USAGE_VERB',
      'garrod germline',
      verb === undefined
        ? 'nothing was asked for'
        : `"garrod germline ${verb}" is not a form of this command`,
      'See "garrod germline --help".',
    )
  },
}
