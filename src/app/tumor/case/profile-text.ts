import type { Contradiction } from '../../../record/tumor-part.ts'
import type { TumorMarker } from '../../../record/tumor-profile.ts'
import { howMany } from '../../../terms/how-many.ts'
import { columns } from '../../command-line/columns.ts'
import type { ProfileAnswer } from './profile-answer.ts'
import type { TumorCase } from './section.ts'

/** The profile as a tumour board reads it: findings first, then what was not looked at, then the files. */
export function profileText(answer: ProfileAnswer, { received, diagnosis }: TumorCase): string {
  const lines = [`Tumour ${received.profile.sample ?? '(sample not named)'}`]
  const facts: [string, string][] = [
    [
      'Diagnosis',
      diagnosis.code === undefined
        ? diagnosis.fault === undefined
          ? 'not told'
          : `not known: ${diagnosis.fault.what}. ${diagnosis.fault.mend}`
        : `${diagnosis.name} (${diagnosis.code})${diagnosis.by?.startsWith('OncoTree') ? '' : `, from ${diagnosis.by} "${diagnosis.given}"`}`,
    ],
    ['Assay', assayText(answer)],
    ['Build', answer.assembly ?? 'not told'],
    ['Purity', answer.purity === undefined ? 'not told' : percent(answer.purity)],
  ]
  if (answer.ploidy !== undefined) facts.push(['Ploidy', String(answer.ploidy)])
  lines.push(columns(facts.map(([name, value]) => ['', name, value])))
  lines.push('', 'What was found')
  const { counts } = answer
  const found: string[][] = [
    [
      '',
      'small variants',
      answer.files.some(({ content }) => content.includes('small variants'))
        ? `${counts.variants}, ${counts.proteinChanging} change a protein${counts.effectUnknown > 0 ? `, ${counts.effectUnknown} of unknown effect` : ''}`
        : 'no file of them was given',
    ],
  ]
  for (const call of ['amplification', 'deep-deletion', 'gain', 'loss'] as const) {
    const genes = answer.copyNumbers.filter((one) => one.call === call).map(({ gene }) => gene)
    if (genes.length > 0) found.push(['', call.replace('-', ' '), some(genes, 20)])
  }
  if (counts.segments + counts.ratios > 0)
    found.push([
      '',
      'copy number',
      [
        counts.segments > 0 ? `${counts.segments} segments with copies` : '',
        counts.ratios > 0 ? `${counts.ratios} segments with ratios` : '',
      ]
        .filter(Boolean)
        .join(', '),
    ])
  for (const { five, three, reads, frame, confidence } of answer.fusions)
    found.push([
      '',
      'fusion',
      [
        `${five ?? '?'}::${three ?? '?'}`,
        frame,
        reads === undefined ? undefined : `${reads} reads`,
        confidence === undefined ? undefined : `${confidence} confidence`,
      ]
        .filter((one) => one !== undefined)
        .join(', '),
    ])
  for (const marker of answer.markers) found.push(['', ...markerText(marker)])
  if (counts.expression > 0) found.push(['', 'expression', `${counts.expression} genes`])
  lines.push(columns(found))
  if (answer.contradictions.length > 0)
    lines.push(
      '',
      'Contradictions: all are shown, none is averaged or dropped',
      ...answer.contradictions.map(contradictionText),
    )
  lines.push('', 'What was not looked at, or is not known', columns(unknownRows(answer)))
  lines.push('', 'Files')
  for (const { file, format, records, leftOut, notes } of answer.files) {
    lines.push(`  ${file}: ${format}, ${howMany(records, 'record')}`)
    for (const note of notes) lines.push(`    ${note}`)
    for (const left of leftOut)
      lines.push(
        `    left out ${left.count}: ${left.reason} (${left.examples.slice(0, 3).join('; ')}${left.count > 3 ? ' …' : ''})`,
      )
  }
  for (const note of answer.notes) lines.push(`  ${note}`)
  return lines.join('\n')
}

function assayText({ assay }: ProfileAnswer): string {
  if (assay === undefined) return 'not described'
  return [
    assay.name ?? 'not named',
    assay.design ?? 'design not told',
    assay.specimen,
    assay.codingMegabases === undefined ? undefined : `${assay.codingMegabases} coding Mb`,
    assay.detectionLimit === undefined ? undefined : `finds alleles from ${percent(assay.detectionLimit)}`,
  ]
    .filter((one) => one !== undefined)
    .join(', ')
}

/** Name and value of a marker. */
function markerText(marker: TumorMarker): [name: string, value: string] {
  switch (marker.kind) {
    case 'mutational-burden':
      return ['TMB', `${marker.perMegabase} mutations per megabase${by(marker)}`]
    case 'microsatellites':
      return ['microsatellites', `${marker.status}${by(marker)}`]
    case 'mismatch-repair':
      return ['mismatch repair', `${marker.status}${by(marker)}`]
    case 'homologous-recombination':
      return [
        'HRD',
        `${[marker.status, marker.score === undefined ? undefined : `score ${marker.score}`].filter((one) => one !== undefined).join(', ')}${by(marker)}`,
      ]
    case 'arm':
      return [`chromosome arm ${marker.arm}`, `${marker.change}${by(marker)}`]
    case 'protein':
      return [
        marker.protein,
        `${[marker.status, marker.score === undefined ? undefined : `${marker.score.scale} ${marker.score.value}`].filter((one) => one !== undefined).join(', ')}${by(marker)}`,
      ]
  }
}

function by({ assay, specimen, date }: TumorMarker): string {
  const said = [assay, specimen, date].filter((one) => one !== undefined)
  return said.length === 0 ? '' : ` (${said.join(', ')})`
}

function contradictionText({ about, statements }: Contradiction): string {
  return `  ${about}: ${statements.map(({ says, file }) => `${says} (${file})`).join(' against ')}`
}

function unknownRows({ tested, assay, markers, purity }: ProfileAnswer): string[][] {
  const rows: string[][] = []
  const say = (what: string, covered: readonly string[] | 'all' | 'unknown') => {
    if (covered === 'unknown')
      rows.push([
        '',
        what,
        'nobody said which genes were tested: a gene without a result is unknown, not wild type',
      ])
    else if (covered !== 'all')
      rows.push(['', what, `${covered.length} genes tested; every other gene was not tested`])
  }
  say('small variants', tested.variants)
  say('copy number', tested.copyNumbers)
  say('fusions', tested.fusions)
  const kinds = new Set(markers.map(({ kind }) => kind))
  const missing = [
    ['mutational-burden', 'TMB'],
    ['microsatellites', 'microsatellites'],
    ['mismatch-repair', 'mismatch repair'],
    ['homologous-recombination', 'HRD'],
    ['protein', 'protein markers (HER2, ER, PR, PD-L1)'],
  ]
    .filter(([kind]) => !kinds.has(kind as TumorMarker['kind']))
    .map(([, name]) => name!)
  if (missing.length > 0) rows.push(['', 'markers', `no result of ${missing.join(', ')}`])
  if (assay?.design !== 'tumour-normal')
    rows.push(['', 'origin', 'no matched normal is known of: a variant may be inherited'])
  if (purity === undefined) rows.push(['', 'purity', 'not told: clonality cannot be judged'])
  return rows
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`
}

function some(names: readonly string[], most: number): string {
  return `${names.slice(0, most).join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`
}
