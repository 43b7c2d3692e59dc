import { createHash } from 'node:crypto'
import type { Resource } from '../../record/resource.ts'
import type { Chosen } from '../../safeguard/consent/result-choice.ts'
import type { StoredClassification } from '../../store/classifications/classification-store.ts'
import type { PatientId } from '../../terms/ids.ts'
import type { KnownCarrier } from './known-carriers.ts'
import { wishOf } from './wish.ts'

/** Code system of the Tasks that Garrod makes. */
export const GARROD_TASK = 'urn:garrod:task'
const RECLASSIFIED = 'variant-reclassified'
const CLASSIFICATION_SYSTEM = 'urn:garrod:classification'
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const ACTS_ON = new Set(['pathogenic', 'likely-pathogenic'])

/** One id for a person, a classification and a version of it: a job that runs twice writes the same Task twice. */
export function taskId(classification: string, version: number, patient: PatientId): string {
  return `reclass-${createHash('sha256').update(`${classification} ${version} ${patient}`).digest('hex').slice(0, 40)}`
}

/** Whether care may change: the variant becomes one to act on, or ceases to be. */
export function isActionable(before: string | undefined, now: string): boolean {
  return ACTS_ON.has(before ?? '') !== ACTS_ON.has(now)
}

/**
 * The Task of somebody to look at one carrier of a variant whose class changed.
 */
export function carrierTask(
  { patient, copies, certainty, from }: KnownCarrier,
  signed: StoredClassification,
  before: string | undefined,
  choice: Chosen,
): Resource {
  const { id, version, subject, class: now, at } = signed
  const name = nameOf(signed)
  const text = (code: string, valueString: string) => ({
    type: { coding: [{ system: GARROD_TASK, code }] },
    valueString,
  })
  return {
    resourceType: 'Task',
    id: taskId(id, version, patient),
    meta: { security: [{ system: ACT_CODE, code: 'GDIS' }] },
    groupIdentifier: { system: CLASSIFICATION_SYSTEM, value: id },
    ...wishOf(choice),
    intent: 'order',
    priority: isActionable(before, now) ? 'urgent' : 'routine',
    code: {
      coding: [{ system: GARROD_TASK, code: RECLASSIFIED }],
      text: 'A variant that this person carries has another class now',
    },
    description: `${name}: ${before === undefined ? '' : `${words(before)} before, `}${words(now)} now`,
    for: { reference: `Patient/${patient}` },
    authoredOn: at,
    lastModified: at,
    input: [
      text('classification', `${id}/${version}`),
      text('class', now),
      ...(before === undefined ? [] : [text('class-before', before)]),
      text('variant', variantText(subject.variant)),
      text('found-in', from),
      text('certainty', certainty),
      ...(copies === undefined ? [] : [text('copies', String(copies))]),
    ],
  }
}

/** "BRCA1 NM_007294.4:c.68_69del", or the coordinates. */
function nameOf({ subject: { names, variant } }: Pick<StoredClassification, 'subject'>): string {
  const told = [names['gene'], names['hgvsC'] ?? names['hgvsG']].filter(Boolean).join(' ')
  return told === '' || told === names['gene'] ? [told, variantText(variant)].filter(Boolean).join(' ') : told
}

function variantText({
  assembly,
  chromosome,
  position,
  ref,
  alt,
}: StoredClassification['subject']['variant']): string {
  return `${assembly} ${chromosome}:${position} ${ref}>${alt}`
}

const words = (name: string) => name.replace('-', ' ')
