import { accessPolicy } from '../../knowledge/access/access-policy.ts'
import { Facts } from '../../knowledge/facts.ts'
import type { Restriction } from '../../record/resource-query.ts'
import { Fault } from '../../terms/fault.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Arguments, Command, ExitCode } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { readConfig } from '../config.ts'
import { TENANT } from '../tenant.ts'

const RESEARCH = 'HRESCH'

/** `export` is a word of the language. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'every variant call of the people who permit it, as Parquet files',
  usage: 'variants --parquet FOLDER [--purpose CODE] [--ids] [--json]',
  details: `Writes two files with the same rows: by-variant.parquet, sorted by position, and by-person.parquet. DuckDB, Spark, pandas
and others read them. People's consents are asked for the purpose, by default research (HRESCH), for which silence is a
no; how many people that leaves out is told. People go by pseudonyms made for this export unless --ids is given.
Positions are those of the file, in its own assembly; left out are files with more than a million calls of one sample.`,
  options: {
    parquet: { type: 'string', value: 'FOLDER', help: 'a new or empty folder' },
    purpose: {
      type: 'string',
      value: 'CODE',
      help: 'v3-ActReason code: HRESCH (default), HOPERAT, PUBHLTH, TREAT …',
    },
    ids: { type: 'boolean', help: 'patient ids in place of pseudonyms' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  examples: [
    ['garrod export variants --parquet cohort', 'the variants of everybody who consented to research'],
    [
      `duckdb -c "select chromosome, position, ref, alt, count(distinct person) from 'cohort/by-variant.parquet' group by all"`,
      'carriers of every variant',
    ],
  ],
  async run(input, io) {
    const [what, ...more] = input.positionals
    const folder = input.text('parquet')
    if (what !== 'variants' || more.length > 0 || folder === undefined) {
      throw new Fault(
        'USAGE_VERB',
        'garrod export',
        'it must be said what goes where',
        'Write garrod export variants --parquet FOLDER.',
      )
    }
    // Loaded here: the engine that writes Parquet is large.
    const { exportVariants, peopleWithVariants } = await import('../export/variants-parquet.ts')
    const config = readConfig()
    const within = restrictionOf(input, Facts.find(config.factFolders))
    const task = {
      action: 'E',
      interaction: 'export',
      command: 'garrod export variants',
      patients: [],
    } as const
    return audited<ExitCode>(task, async (store, seen) => {
      const people: PatientId[] = []
      for await (const id of peopleWithVariants(store, TENANT, within)) people.push(id)
      // Before anything is written outside.
      await seen(people)
      const told = (done: number) => {
        if (done % 100 === 0) io.err(`${done} of ${people.length} people\n`)
      }
      const result = await exportVariants(store, TENANT, folder, within, { ids: input.flag('ids'), told })
      await io.out(
        input.flag('json')
          ? `${JSON.stringify(result)}\n`
          : `${result.calls} calls of ${result.people} people in ${folder}; ${result.hidden} people with variants do not permit it\n`,
      )
      return 0
    })
  },
}

function restrictionOf(input: Arguments, facts: Facts): Restriction {
  const purpose = input.text('purpose') ?? RESEARCH
  const known = accessPolicy(facts).purposes.get(purpose)
  if (known === undefined) {
    throw new Fault(
      'PURPOSE_UNKNOWN',
      '--purpose',
      `"${purpose}" is not a purpose that consents are asked for`,
      `Use one of ${[...accessPolicy(facts).purposes.keys()].join(', ')}.`,
    )
  }
  return {
    types: undefined,
    compartments: undefined,
    hiddenLabels: [],
    consent: { purpose, actors: [], at: new Date().toISOString(), ...known },
  }
}
