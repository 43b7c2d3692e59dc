import { createHash } from 'node:crypto'
import { ageOn } from '../../decide/age.ts'
import type { DrugAdvice } from '../../decide/plan.ts'
import type { TargetSituation } from '../../decide/target/option.ts'
import type { AmpFinding } from '../../interpret/finding/amp-tier.ts'
import type { TumorScores } from '../../interpret/finding/tumor-scores.ts'
import { drugBook } from '../../knowledge/drug.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { settlingTests } from '../../knowledge/trials/settling-test.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import { partsOf } from '../../knowledge/tumor/combination.ts'
import { placesOf } from '../../knowledge/tumor/protein-places.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { DrugUse } from '../../record/patient-record.ts'
import type { PersonCondition, PersonConditions } from '../../record/person-condition.ts'
import { packRefText } from '../../terms/evidence.ts'
import { type KeptTrialAnswer, personTrials, treeVersion } from '../trials/person-trials.ts'
import type { PostalCodes } from '../trials/postal-codes.ts'
import type { Shelf } from '../trials/trial-shelf.ts'
import { answered, withDiagnosis } from '../tumor/case/answered.ts'
import { diagnosisOfFiles } from '../tumor/case/diagnosis.ts'
import type { DiagnosisAnswer } from '../tumor/case/diagnosis-answer.ts'
import { type OncogenicityAnswer, oncogenicitySection } from '../tumor/case/oncogenicity-section.ts'
import type { ProfileAnswer } from '../tumor/case/profile-answer.ts'
import { profileSection } from '../tumor/case/profile-section.ts'
import { scoresSection } from '../tumor/case/scores-section.ts'
import type { TumorCase } from '../tumor/case/section.ts'
import { type TherapiesAnswer, therapiesSection } from '../tumor/case/therapies-section.ts'
import { tiersSection } from '../tumor/case/tiers-section.ts'
import { givenTreatments } from '../tumor/given-treatments.ts'
import type { OwnTables } from '../tumor/site-tables.ts'
import { tumorCandidate } from '../tumor/tumor-candidate.ts'
import { VERSION } from '../version.ts'
import { type DrugSafety, drugSafety } from './drug-safety.ts'
import type { KeptTumor } from './kept-tumors.ts'
import { type MissingData, missingData } from './missing-data.ts'

/** What is known of the patient beside the tumour, and from where. */
export interface BoardSituation {
  readonly stage: 'early' | 'advanced' | undefined
  /** Systemic treatments given for advanced disease so far. */
  readonly linesGiven: number | undefined
  /** Where their number is not known: there were as many at least. */
  readonly linesAtLeast: number | undefined
  readonly ecog: number | undefined
  readonly treatments: readonly string[]
  /** Of these, those that the record says were for advanced disease. A case that was kept before this was looked at has none. */
  readonly treatmentsForAdvanced?: readonly string[]
  /** Other conditions of the record that labels of cancer drugs speak of. */
  readonly conditions: readonly PersonCondition[]
  /** What else the record says of conditions. A case that was kept before this was looked at has none. */
  readonly otherConditions?: Omit<PersonConditions, 'present'>
  /** Drugs of the record that are taken now. */
  readonly taking: readonly string[]
  /** What was asked with the question, in place of the record. */
  readonly supposed: readonly ('stage' | 'linesGiven')[]
}

/** One case of a tumour board: the document of `garrod tumor` with what the record adds. */
export interface BoardDocument {
  readonly schema: 'garrod-board/1'
  /** SHA-256 of the document without itself and `asOf`: the same case under the same facts has the same. */
  readonly hash: string
  readonly asOf: string
  readonly engine: { readonly name: 'garrod'; readonly version: string }
  readonly specimen: string
  readonly files: readonly {
    readonly id: string
    readonly name: string
    readonly sha256: string
    readonly at: string
  }[]
  /** Results of the record, as FHIR resources, that it rests on. */
  readonly results: number
  readonly situation: BoardSituation
  readonly diagnosis: DiagnosisAnswer
  readonly profile: ProfileAnswer
  readonly oncogenicity: OncogenicityAnswer
  readonly scores: TumorScores
  readonly tiers: AmpFinding
  readonly therapies: TherapiesAnswer
  /** Where exons and domains lie on the proteins of the genes that are changed, as far as they are listed; for pictures. */
  readonly places: Readonly<
    Record<string, readonly { readonly name: string; readonly from: number; readonly to: number }[]>
  >
  readonly trials: {
    readonly matches: readonly KeptTrialAnswer[]
    /** Trials that are kept here, open or not. */
    readonly kept: number
    readonly leftOut: readonly string[]
  }
  readonly safety: DrugSafety
  readonly missing: readonly MissingData[]
  readonly facts: readonly string[]
  /** What the caller is told when part of the record is not shown to them; nothing here rests on that part. */
  readonly withheld: string | undefined
}

/** What of the record a case rests on, as far as the caller may see it. */
interface BoardBasis {
  readonly person: Candidate
  readonly situation: BoardSituation
  readonly shelf: Shelf
  readonly postalCodes: PostalCodes | undefined
  readonly advise: (drugs: readonly DrugUse[]) => readonly DrugAdvice[]
  readonly withheld: string | undefined
  /** Tables that the site imported. */
  readonly tables: OwnTables
  /** YYYY-MM-DD. */
  readonly asOf: string
}

/** Age and sex, as far as they are on record; a birth date of the future is a mistake of the record, and no age. */
function labelPersonOf({ birthDate, sex }: Candidate, asOf: string): Pick<TargetSituation, 'person'> {
  const born = birthDate !== undefined && birthDate <= asOf ? birthDate : undefined
  if (born === undefined && sex === undefined) return {}
  return {
    person: {
      ...(born === undefined ? {} : { age: ageOn(born, asOf) }),
      ...(sex === undefined ? {} : { sex }),
    },
  }
}

/** The case of one tumour whose files could be read. */
export function boardDocument(
  kept: KeptTumor & { readonly received: NonNullable<KeptTumor['received']> },
  basis: BoardBasis,
  facts: Facts,
): BoardDocument {
  const { person, situation } = basis
  const stated = kept.told.diagnosis ?? kept.diagnosis ?? readableDiagnosis(person.diagnosis)
  const where = kept.told.diagnosis === undefined ? 'the record' : 'said with the file'
  const advice = adviceOnApproved(facts, basis)
  const tumor: TumorCase = {
    ...diagnosed(kept.received, stated, where, facts),
    facts,
    situation: {
      agency: 'FDA',
      ...(situation.stage === undefined ? {} : { stage: situation.stage }),
      ...(situation.linesGiven === undefined ? {} : { linesGiven: situation.linesGiven }),
      ...(situation.linesAtLeast === undefined ? {} : { linesAtLeast: situation.linesAtLeast }),
      ...givenTreatments(situation.treatments, facts, situation.treatmentsForAdvanced),
      ...(situation.conditions.length === 0 ? {} : { conditions: situation.conditions }),
      ...(situation.otherConditions === undefined
        ? {}
        : { possibleConditions: situation.otherConditions.possible }),
      ...labelPersonOf(person, basis.asOf),
      ...(advice.some(({ state }) => state !== 'unknown') ? { advice } : {}),
    },
    hotspots: basis.tables.hotspots,
    established: basis.tables.established,
    scores: { assay: {}, scheme: undefined, calibrations: [], signatures: undefined, contextOf: undefined },
    supplied: basis.tables.supplied,
  }
  const { answers, sections } = answered(tumor)
  const profile = answers.get(profileSection)!
  const therapies = answers.get(therapiesSection)!
  const scores = answers.get(scoresSection)!
  const tiers = answers.get(tiersSection)!
  const { received, diagnosis } = tumor
  const trials = personTrials(basis.shelf, tumorCandidate(person, received.profile, diagnosis.code), facts, {
    postalCodes: basis.postalCodes,
    closed: false,
    everything: false,
  })
  const named = [...therapies.options, ...therapies.open].flatMap(({ drug, regimens }) => [
    drug,
    ...regimens.flat(),
  ])
  const safety = drugSafety(
    [...named, ...trials.flatMap(({ drugs = [] }) => drugs), ...situation.taking],
    drugBook(facts),
    basis.advise,
  )
  const packs = sections.flatMap((one) => one.packs.map(packRefText))
  const content = {
    schema: 'garrod-board/1' as const,
    engine: { name: 'garrod' as const, version: VERSION },
    specimen: kept.specimen,
    files: kept.files.map(({ id, name, sha256, at }) => ({ id, name, sha256, at })),
    results: kept.results,
    situation,
    diagnosis,
    profile,
    oncogenicity: answers.get(oncogenicitySection)!,
    scores,
    tiers,
    therapies,
    places: Object.fromEntries(
      [...new Set(profile.proteinChanging.flatMap(({ gene }) => gene ?? []))]
        .sort()
        .map((gene) => [gene, placesOf(facts, gene)] as const)
        .filter(([, places]) => places.length > 0),
    ),
    trials: {
      matches: trials,
      kept: basis.shelf.trials.length,
      leftOut: basis.shelf.leftOut.map(({ study }) => study),
    },
    safety,
    missing: missingData(
      {
        diagnosis: diagnosis.code,
        conditions: situation.otherConditions,
        profile,
        scores,
        tiers,
        therapies,
        trials,
        safety,
      },
      settlingTests(facts),
      basis.withheld !== undefined,
    ),
    facts: [...new Set([...packs, treeVersion(facts), basis.tables.pack ?? []].flat())].sort(),
    withheld: basis.withheld,
  }
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  return { hash, asOf: basis.asOf, ...content }
}

/** Two tumours of one record ("LUAD and BRCA") are no diagnosis of this specimen. */
function readableDiagnosis(text: string | undefined): string | undefined {
  return text === undefined || / and /.test(text) ? undefined : text
}

/** A diagnosis of the record that is no tumour type is shown as such, and does not keep the rest from being answered. */
function diagnosed(
  received: NonNullable<KeptTumor['received']>,
  stated: string | undefined,
  where: string,
  facts: Facts,
): Pick<TumorCase, 'received' | 'diagnosis'> {
  const ofRecord = stated === undefined ? undefined : diagnosisOfFiles(stated, where, facts, [])
  if (ofRecord?.code !== undefined) return withDiagnosis(received, stated, where, facts, [])
  const ofFiles = withDiagnosis(received, undefined, where, facts, [])
  return ofFiles.diagnosis.code === undefined && ofRecord !== undefined
    ? { received, diagnosis: ofRecord }
    : ofFiles
}

/** What the germline says of the drugs of every approval and of what they are given with. */
function adviceOnApproved(facts: Facts, { advise }: BoardBasis): readonly DrugAdvice[] {
  const book = drugBook(facts)
  const names = facts.derived('drugs of approvals', () => [
    ...new Set(
      approvals(facts).all.flatMap(({ drug, regimens }) => [drug, ...partsOf(drug), ...regimens.flat()]),
    ),
  ])
  const drugs = names
    .filter((name) => book.get(name) !== undefined)
    .sort()
    .map((text): DrugUse => ({ text, rxcui: undefined, atc: undefined, status: 'considered' }))
  return advise(drugs).filter(({ state }) => state !== 'no-guideline')
}
