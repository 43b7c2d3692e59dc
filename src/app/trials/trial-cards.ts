import { phaseWords } from '../../decide/enrol/phase.ts'
import type { BuiltCard, CardContext } from '../../deliver/cds-hooks/built-card.ts'
import { type CardTrial, trialCards } from '../../deliver/cds-hooks/trial-card.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { Services } from '../http/services.ts'
import { VERSION } from '../version.ts'
import { shownPerson } from './kept-candidate.ts'
import { type KeptTrialAnswer, personTrials, treeVersion } from './person-trials.ts'
import { trialShelf } from './trial-shelf.ts'

/** The card about trials of one person, as far as the caller may see them. */
export async function trialCardsFor(
  services: Services,
  patient: PatientId,
  within: Restriction,
  context: Pick<CardContext, 'service' | 'hookInstance' | 'patientId' | 'pageUrl'>,
): Promise<readonly BuiltCard[]> {
  const { store, facts, tenant } = services
  const shelf = await trialShelf(services, tenant)
  if (shelf.open.clauses.length === 0) return []
  const person = await shownPerson(store, facts, tenant, patient, within)
  if (person === undefined) return []
  const trials = personTrials(shelf, person.candidate, facts, {
    postalCodes: services.postalCodes,
    closed: false,
    everything: false,
  })
  const page = { ...context, pageUrl: `${context.pageUrl}/trials` }
  return trialCards(page, trials.map(cardTrial), `Garrod ${VERSION}, ${treeVersion(facts)}`)
}

function cardTrial(answer: KeptTrialAnswer): CardTrial {
  const { protocol, title, phases = [], study, studyVersion, verdict, where, clauses } = answer
  const [best] = clauses
  const reasons = best?.reasons ?? []
  const phase = phaseWords(phases)
  return {
    protocol,
    name: `${[protocol, title].filter((one) => one !== undefined).join(' ')}${phase === '' ? '' : ` (${phase})`}`,
    version: `${study} ${studyVersion}`,
    verdict,
    site: where?.nearest === undefined ? undefined : where.because,
    missing: reasons.flatMap(({ because, missing }) =>
      missing === undefined ? [] : [{ what: because, settledBy: missing.settledBy }],
    ),
    met: reasons.filter((one) => one.verdict === 'met').length,
  }
}
