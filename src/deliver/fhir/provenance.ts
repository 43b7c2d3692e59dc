import type { SourceFile } from '../../record/genotype.ts'
import { type PackRef, packRefText } from '../../terms/evidence.ts'
import type { Entries } from './entries.ts'
import type { ReportContext } from './report-context.ts'
import type { Reference } from './resource.ts'

/** The program that made the report; `type`: what kind of decision support. */
export function addDevice(entries: Entries, engineVersion: string, type: string): Reference {
  return entries.add(
    {
      resourceType: 'Device',
      status: 'active',
      deviceName: [{ name: 'Garrod', type: 'user-friendly-name' }],
      type: { text: type },
      version: [{ value: engineVersion }],
    },
    `Garrod ${engineVersion}`,
  )
}

/** Says which program made the report, from which files, by which fact packs. */
export function addProvenance(
  context: ReportContext,
  report: Reference,
  sources: readonly Pick<SourceFile, 'name' | 'sha256'>[],
  facts: readonly PackRef[],
): Reference {
  const files = new Map(sources.map((one) => [`${one.name} ${one.sha256}`, one]))
  const what = [
    ...[...files.values()].map((file) => ({
      ...(file.sha256 === undefined
        ? {}
        : { identifier: { system: 'urn:garrod:sha256', value: file.sha256 } }),
      display: file.name,
    })),
    ...facts.map((pack) => ({
      identifier: { system: 'urn:garrod:fact-pack', value: packRefText(pack) },
      display: packRefText(pack),
    })),
  ]
  return context.entries.add({
    resourceType: 'Provenance',
    target: [report],
    recorded: context.issued,
    agent: [
      {
        type: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
              code: 'assembler',
              display: 'Assembler',
            },
          ],
        },
        who: context.device,
      },
    ],
    ...(what.length > 0 ? { entity: what.map((one) => ({ role: 'source' as const, what: one })) } : {}),
  })
}
