import { SearchIndex } from '../../fhir/search/search-index.ts'
import { Hl7Fault } from '../../intake/hl7v2/hl7-fault.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { fhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { sourceEntries } from '../../record/made-from.ts'
import type { Compartment, Resource } from '../../record/resource.ts'
import { resourceText } from '../../record/resource-text.ts'
import { compileConsent } from '../../safeguard/consent/compile-consent.ts'
import { heldCodes } from '../../safeguard/labels/held-codes.ts'
import { labelling, labelsOf } from '../../safeguard/labels/labels-of.ts'
import type { ResourceWrite } from '../../store/resources/resource-store.ts'
import type { Fault } from '../../terms/fault.ts'
import { fhirIssues } from '../fhir/fhir-issues.ts'
import { patientDetails } from '../fhir/patient-details.ts'

/**
 * Lays resources of one person out for the store: validated against R4 and the profiles they claim, indexed, labelled.
 * The compartment is not looked for, as it is for what clients write: it is the person whom the message was found to be
 * about. Throws RESULT_INVALID, naming the segment that the resource was made from.
 */
export function resourceWrites(
  facts: Facts,
): (resources: readonly Resource[], patient: Compartment) => readonly ResourceWrite[] {
  const index = new SearchIndex(searchFacts(facts))
  const issuesOf = fhirIssues(fhirDefinitions(facts))
  const rules = labelling(sensitivityRules(facts))
  return (resources, patient) =>
    resources.map((resource): ResourceWrite => {
      const { versionId: _version, lastUpdated: _updated, ...meta } = resource.meta ?? {}
      const { meta: _meta, ...content } = resource
      const kept: Resource = Object.keys(meta).length === 0 ? content : { ...content, meta }
      const wrong = issuesOf(kept).find(({ severity }) => severity === 'error' || severity === 'fatal')
      if (wrong !== undefined) throw invalid(kept, wrong.expression?.[0])
      // A Patient in the record of somebody else went into it: it is read by its id, and finds nobody.
      const retired = resource.resourceType === 'Patient' && resource.id !== patient
      const entries = index.entries(kept, '').filter(({ param }) => !retired || STILL_FOUND_BY.has(param))
      return {
        type: resource.resourceType,
        id: resource.id!,
        action: 'put',
        compartment: patient,
        json: resourceText(kept),
        index: [...entries, ...sourceEntries(kept)],
        labels: labelsOf(kept, rules),
        codes: heldCodes(kept, entries),
        ...(resource.resourceType === 'Patient' && !retired ? { identity: patientDetails(kept) } : {}),
        ...(resource.resourceType === 'Consent' ? { consent: compileConsent(kept) } : {}),
      }
    })
}

/** How a retired Patient is found: Patient?active=false, Patient?link=Patient/survivor. */
const STILL_FOUND_BY: ReadonlySet<string> = new Set(['active', 'link'])

function invalid(resource: Resource, expression: string | undefined): Fault {
  const segment = /#([A-Z0-9]{3})-(\d+)$/.exec(String(resource.meta?.['source'] ?? ''))
  return new Hl7Fault(
    'RESULT_INVALID',
    '102',
    segment === null ? undefined : { segment: segment[1]!, occurrence: Number(segment[2]) },
    `what the message says breaks a rule of FHIR at ${expression ?? resource.resourceType}`,
    'Correct the segment; if it is as the standard has it, tell the administrator of this server.',
  )
}
