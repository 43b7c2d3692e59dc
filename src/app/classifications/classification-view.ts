import type { Classification } from '../../interpret/finding/germline.ts'
import type {
  ClassificationHead,
  StoredClassification,
} from '../../store/classifications/classification-store.ts'
import { criteriaText, type KeptClassification } from './assessed-criteria.ts'

/** One version in the history of a classification. */
export interface VersionLine extends Omit<ClassificationHead, 'id'> {
  /** "PVS1, PM2_Supporting". */
  readonly criteria: string
  readonly comment: string
}

/** One line of the list. */
export interface ClassificationLine extends ClassificationHead {
  readonly subject: StoredClassification['subject']
  /** Version that reports rest on; missing: none was signed. */
  readonly signedVersion: number | undefined
  readonly criteria: string
}

export interface ClassificationPage {
  readonly classifications: readonly ClassificationLine[]
  /** Give it as `after` for the next page; missing on the last one. */
  readonly next: string | undefined
}

/** One classification as the workbench shows it: a version, and how it came to it. */
export interface ClassificationView extends ClassificationLine {
  readonly comment: string
  readonly classification: Classification
  /** Newest first. */
  readonly versions: readonly VersionLine[]
  /** The caller may sign it. */
  readonly maySign: boolean
}

export function lineOf(stored: StoredClassification): ClassificationLine {
  const { json, ...head } = stored
  return { ...head, criteria: criteriaText(keptOf({ json }).classification) }
}

export function keptOf({ json }: Pick<StoredClassification, 'json'>): KeptClassification {
  return JSON.parse(json) as KeptClassification
}
