import type { Command } from './command.ts'

/** Every command, loaded only when it is asked for: the start-up of one must not pay for the others. */
export const COMMANDS: readonly {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Command>
}[] = [
  {
    name: 'pgx',
    summary: 'a genotype file in, pharmacogenes and cited prescribing advice out',
    load: async () => (await import('./commands/pgx.ts')).pgx,
  },
  {
    name: 'germline',
    summary: 'inherited variants of a person or family: findings, ACMG/AMP criteria, classes',
    load: async () => (await import('./commands/germline.ts')).germline,
  },
  {
    name: 'diagnose',
    summary:
      'features of a person in, rare diseases and genes that fit out, with what spoke for and against each',
    load: async () => (await import('./commands/diagnose.ts')).diagnose,
  },
  {
    name: 'tumor',
    summary:
      'somatic variants of a tumour: oncogenicity by the ClinGen/CGC/VICC standard, categories of alterations',
    load: async () => (await import('./commands/tumor.ts')).tumor,
  },
  {
    name: 'trials',
    summary:
      'trials for a patient and patients for a trial: met, not met, or unknown and what would settle it',
    load: async () => (await import('./commands/trials.ts')).trials,
  },
  {
    name: 'facts',
    summary: 'list, show, verify or import the fact packs that answers rest on',
    load: async () => (await import('./commands/facts.ts')).facts,
  },
  {
    name: 'vcf',
    summary:
      'variant files: conformance to the specification, the records at some loci, what was callable, genotypes, normalisation, consequences, annotation',
    load: async () => (await import('./commands/vcf.ts')).vcf,
  },
  {
    name: 'name',
    summary: 'what a variant is called: HGVS, SPDI, VRS and VCF, checked and converted into each other',
    load: async () => (await import('./commands/name.ts')).name,
  },
  {
    name: 'report',
    summary: 'the clinician report of one person, as a page and as PDF',
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'fhir',
    summary: 'one person’s report as a FHIR R4 bundle (Genomics Reporting STU3)',
    load: async () => (await import('./commands/fhir.ts')).fhir,
  },
  {
    name: 'serve',
    summary: 'the web page, the JSON and FHIR API and the CDS Hooks services, on this machine',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'patient',
    summary: 'add, list, show, update, remove or shred the people whose results are stored',
    load: async () => (await import('./commands/patient.ts')).patient,
  },
  {
    name: 'ingest',
    summary: 'read a genotype file for one person, and store it with the record',
    load: async () => (await import('./commands/ingest.ts')).ingest,
  },
  {
    name: 'exchange',
    summary: 'messages of laboratories and EHRs: what came in, what waits, what codes mean',
    load: async () => (await import('./commands/exchange.ts')).exchange,
  },
  {
    name: 'export',
    summary: 'every variant call of the people who permit it, as Parquet files',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'jobs',
    summary: 'the work that waits, runs, is done or was given up; retry, cancel, re-interpret everybody',
    load: async () => (await import('./commands/jobs.ts')).jobs,
  },
  {
    name: 'worker',
    summary: 'do the jobs of the queue, beside or instead of "garrod serve"',
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  {
    name: 'phenopacket',
    summary: 'take a GA4GH Phenopacket v2 into a record, or print a record as one',
    load: async () => (await import('./commands/phenopacket.ts')).phenopacket,
  },
  {
    name: 'db',
    summary: 'status, start, stop, backup, restore, verify, upgrade of the database that holds patients',
    load: async () => (await import('./commands/db.ts')).db,
  },
  {
    name: 'audit',
    summary: 'who touched what: list, verify and prove the entries of the audit log',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  {
    name: 'cds',
    summary: 'what prescribers are shown: mutes, thresholds, and what became of the cards',
    load: async () => (await import('./commands/cds.ts')).cds,
  },
  {
    name: 'user',
    summary: 'add, list, disable or reset the people who sign in, and change their roles',
    load: async () => (await import('./commands/user.ts')).user,
  },
  {
    name: 'client',
    summary:
      'register the programs that ask for tokens (SMART apps, Backend Services) and the EHRs that call CDS services',
    load: async () => (await import('./commands/client.ts')).client,
  },
  {
    name: 'keys',
    summary: 'state and rotation of the keys that seal what is stored about people',
    load: async () => (await import('./commands/keys.ts')).keys,
  },
]
