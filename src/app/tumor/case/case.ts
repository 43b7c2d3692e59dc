import { acmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import { Facts } from '../../../knowledge/facts.ts'
import type { CodeRow } from '../../../knowledge/tumor/diagnosis-codes.ts'
import type { ReceivedTumor } from '../../../record/tumor-part.ts'
import { packRefText } from '../../../terms/evidence.ts'
import { Fault } from '../../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../../command.ts'
import { readConfig } from '../../config.ts'
import { issuedOf } from '../../issued-option.ts'
import { assemblyOf } from '../assembly.ts'
import { withCurrentGenes } from '../current-genes.ts'
import { readEstablished, readHotspots } from '../hotspot-table.ts'
import { receivedTumors } from '../received.ts'
import { withReference } from '../reference-genes.ts'
import { readScoreOptions } from '../scores/score-options.ts'
import { withAssay } from '../scores/stated-assay.ts'
import { readSupplied } from '../tiers/supplied-tables.ts'
import { vaSpecDocument } from '../tiers/va-spec.ts'
import { caseBundle } from './case-bundle.ts'
import { diagnosisOfFiles, readDiagnosis } from './diagnosis.ts'
import { readDiagnosisMap } from './diagnosis-map.ts'
import { formatOf } from './document-format.ts'
import { type Answered, Answers, type TumorCase } from './section.ts'
import { SECTIONS } from './sections.ts'
import { situationOf } from './situation.ts'
import { tiersSection } from './tiers-section.ts'

/** Version of the document. It grows by new sections alone; a change of a section that readers know makes a new number. */
export const TUMOR_DOCUMENT = 'garrod-tumor/1'

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
  const hotspots = await readHotspots(input.texts('hotspots'))
  const established = await readEstablished(input.text('established'))
  const scores = await readScoreOptions(input, facts)
  const supplied = await readSupplied(input.texts('guidelines'), input.texts('annotations'))
  const read = await receivedTumors(files, input, assemblyOf(input), acmgCriteria(facts).missenseTools)
  const tumors = (await withReference(read, input, facts)).map((one) => withCurrentGenes(one, facts))
  const answered = tumors.map((received) => {
    const tumor: TumorCase = {
      ...withDiagnosis(withAssay(received, scores.assay), stated, facts, codes),
      facts,
      situation,
      hotspots,
      established,
      scores,
      supplied,
    }
    const answers = new Answers()
    return {
      tumor,
      answers,
      sections: SECTIONS.flatMap((step): readonly Answered[] => {
        const answer = step.run(tumor, answers)
        return answer === undefined ? [] : [answer]
      }),
    }
  })
  if (format === 'va-spec')
    await io.out(vaSpecDocument(answered.map(({ answers }) => answers.get(tiersSection))))
  else if (format !== undefined)
    for (const { tumor, answers } of answered) await io.out(caseBundle(tumor, answers, format, issued))
  else if (input.flag('json'))
    await io.out(
      `${JSON.stringify({
        schema: TUMOR_DOCUMENT,
        tumors: answered.map(({ tumor: { received, diagnosis }, sections }) => ({
          sample: received.profile.sample ?? null,
          diagnosis,
          ...Object.fromEntries(sections.map(({ name, value }) => [name, value])),
          facts: [...new Set(sections.flatMap(({ packs }) => packs.map(packRefText)))].sort(),
        })),
      })}\n`,
    )
  else
    for (const { sections } of answered)
      await io.out(
        `${sections
          .map(({ text }) => text)
          .filter((text) => text !== '')
          .join(
            '\n\n',
          )}\n\nDecision support for professionals. Not a medical device.\n${answered.length > 1 ? '\n' : ''}`,
      )
  return answered.some(
    ({ tumor, sections }) => tumor.diagnosis.code === undefined || sections.some(({ gaps }) => gaps),
  )
    ? 1
    : 0
}

/** What was stated decides; where the files mean another tumour, both are shown. */
function withDiagnosis(
  received: ReceivedTumor,
  stated: string | undefined,
  facts: Facts,
  codes: readonly CodeRow[],
): Pick<TumorCase, 'received' | 'diagnosis'> {
  const { diagnosis: told } = received.profile
  const file = received.parts.find(({ said }) => said.diagnosis !== undefined)?.file ?? 'diagnosis'
  const ofFiles = diagnosisOfFiles(told, file, facts, codes)
  if (stated === undefined) return { received, diagnosis: ofFiles }
  const diagnosis = readDiagnosis(stated, '--diagnosis', facts, codes)
  const agree =
    ofFiles.code === undefined ||
    diagnosis.lineage.includes(ofFiles.code) ||
    ofFiles.lineage.includes(diagnosis.code!)
  if (agree) return { received, diagnosis }
  const contradiction = {
    about: 'diagnosis',
    statements: [
      { says: `${diagnosis.name} (${diagnosis.code})`, file: '--diagnosis' },
      { says: `${ofFiles.name} (${ofFiles.code})`, file },
    ],
  }
  return {
    received: { ...received, contradictions: [contradiction, ...received.contradictions] },
    diagnosis,
  }
}
