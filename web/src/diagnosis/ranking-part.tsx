import type { PhenotypeFinding } from '../../../src/interpret/finding/phenotype.ts'
import { useDiagnosis } from '../api/features.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { DiseaseRow } from './disease-row.tsx'
import { shareWords } from './likelihood-words.ts'
import { QuestionsPart } from './questions-part.tsx'
import { ReanalysisPart } from './reanalysis-part.tsx'
import { UndecidedPart } from './undecided-part.tsx'

const VERDICTS: Readonly<Record<PhenotypeFinding['verdict'], string>> = {
  likely: 'One disease is likely.',
  possible: 'One disease fits better than the others; others remain possible.',
  unclear: 'No disease stands out.',
  'probably-not-in-catalogue': 'Probably none of the diseases in the catalogue.',
  'nothing-to-rank': 'Nothing to rank yet: say first which features are there.',
}

/** Which diseases fit, why, and what to look for next. */
export function RankingPart({ patient }: { readonly patient: string }) {
  const found = useDiagnosis(patient)
  return (
    <section aria-label="Diseases that fit">
      <h2>Diseases that fit</h2>
      {found.isError && <ErrorNote error={found.error} />}
      {found.isPending && <Waiting what="the ranking" />}
      {found.data !== undefined && <Ranking finding={found.data} patient={patient} />}
    </section>
  )
}

function Ranking({ finding, patient }: { readonly finding: PhenotypeFinding; readonly patient: string }) {
  const { verdict, inCatalogue, diseases, undecided, dual, questions, remarks, facts } = finding
  return (
    <>
      <p className="verdict">{VERDICTS[verdict]}</p>
      {remarks.map(({ term, what }) => (
        <p key={`${term} ${what}`} className="held">
          {term}: {what}
        </p>
      ))}
      {diseases.length > 0 && (
        <>
          <p>
            About {shareWords(inCatalogue)} of published people with such features have a disease of this
            catalogue. This is a list to think with, not a diagnosis.
          </p>
          <ol className="diseases">
            {diseases.map((one) => (
              <DiseaseRow key={one.id} disease={one} />
            ))}
          </ol>
          <UndecidedPart undecided={undecided} />
          {dual.map(({ diseases: [first, second], explainedBySecondOnly }) => (
            <p key={`${first.id} ${second.id}`} className="held">
              Two diseases at once? {first.name} does not explain{' '}
              {explainedBySecondOnly.map(({ name }) => name).join(', ')}; {second.name} would.
            </p>
          ))}
          <QuestionsPart patient={patient} questions={questions} />
          <ReanalysisPart patient={patient} />
          <p className="soft">
            Compared by {facts.map(({ id, version }) => `${id} ${version}`).join(', ')}. A disease whose
            features nobody has written down cannot be named here.
          </p>
        </>
      )}
    </>
  )
}
