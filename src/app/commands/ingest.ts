import { basename } from 'node:path'
import { receiveOutsideCalls } from '../../intake/receive.ts'
import { openUpload } from '../../intake/upload.ts'
import { Facts } from '../../knowledge/facts.ts'
import type { DrugUse } from '../../record/patient-record.ts'
import type { ReceivedFile } from '../../store/archive/received-file.ts'
import type { PatientKey } from '../../store/person.ts'
import type { Ingest, IngestReceipt } from '../../store/record/record-store.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { audited } from '../command-line/audited-command.ts'
import { cliAct } from '../command-line/cli-act.ts'
import { progressLine } from '../command-line/progress.ts'
import { READING_OPTIONS, readingOptions } from '../command-line/reading-options.ts'
import { readConfig } from '../config.ts'
import { enqueueFold, indexVariants } from '../jobs/index-variants.ts'
import { joinUploads, type Reading, readUpload } from '../people/read-upload.ts'
import { codedDrugs } from '../pgx/coded-drug.ts'
import { TENANT } from '../tenant.ts'

export const ingest: Command = {
  name: 'ingest',
  summary: 'read a genotype file for one person, and store it with the record',
  usage: 'PATIENT FILE [--sample NAME] [--outside TSV]... [--taking NAME]... [options]',
  details: `FILE is read as "garrod pgx" reads it; with --outside or a drug it may be left out. The file is kept as it came, beside
what was read from it. All of it is stored, or nothing: what is reported as stored is on disk.
Refused, with nothing stored: a file with several samples when --sample names none; a sample that is in another person's
record; two different alleles on chromosome X for a man, or a single one for a woman. The same file and sample again
replaces the earlier reading.`,
  options: {
    sample: { type: 'string', value: 'NAME', help: 'which sample of the file is this person' },
    outside: {
      type: 'string',
      multiple: true,
      value: 'TSV',
      help: 'results of other laboratories: gene, diplotype, phenotype, activity score',
    },
    taking: { type: 'string', multiple: true, value: 'NAME', help: 'a drug the person takes now' },
    drug: {
      type: 'string',
      multiple: true,
      short: 'd',
      value: 'NAME',
      help: 'a drug the person may be given',
    },
    ...READING_OPTIONS,
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  examples: [
    ['garrod ingest p1 p1.vcf.gz --taking clopidogrel', 'store the genome of p1, and a drug p1 takes'],
    ['garrod ingest p2 family.vcf.gz --sample NA12878', 'one person of a file with several'],
    ['garrod ingest p1 --outside cyp2d6.tsv', 'add what another laboratory called'],
  ],
  async run(input, io) {
    const [id, file, ...more] = input.positionals
    const brings =
      file !== undefined || ['outside', 'taking', 'drug'].some((one) => input.texts(one).length > 0)
    if (id === undefined || !brings || more.length > 0) {
      throw new Fault(
        'USAGE_INGEST',
        'garrod ingest',
        more.length > 0 ? `${more.length + 1} genotype files were given` : 'a patient and a file are needed',
        more.length > 0
          ? 'Give one genotype file at a time; results of other laboratories go behind --outside.'
          : 'Write garrod ingest PATIENT FILE.',
      )
    }
    const key = { tenant: TENANT, patient: patientId(id) }
    const facts = Facts.find(readConfig().factFolders)
    const drugs = drugsOf(input, facts)
    const task = {
      action: 'C',
      interaction: 'ingest',
      command: 'garrod ingest',
      patients: [key.patient],
    } as const
    return audited<ExitCode>(task, async (store) => {
      if ((await store.patients.get(key)) === undefined) {
        throw new Fault(
          'PATIENT_UNKNOWN',
          `patient ${id}`,
          `there is no patient "${id}"`,
          `Add the person first (garrod patient add --id ${id}), or see "garrod patient list".`,
        )
      }
      const received: ReceivedFile[] = []
      try {
        const reading = await readAll(file, input, facts, io, async (path) => {
          const one = await receive(store, path, io)
          received.push(one)
          return one
        })
        const upload = { ...reading, drugs, measurements: [] }
        const receipt = await store.records.ingest(key, upload, cliAct())
        await io.out(input.flag('json') ? jsonOf(id, upload, receipt) : textOf(id, upload, receipt))
        await takeVariants(store, key, io)
      } finally {
        for (const one of received) await one.discard()
      }
      return 0
    })
  },
}

/** Every call of the file, for questions about variants; the record rests on the panel's alone. */
async function takeVariants(store: Store, key: PatientKey, io: Io): Promise<void> {
  const line = progressLine(io, 'taking its variants')
  try {
    if ((await indexVariants(store, key, line.bytes)) === 0) return
    await enqueueFold(store, key.tenant, new Date().toISOString())
  } finally {
    line.end()
  }
}

async function readAll(
  file: string | undefined,
  input: Arguments,
  facts: Facts,
  io: Io,
  take: (path: string) => Promise<ReceivedFile>,
): Promise<Reading> {
  const readings: Reading[] = []
  if (file !== undefined) {
    const received = await take(file)
    const line = progressLine(io, `reading ${received.name}`)
    try {
      readings.push(
        await readUpload(received, facts, {
          sample: input.text('sample'),
          progress: line.bytes,
          options: readingOptions(input),
        }),
      )
    } finally {
      line.end()
    }
  }
  for (const path of input.texts('outside')) {
    const received = await take(path)
    const outsideCalls = await receiveOutsideCalls(received.name, {
      stream: received.read(),
      size: received.bytes,
    })
    readings.push({ files: [{ received, format: 'outside-calls' }], genotypes: [], outsideCalls })
  }
  return joinUploads(readings)
}

/** Copies the file into the archive's waiting room: what is read is what will be kept. */
async function receive(store: Store, path: string, io: Io): Promise<ReceivedFile> {
  const name = basename(path)
  const line = progressLine(io, `copying ${name}`)
  try {
    const { chunks } = await openUpload(path, { path }, line.bytes)
    return await store.archive.receive(name, chunks)
  } finally {
    line.end()
  }
}

function drugsOf(input: Arguments, facts: Facts): DrugUse[] {
  const coded = (option: 'taking' | 'drug', status: DrugUse['status']) =>
    input.texts(option).flatMap((text) => {
      try {
        return codedDrugs([{ text, status }], facts)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        throw new Fault(error.code, `--${option}`, error.what, error.mend)
      }
    })
  return [...coded('taking', 'taking'), ...coded('drug', 'considered')]
}

function textOf(id: string, upload: Ingest, { version, replaced }: IngestReceipt): string {
  const lines = [`stored for ${id}, now version ${version}`]
  for (const { sample, source, assembly, calls, gaps, notes } of upload.genotypes) {
    const name = sample === '' ? source.name : `${source.name}, sample ${sample}`
    lines.push(
      `  ${name}, ${assembly}: ${calls.length} of ${calls.length + gaps.length} loci known${replaced > 0 ? '; replaces the earlier reading' : ''}`,
    )
    for (const note of notes) lines.push(`  note: ${note}`)
  }
  if (upload.outsideCalls.length > 0)
    lines.push(`  outside calls: ${upload.outsideCalls.map(({ gene }) => gene).join(', ')}`)
  for (const { text, rxcui, status } of upload.drugs)
    lines.push(`  ${status}: ${text}${rxcui === undefined ? '' : ` (RxNorm ${rxcui})`}`)
  return `${lines.join('\n')}\n`
}

function jsonOf(id: string, upload: Ingest, receipt: IngestReceipt): string {
  return `${JSON.stringify({
    patient: id,
    ...receipt,
    genotypes: upload.genotypes.map(({ sample, source, assembly, notes, calls, gaps }) => ({
      sample,
      source,
      assembly,
      notes,
      calls: calls.length,
      gaps: gaps.length,
    })),
    outsideCalls: upload.outsideCalls,
    drugs: upload.drugs,
  })}\n`
}
