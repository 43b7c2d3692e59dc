import { join } from 'node:path'
import { openPack } from '../../knowledge/fact-pack.ts'
import { Facts } from '../../knowledge/facts.ts'
import { hasStore } from '../../store/open-store.ts'
import { Fault } from '../../terms/fault.ts'
import type { Command } from '../command.ts'
import { audited, type CommandTask } from '../command-line/audited-command.ts'
import { type Config, readConfig } from '../config.ts'
import { IMPORTERS, runImport } from '../import/import-facts.ts'

/** Answers of a server rest on what is imported beside its store: who did it stands in its audit log, with the new packs. */
function importTask(kind: string, before: Facts, config: Config): CommandTask {
  const known = new Set(before.installed.map(({ folder }) => folder))
  return {
    action: 'C',
    interaction: 'create',
    command: `garrod facts import ${Object.hasOwn(IMPORTERS, kind) ? kind : '(no such kind)'}`,
    patients: [],
    what: () =>
      Facts.find(config.factFolders)
        .installed.filter(({ folder }) => !known.has(folder))
        .map(({ head }) => `${head.id}@${head.version}`),
  }
}

export const facts: Command = {
  name: 'facts',
  summary: 'list, show, verify or import the fact packs that answers rest on',
  usage: 'list | show ID[@VERSION] | verify [ID[@VERSION]]... | import KIND PATH... [options]',
  details: `A fact pack is a folder of reviewable text with its source, version, licence and checksum. The newest version of each
pack is in force unless a run pins another with --pin. Imported packs are kept under GARROD_HOME (default ~/.garrod).
A server reads packs when it starts: one that runs goes on answering by those it has, and names their versions, until it is
started again. An import beside a store is written into its audit log.

import KIND
${Object.entries(IMPORTERS)
  .map(([kind, { reads }]) => `  ${kind.padEnd(12)} ${reads}`)
  .join('\n')}`,
  options: {
    json: { type: 'boolean', help: 'print JSON, one object per pack' },
    version: {
      type: 'string',
      value: 'V',
      help: 'import: version of the new pack, where the release names none',
    },
    populations: {
      type: 'string',
      value: 'TSV',
      help: 'import haplotypes: table with the columns sample and population',
    },
  },
  examples: [
    ['garrod facts list', 'every installed pack; * marks the version in force'],
    ['garrod facts verify', 'check every file of every pack against its checksum'],
    [
      'garrod facts import alleles release/definition/alleles',
      'load the allele definitions of a newer release',
    ],
    [
      'garrod facts import civic 01-Aug-2021-ClinicalEvidenceSummaries.tsv 01-Aug-2021-VariantSummaries.tsv',
      'load a release of CIViC; rows that are left out are counted with their reason',
    ],
    [
      'garrod facts import cpic release/guidelines --version 2026-11',
      'load newer guidelines; texts not yet coded are listed for review',
    ],
  ],
  async run(input, io) {
    const [verb, ...names] = input.positionals
    const config = readConfig()
    const found = Facts.find(config.factFolders)
    const chosen = (name: string) => {
      const [id, version] = name.split('@')
      const matches = found.installed.filter(
        (one) => one.head.id === id && (version === undefined || one.head.version === version),
      )
      if (matches.length === 0)
        throw new Fault(
          'FACTS_PACK_MISSING',
          name,
          `fact pack "${name}" is not installed`,
          'See "garrod facts list".',
        )
      return matches
    }
    if (verb === 'list') {
      for (const { head, folder } of found.installed) {
        const inForce = found.head(head.id) === head
        if (input.flag('json')) await io.out(`${JSON.stringify({ ...head, inForce, folder })}\n`)
        else
          await io.out(
            `${inForce ? '*' : ' '} ${`${head.id}@${head.version}`.padEnd(34)} ${head.title} (${head.licence})\n`,
          )
      }
      return 0
    }
    if (verb === 'show' && names.length > 0) {
      for (const { folder } of names.flatMap(chosen)) {
        const pack = openPack(folder)
        await io.out(
          `${JSON.stringify({ ...pack.head, files: pack.fileNames }, null, input.flag('json') ? 0 : 2)}\n`,
        )
      }
      return 0
    }
    if (verb === 'verify') {
      let broken = 0
      for (const { head, folder } of names.length > 0 ? names.flatMap(chosen) : found.installed) {
        try {
          openPack(folder)
          await io.out(`ok      ${head.id}@${head.version}\n`)
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          broken++
          await io.out(`broken  ${head.id}@${head.version}  ${error.what}\n`)
        }
      }
      return broken > 0 ? 2 : 0
    }
    if (verb === 'import') {
      const [kind, path, ...more] = names
      if (kind === undefined || path === undefined) {
        throw new Fault(
          'USAGE_IMPORT',
          'garrod facts import',
          'a kind and a path are needed',
          'See "garrod facts --help".',
        )
      }
      const into = join(config.home, 'facts')
      const retrieved = new Date().toISOString().slice(0, 10)
      const version = input.text('version')
      const order = { kind, path, more, into, version, retrieved, facts: found }
      const report = async () => runImport({ ...order, populations: input.text('populations') })
      const lines = hasStore(config)
        ? await audited(importTask(kind, found, config), report, config)
        : await report()
      for (const line of lines) await io.out(`${line}\n`)
      io.err('In force for commands from now on, and for a server from its next start.\n')
      return 0
    }
    throw new Fault(
      'USAGE_VERB',
      'garrod facts',
      verb === undefined ? 'nothing was asked for' : `"garrod facts ${verb}" is not a form of this command`,
      'See "garrod facts --help".',
    )
  },
}
