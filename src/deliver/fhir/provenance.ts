import type { Plan } from '../../decide/plan.ts'
import type { SourceFile } from '../../record/genotype.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import { packRefText } from '../../terms/evidence.ts'
import type { Entries } from './entries.ts'
import type { ReportContext } from './report-context.ts'
import type { Reference } from './resource.ts'

/** The program that made the report. */
export function addDevice(entries: Entries, plan: Plan): Reference {
  return entries.add(
    {
      resourceType: 'Device',
      status: 'active',
      deviceName: [{ name: 'Garrod', type: 'user-friendly-name' }],
      type: { text: 'Pharmacogenomic decision support software' },
      version: [{ value: plan.engine.version }],
    },
    `Garrod ${plan.engine.version}`,
  )
}

/** Says which program made the report, from which files, by which fact packs. */
export function addProvenance(
  context: ReportContext,
  report: Reference,
  record: PatientRecord,
  plan: Plan,
): Reference {
  const files = new Map<string, SourceFile>()
  for (const one of [...record.genotypes, ...record.outsideCalls])
    files.set(`${one.source.name} ${one.source.sha256}`, one.source)
  const what = [
    ...[...files.values()].map((file) => ({
      ...(file.sha256 === undefined
        ? {}
        : { identifier: { system: 'urn:garrod:sha256', value: file.sha256 } }),
      display: file.name,
    })),
    ...plan.facts.map((pack) => ({
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
