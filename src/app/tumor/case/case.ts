import { conditionsAmong } from '../../../fhir/candidate/conditions.ts'
import { acmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import { Facts } from '../../../knowledge/facts.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../../command.ts'
import { issuedOf } from '../../command-line/issued-option.ts'
import { readConfig } from '../../config.ts'
import { assemblyOf } from '../assembly.ts'
import { conditionDiagnoses } from '../condition-diagnoses.ts'
import { coveredBy } from '../covered.ts'
import { withCurrentGenes } from '../current-genes.ts'
import { misnamedGenes } from '../gene-suggestions.ts'
import { readEstablished, readHotspots } from '../hotspot-table.ts'
import { receivedTumors } from '../received.ts'
import { withReference } from '../reference-genes.ts'
import { readScoreOptions } from '../scores/score-options.ts'
import { withAssay } from '../scores/stated-assay.ts'
import { readSiteTables } from '../site-tables.ts'
import { readSupplied } from '../tiers/supplied-tables.ts'
import { vaSpecDocument } from '../tiers/va-spec.ts'
import { tumorCuts } from '../tumor-cuts.ts'
import { answered, TUMOR_DOCUMENT, tumorDocument, withDiagnosis } from './answered.ts'
import { caseBundle } from './case-bundle.ts'
import { readDiagnosis } from './diagnosis.ts'
import { readDiagnosisMap } from './diagnosis-map.ts'
import { formatOf } from './document-format.ts'
import type { TumorCase } from './section.ts'
import { situationOf, unreadConditions, withConditions } from './situation.ts'
import { tiersSection } from './tiers-section.ts'

/** `garrod tumor FILE...`: the tumours of the files, each with every section. */
export async function tumorCase(input: Arguments, io: Io): Promise<ExitCode> {
  const files = input.positionals
  if (files.length === 0)
    throw new Fault(
      'USAGE_TUMOR',
      'garrod tumor',
      'no file was given',
      'Give the files of a tumour: variants, copy number, fusions, markers. See "garrod tumor --help".',
    )
  const format = formatOf(input)
  const issued = issuedOf(input)
  const facts = Facts.find(readConfig().factFolders, input.texts('pin'))
  const stated = input.text('diagnosis')
  // A diagnosis that cannot be read is told before long files are.
  const situation = await situationOf(input, facts)
  const codes = await readDiagnosisMap(input.text('diagnosis-map'))
  readDiagnosis(stated, '--diagnosis', facts, codes)
  const site = await readSiteTables(facts)
  const hotspots = (await readHotspots(input.texts('hotspots'))) ?? site.hotspots
  const established = (await readEstablished(input.text('established'))) ?? site.established
  const scores = await readScoreOptions(input, facts)
  const given = await readSupplied(input.texts('guidelines'), input.texts('annotations'))
  const supplied = {
    guidelines: input.texts('guidelines').length > 0 ? given.guidelines : site.supplied.guidelines,
    annotations: input.texts('annotations').length > 0 ? given.annotations : site.supplied.annotations,
  }
  const read = await receivedTumors(files, input, assemblyOf(input), {
    cuts: tumorCuts(facts),
    tools: acmgCriteria(facts).missenseTools,
    diagnosesIn: conditionDiagnoses(facts, codes),
    conditionsIn: (resources) => conditionsAmong(resources, facts),
  })
  const misnamed = misnamedGenes(coveredBy(input), facts)
  const tumors = (await withReference(read, input, facts)).map((one) => {
    const current = withCurrentGenes(one, facts)
    const notes = [...misnamed, ...unreadConditions(current.parts)]
    return notes.length === 0 ? current : { ...current, notes: [...current.notes, ...notes] }
  })
  const cases = tumors.map((received) => {
    const tumor: TumorCase = {
      ...withDiagnosis(withAssay(received, scores.assay), stated, '--diagnosis', facts, codes),
      facts,
      situation: withConditions(situation, received.parts),
      hotspots,
      established,
      scores,
      supplied,
    }
    return { tumor, ...answered(tumor) }
  })
  if (format === 'va-spec')
    await io.out(vaSpecDocument(cases.map(({ answers }) => answers.get(tiersSection))))
  else if (format !== undefined)
    for (const { tumor, answers } of cases) await io.out(caseBundle(tumor, answers, format, issued))
  else if (input.flag('json'))
    await io.out(
      `${JSON.stringify({
        schema: TUMOR_DOCUMENT,
        tumors: cases.map(({ tumor, sections }) => tumorDocument(tumor, sections)),
      })}\n`,
    )
  else
    for (const { sections } of cases)
      await io.out(
        `${sections
          .map(({ text }) => text)
          .filter((text) => text !== '')
          .join(
            '\n\n',
          )}\n\nDecision support for professionals. Not a medical device.\n${cases.length > 1 ? '\n' : ''}`,
      )
  return cases.some(
    ({ tumor, sections }) => tumor.diagnosis.code === undefined || sections.some(({ gaps }) => gaps),
  )
    ? 1
    : 0
}
