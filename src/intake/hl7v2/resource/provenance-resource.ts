import type { Resource } from '../../../record/resource.ts'
import type { PatientId } from '../../../terms/ids.ts'
import { resourceId } from '../fhir-id.ts'
import type { MessageContext } from '../message-context.ts'

/** One for each message and person: a replay writes it anew. */
export function provenanceId({ source }: MessageContext, patient: PatientId): string {
  return resourceId('provenance', source, patient)
}

/** Where resources come from: the message as source, its sender as author. The segment is in each one's meta.source. */
export function provenanceResource(
  context: MessageContext,
  resources: readonly Resource[],
  patient: PatientId,
  recorded: string,
): Resource {
  const { header, source } = context
  const sender = [header.sendingApplication, header.sendingFacility]
    .filter((one) => one !== undefined)
    .join(', ')
  const type = [header.type, header.event].filter((one) => one !== undefined).join('^')
  return {
    resourceType: 'Provenance',
    id: provenanceId(context, patient),
    target: resources.map(({ resourceType, id }) => ({ reference: `${resourceType}/${id}` })),
    recorded,
    activity: { text: `HL7 v2 ${type}` },
    agent: [
      {
        type: {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'author' },
          ],
        },
        who: { display: sender === '' ? 'unnamed sender' : sender },
      },
    ],
    entity: [{ role: 'source', what: { identifier: { system: 'urn:ietf:rfc:3986', value: source } } }],
  }
}
