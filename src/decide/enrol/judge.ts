import type { OncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { TreatmentNames } from '../../knowledge/tumor/treatment-names.ts'
import type { Candidate } from '../../record/candidate.ts'
import { judgeAge } from './age-bound.ts'
import { holds } from './comparison.ts'
import type { Leaf, LinesLeaf, MarkerLeaf } from './criterion.ts'
import { judgeAlteration, judgeWildType, type Tested } from './judge-alteration.ts'
import { judgeDiagnosis, type PersonsDiagnosis } from './judge-diagnosis.ts'
import { judgeLab } from './judge-lab.ts'
import { judgePerformance } from './judge-performance.ts'
import { judgeTreated } from './judge-treated.ts'
import { missing, onValue, type Ruling } from './ruling.ts'

/** One person, prepared once for many criteria. */
export interface Person {
  readonly candidate: Candidate
  readonly tested: Tested
  readonly diagnosis: PersonsDiagnosis
}

/** What rulings are made against. */
export interface JudgeSetting {
  readonly tree: OncoTree
  /** YYYY-MM-DD. */
  readonly today: string
  /** What names of treatments stand for; left out: themselves. */
  readonly treatmentNames?: TreatmentNames
}

/** Rules one leaf for one person. */
export function judge(leaf: Leaf, person: Person, { today, tree, treatmentNames }: JudgeSetting): Ruling {
  const { candidate } = person
  switch (leaf.kind) {
    case 'age':
      return judgeAge(leaf, candidate.birthDate, today)
    case 'sex':
      return candidate.sex === undefined
        ? missing('sex', 'the sex is not recorded')
        : onValue(candidate.sex === leaf.sex, 'sex', candidate.sex)
    case 'diagnosis':
      return judgeDiagnosis(leaf, person.diagnosis, tree)
    case 'alteration':
      return judgeAlteration(leaf, person.tested)
    case 'wild-type':
      return judgeWildType(leaf, person.tested)
    case 'marker':
      return judgeMarker(leaf, candidate)
    case 'burden':
      return candidate.burden === undefined
        ? missing('burden', 'no tumour mutational burden is reported')
        : onValue(
            holds(candidate.burden, leaf.comparison, leaf.perMegabase),
            'tumour mutational burden',
            candidate.burden,
          )
    case 'treated':
      return judgeTreated(leaf, candidate, today, treatmentNames)
    case 'lab':
      return judgeLab(leaf, candidate.labs ?? [], today)
    case 'performance':
      return judgePerformance(leaf, candidate)
    case 'lines':
      return judgeLines(leaf, candidate)
    case 'anything':
      return { verdict: 2, ground: { kind: 'not-asked', about: leaf.about } }
    case 'unreadable':
      return missing('criterion', leaf.mend)
    case 'draft':
      return missing('draft', leaf.reads === null ? 'free text, not understood' : 'draft, not signed')
  }
}

/** Where only a least number is known, it decides what every greater number decides alike. */
function judgeLines({ comparison, count }: LinesLeaf, { priorLines, priorLinesAtLeast }: Candidate): Ruling {
  if (priorLines !== undefined)
    return onValue(holds(priorLines, comparison, count), 'earlier lines', priorLines)
  if (priorLinesAtLeast !== undefined) {
    const value = `at least ${priorLinesAtLeast}`
    const isAbove = comparison === '>=' ? priorLinesAtLeast >= count : priorLinesAtLeast > count
    if ((comparison === '>=' || comparison === '>') && isAbove) return onValue(true, 'earlier lines', value)
    const isPast = comparison === '<' ? priorLinesAtLeast >= count : priorLinesAtLeast > count
    if (comparison !== '>=' && comparison !== '>' && isPast) return onValue(false, 'earlier lines', value)
  }
  return missing('treatments', 'the number of earlier lines of treatment is not recorded')
}

function judgeMarker({ marker, values }: MarkerLeaf, { markers }: Candidate): Ruling {
  const found = markers[marker]
  if (found === undefined) return missing(marker, `no result of ${marker} is reported`)
  if (typeof found !== 'string')
    return missing(marker, `results of ${marker} contradict: ${found.join(' and ')}`)
  if (values.includes(found)) return onValue(true, marker, found)
  if (marker === 'her2' && found === 'equivocal')
    return missing('her2-ish', 'her2 is 2+ by immunohistochemistry, and no hybridisation is reported')
  // HER2 low and ultralow are negative; "negative" alone does not say which of them it is.
  if (marker === 'her2' && FAINT.has(found)) return onValue(values.includes('negative'), marker, found)
  if (marker === 'her2' && found === 'negative' && values.some((one) => FAINT.has(one)))
    return missing(marker, 'her2 is negative, and whether it is low or ultralow is not said')
  return onValue(false, marker, found)
}

const FAINT: ReadonlySet<string> = new Set(['low', 'ultralow'])
