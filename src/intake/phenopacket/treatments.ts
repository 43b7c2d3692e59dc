import type { MedicalAction, ProcedureDone } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { clockTime, conceptOf, conditionTime, quantityOf } from './concept.ts'

const REGIMEN: Readonly<Record<string, string>> = {
  STARTED: 'in-progress',
  COMPLETED: 'completed',
  DISCONTINUED: 'stopped',
  UNKNOWN_STATUS: 'unknown',
}

/**
 * A treatment is a MedicationStatement, everything else a Procedure. Whether a drug is still taken is not said by a
 * phenopacket: the statement is "stopped" where a reason for ending is given, else "unknown", and never one in use.
 */
export function actionResource(id: string, subject: string, action: MedicalAction): Resource {
  const { procedure, treatment, radiationTherapy, therapeuticRegimen, treatmentTarget } = action
  const reason = treatmentTarget === undefined ? {} : { reasonCode: [conceptOf(treatmentTarget)] }
  const ended = action.treatmentTerminationReason
  if (treatment !== undefined) {
    const { agent, routeOfAdministration, doseIntervals = [] } = treatment
    const dosage = doseIntervals
      .map(({ quantity, scheduleFrequency }) => ({
        ...(scheduleFrequency === undefined ? {} : { text: scheduleFrequency.label }),
        ...(routeOfAdministration === undefined ? {} : { route: conceptOf(routeOfAdministration) }),
        ...(quantity === undefined ? {} : { doseAndRate: [{ doseQuantity: quantityOf(quantity) }] }),
      }))
      .filter((one) => Object.keys(one).length > 0)
    const routeAlone = dosage.length === 0 && routeOfAdministration !== undefined
    const times = doseIntervals.flatMap(({ interval }) => interval ?? [])
    const whole = {
      start: times.map(({ start }) => start).sort()[0],
      end: times
        .map(({ end }) => end)
        .sort()
        .at(-1),
    }
    return {
      resourceType: 'MedicationStatement',
      id,
      status: ended === undefined ? 'unknown' : 'stopped',
      ...(ended === undefined ? {} : { statusReason: [conceptOf(ended)] }),
      medicationCodeableConcept: conceptOf(agent),
      subject: { reference: subject },
      ...(times.length === 0 ? {} : { effectivePeriod: whole }),
      ...reason,
      ...(dosage.length > 0 ? { dosage } : {}),
      ...(routeAlone ? { dosage: [{ route: conceptOf(routeOfAdministration) }] } : {}),
    }
  }
  const base = { resourceType: 'Procedure', id, subject: { reference: subject }, ...reason }
  if (radiationTherapy !== undefined) {
    const { modality, bodySite, dosage, fractions } = radiationTherapy
    return {
      ...base,
      status: 'completed',
      code: conceptOf(modality),
      bodySite: [conceptOf(bodySite)],
      note: [{ text: `${dosage} Gy in ${fractions} fractions` }],
    }
  }
  if (therapeuticRegimen !== undefined) {
    const { ontologyClass, externalReference, regimenStatus, startTime } = therapeuticRegimen
    const words = externalReference?.description ?? externalReference?.id ?? externalReference?.reference
    return {
      ...base,
      status: REGIMEN[regimenStatus]!,
      code: ontologyClass === undefined ? { text: words || 'therapeutic regimen' } : conceptOf(ontologyClass),
      ...clockTime('performed', startTime),
    }
  }
  return { ...base, ...procedureParts(procedure!) }
}

function procedureParts({ code, bodySite, performed }: ProcedureDone): Record<string, unknown> {
  return {
    status: 'completed',
    code: conceptOf(code),
    ...(bodySite === undefined ? {} : { bodySite: [conceptOf(bodySite)] }),
    ...conditionTime('performed', performed),
  }
}
