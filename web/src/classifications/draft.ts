import type { ClassificationView } from '../../../src/app/classifications/classification-view.ts'
import type { Criterion, CriterionCode } from '../../../src/interpret/finding/germline.ts'
import type { Assessment } from '../api/classifications.ts'

/** One criterion while it is edited. */
export type Assessed = Omit<Criterion, 'code'>

/** What is on the screen. */
export interface Draft {
  readonly criteria: ReadonlyMap<CriterionCode, Assessed>
  readonly panel: string
  readonly comment: string
}

export const NOT_ASSESSED: Assessed = {
  state: 'not-assessed',
  strength: undefined,
  because: '',
  facts: [],
  missing: [],
}

export function draftOf({ classification, comment }: ClassificationView): Draft {
  return {
    criteria: new Map(classification.criteria.map(({ code, ...rest }) => [code, rest])),
    panel: classification.panel?.id ?? '',
    comment,
  }
}

/** As it is sent. A criterion that nobody assessed, and of which nothing is known to be missing, is left out. */
export function assessmentOf({ criteria, panel, comment }: Draft): Assessment {
  return {
    criteria: [...criteria]
      .filter(([, { state, missing }]) => state !== 'not-assessed' || missing.length > 0)
      .map(([code, one]) => ({ code, ...one })),
    ...(panel.trim() === '' ? {} : { panel: panel.trim() }),
    comment,
  }
}

/** The draft as far as it can be classified: a criterion whose reason is still being written counts already. */
export function previewOf(draft: Draft): Assessment {
  const { criteria, ...rest } = assessmentOf(draft)
  return {
    ...rest,
    comment: '',
    criteria: criteria.map((one) => ({ ...one, because: one.because === '' ? '…' : (one.because ?? '…') })),
  }
}
