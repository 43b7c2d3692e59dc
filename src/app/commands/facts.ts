import { openPack } from '../../knowledge/fact-pack.ts'
import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { Command } from '../command.ts'
import { readConfig } from '../config.ts'

export const facts: Command = {
  name: 'facts',
  summary: 'list, show, verify or import the fact packs that answers rest on',
  usage: 'list | show ID[@VERSION] | verify [ID[@VERSION]]... [options]',
  details:
    'A fact pack is a folder of reviewable text with its source, version, licence and checksum. The newest version of each pack is in force unless a run pins another with --pin.',
  options: { json: { type: 'boolean', help: 'print JSON, one object per pack' } },
  examples: [
    ['garrod facts list', 'every installed pack; * marks the version in force'],
    ['garrod facts verify', 'check every file of every pack against its checksum'],
  ],
  async run(input, io) {
    const [verb, ...names] = input.positionals
    const found = Facts.find(readConfig().factFolders)
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
    throw new Fault(
      'USAGE_VERB',
      'garrod facts',
      verb === undefined ? 'nothing was asked for' : `"garrod facts ${verb}" is not a form of this command`,
      'See "garrod facts --help".',
    )
  },
}
