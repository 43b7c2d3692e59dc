import { Button, Group } from '@mantine/core'
import { frequencyWords } from '../../../src/deliver/page/frequency-words.ts'
import type { Question } from '../../../src/interpret/finding/phenotype.ts'
import { useSayFeature } from '../api/features.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { shareWords } from './likelihood-words.ts'

/** Diseases whose stated frequency is told of one feature. */
const TOLD = 3

interface QuestionsPartProps {
  readonly patient: string
  readonly questions: readonly Question[]
}

/** What to look for next: the answers that would tell the diseases apart best. */
export function QuestionsPart({ patient, questions }: QuestionsPartProps) {
  const say = useSayFeature(patient)
  if (questions.length === 0) return null
  return (
    <>
      <h3>What to look for next</h3>
      <ul className="questions">
        {questions.map(({ id, name, ifPresent, ifAbsent, annotated }) => (
          <li key={id}>
            <div>
              <strong>{name}</strong>
              <div className="soft">
                {ifPresent.id === ifAbsent.id
                  ? `${ifPresent.name} leads either way: ${shareWords(ifPresent.probability)} if it is there, ${shareWords(ifAbsent.probability)} if not.`
                  : `If it is there: ${ifPresent.name} (${shareWords(ifPresent.probability)}). If not: ${ifAbsent.name} (${shareWords(ifAbsent.probability)}).`}
              </div>
              <ul className="plain-list soft">
                {annotated.slice(0, TOLD).map((one) => (
                  <li key={one.id}>
                    {one.name}: {frequencyWords(one)}
                  </li>
                ))}
                {annotated.length > TOLD && <li>and {annotated.length - TOLD} more diseases</li>}
              </ul>
            </div>
            <Group gap="xs" wrap="nowrap">
              <Button
                size="xs"
                variant="default"
                aria-label={`${name} is there`}
                onClick={() => say.mutate({ id, state: 'present' })}
              >
                There
              </Button>
              <Button
                size="xs"
                variant="default"
                aria-label={`${name} is not there`}
                onClick={() => say.mutate({ id, state: 'excluded' })}
              >
                Not there
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      {say.isError && <ErrorNote error={say.error} />}
    </>
  )
}
