import { isEntry, readCtml } from '../../decide/enrol/ctml/document.ts'
import { writeCtml } from '../../decide/enrol/ctml/typed.ts'
import { matchGraph, matchPaths } from '../../decide/enrol/matchminer/match-graph.ts'
import { plainTrial } from '../../decide/enrol/own-trial.ts'
import { studyOf } from '../../decide/enrol/study/study-of.ts'
import { jsonDocuments } from '../../intake/json-documents.ts'
import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { readConfig } from '../config.ts'
import { checkTrials } from '../trials/check-trials.ts'
import { draftTrials } from '../trials/draft-trials.ts'
import { loadFiles } from '../trials/load-files.ts'
import { matchOrder } from '../trials/match-order.ts'
import { matchTrials } from '../trials/match-trials.ts'
import { readSignedTrials } from '../trials/signed-trials.ts'
import { tagLines } from '../trials/tag-lines.ts'
import { clinicalVocabulary, readText } from '../trials/trial-files.ts'

export const trials: Command = {
  name: 'trials',
  summary: 'trials for a patient and patients for a trial: met, not met, or unknown and what would settle it',
  usage:
    'match --trials FILE --patients FILE [options] | load FILE... | check FILE... | show FILE... | draft FILE... | paths FILE... | entities FILE...',
  details: `Trials are studies of ClinicalTrials.gov (version 2 JSON), CTML as JSON (MatchMiner), FHIR ResearchStudies, or
Garrod's own form (docs/trials.md): one document, a list, a page of the registry, one a line, or one after the other; plain
or gzip.
Patients are JSON in Garrod's form (docs/trials.md) or MatchMiner's clinical records with "genomic" in them.

match   every trial a person meets or might meet, with the reason of each criterion. A gene that no assay covered was not
        tested: it is unknown, never wild type. With --patient, also why the other trials do not fit. With --trial alone,
        the people for it: how many meet each criterion, and how many each one costs.
load    keeps the trials in the database of this installation, for the page, the FHIR server and the cards; a trial that is
        there already is replaced. What people who are watched may enter is worked out again by the server.
check   fields and values nobody could match, empty criteria, protocol numbers, logic that MatchMiner reads differently
show    the criteria in the eligibility language, or with --ctml as the document that was read, or with --fhir as a
        ResearchStudy
draft   criteria of free text with what was read of them, for a person to sign. Until then they are unknown for everybody.
        With --sign NAME and --draft ID for each one that was read, prints the signatures; match, check, show and load
        take the file with --signed, and the criteria may be mended in it. A signature ends when the text changes.
paths   the ways through the criteria of a trial, or of a bare criterion, as MatchMiner lists them
entities  cancers, diseases, treatments, variables and bounds in lines of eligibility text: "start:end:kind,…", a tab and the
        line, positions from 1 with the end exclusive; a name that stands in the line again is told where it first stands;
        with --json one object a line`,
  options: {
    trials: { type: 'string', multiple: true, value: 'FILE', help: 'trials to match' },
    patients: { type: 'string', multiple: true, value: 'FILE', help: 'people to match' },
    patient: { type: 'string', value: 'ID', help: 'this person only, with every trial' },
    trial: { type: 'string', value: 'NUMBER', help: 'this trial only: protocol number or NCT number' },
    assay: {
      type: 'string',
      value: 'FILE',
      help: 'JSON {name, genes, finds}: what was tested in people who do not say it',
    },
    'as-of': { type: 'string', value: 'DATE', help: 'the day on which ages are counted (default today)' },
    within: {
      type: 'string',
      value: 'KM',
      help: 'match: a site must be open within so many kilometres of where the person lives',
    },
    'postal-codes': {
      type: 'string',
      value: 'FILE',
      help: 'match: places of postal codes (TSV: postal_code, latitude, longitude, and country if you like)',
    },
    closed: { type: 'boolean', help: 'trials that are not open, and suspended arms, as well' },
    deceased: { type: 'boolean', help: 'people who died, as well' },
    compat: { type: 'string', value: 'matchminer', help: 'match as MatchMiner does, its errors included' },
    sign: { type: 'string', value: 'NAME', help: 'draft: sign what was read, with --draft' },
    draft: { type: 'string', multiple: true, value: 'ID', help: 'draft: this draft only' },
    side: {
      type: 'string',
      value: 'inclusion|exclusion',
      help: 'draft --sign: what the text does not say of drafts without a side',
    },
    signed: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      help: 'match, check, show, load: signatures of drafts, as "draft --sign" prints them',
    },
    ctml: { type: 'boolean', help: 'show: print CTML' },
    fhir: { type: 'boolean', help: 'show: print a FHIR ResearchStudy (R4)' },
    json: { type: 'boolean', help: 'print JSON, one object a line' },
  },
  examples: [
    ['garrod trials match --trials trials.json --patients people.jsonl', 'every person with every trial'],
    [
      'garrod trials match --trials trials.json --patients people.jsonl --patient P7',
      'one person, and why not',
    ],
    [
      'garrod trials match --trials trials.json --patients people.jsonl --trial 18-274',
      'who could enter, and what costs whom',
    ],
    ['garrod trials check trials.json', 'what is wrong with the trials'],
    ['garrod trials load trials.json', 'keep them for the server'],
  ],
  async run(input, io) {
    const [verb, ...files] = input.positionals
    const facts = () => Facts.find(readConfig().factFolders)
    if (verb === 'match' && files.length === 0) return matchTrials(matchOrder(input), facts(), io)
    if (verb === 'check' && files.length > 0)
      return checkTrials(files, input.texts('signed'), facts(), input.flag('json'), io)
    if (verb === 'load' && files.length > 0)
      return loadFiles(files, input.texts('signed'), facts(), input.flag('json'), io)
    if (verb === 'show' && files.length > 0) return showTrials(files, facts(), input, io)
    if (verb === 'draft' && files.length > 0) return draftTrials(files, facts(), input, io)
    if (verb === 'entities' && files.length > 0) return tagLines(files, facts(), input.flag('json'), io)
    if (verb === 'paths' && files.length > 0) return printPaths(files, io)
    throw new Fault(
      'USAGE_COMMAND',
      'garrod trials',
      'match, load, check, show, draft, paths or entities is needed, with its files',
      'See "garrod trials --help".',
    )
  },
}

async function showTrials(
  files: readonly string[],
  facts: Facts,
  input: Arguments,
  io: Io,
): Promise<ExitCode> {
  const read = await readSignedTrials(files, input.texts('signed'), clinicalVocabulary(facts), io)
  let exit: ExitCode = read.every((one) => 'fault' in one) ? 2 : 0
  for (const one of read) {
    if ('fault' in one) {
      io.err(`left out: ${one.fault.message}\n`)
      if (exit === 0) exit = 1
      continue
    }
    const { ctml, clauses } = one.trial
    const shown = input.flag('fhir')
      ? studyOf(one.trial)
      : input.flag('ctml') && ctml !== undefined
        ? writeCtml(ctml, clauses)
        : plainTrial(one.trial)
    await io.out(`${JSON.stringify(shown, undefined, input.flag('json') ? 0 : 2)}\n`)
  }
  return exit
}

/** A file without "treatment_list" is one bare criterion or a list of them. */
async function printPaths(files: readonly string[], io: Io): Promise<ExitCode> {
  for (const path of files) {
    const documents = jsonDocuments(await readText(path), path).filter(isEntry)
    const whole = documents.some((one) => 'treatment_list' in one || 'protocol_no' in one)
    const clauses = whole
      ? documents.flatMap((one, i) => {
          const { protocol, clauses } = readCtml(one, `${path}[${i}]`)
          return clauses.map((clause) => ({ name: `${protocol} ${clause.path}`, match: clause.match }))
        })
      : [{ name: path, match: documents }]
    for (const { name, match } of clauses) {
      await io.out(`${JSON.stringify({ name, paths: matchPaths(matchGraph(match, name), name) })}\n`)
    }
  }
  return 0
}
