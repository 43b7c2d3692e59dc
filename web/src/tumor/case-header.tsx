import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import { conditionText } from '../../../src/decide/target/condition-cautions.ts'
import { treatmentsAmong } from '../../../src/decide/target/treatments.ts'
import { givenAs } from './options-part.tsx'

/** Whose tumour, how it was looked at, and what was not looked at: read in one glance. */
export function CaseHeader({ document }: { readonly document: BoardDocument }) {
  const { diagnosis, specimen, profile, situation, withheld } = document
  const { assay, tested, purity, contradictions, files } = profile
  const supposed = (what: 'stage' | 'linesGiven') => (situation.supposed.includes(what) ? ' (supposed)' : '')
  const rows: readonly (readonly [string, string])[] = [
    ['Specimen', specimen],
    ['From', sourcesOf(document)],
    [
      'Assay',
      [
        assay?.name ?? 'not named',
        assay?.design ?? 'matched normal not told',
        profile.assembly ?? 'no build',
      ].join(', '),
    ],
    ['Purity', purity === undefined ? 'not known' : `${Math.round(purity * 100)} %`],
    ['Stage', `${situation.stage ?? 'not known'}${supposed('stage')}`],
    ['Treatments given', linesOf(document) + supposed('linesGiven')],
    ['ECOG', String(situation.ecog ?? 'not known')],
    ['Other conditions', conditionsOf(situation)],
  ]
  const leftOut = files.flatMap(({ file, leftOut: some }) =>
    some.map(({ reason, count }) => `${count} records of ${file}: ${reason}`),
  )
  const notes = files.flatMap(({ notes: some }) => some)
  return (
    <section aria-labelledby="board-case" className="board-head">
      <h2 id="board-case">{diagnosis.name ?? diagnosis.given ?? 'Diagnosis not known'}</h2>
      {diagnosis.code === undefined ? (
        <p role="note">
          {diagnosis.fault?.what ?? 'Nobody told the diagnosis.'} Without a tumour type nothing is said of
          this disease.
        </p>
      ) : (
        <p className="soft">
          {diagnosis.code}, {diagnosis.tissue}; by {diagnosis.by}
        </p>
      )}
      {withheld !== undefined && <p role="note">{withheld}</p>}
      <dl className="board-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Glance document={document} />
      <p className="board-tested">
        <strong>Tested.</strong> Small variants: {coverWords(tested.variants)}. Copy number:{' '}
        {coverWords(tested.copyNumbers)}. Fusions: {coverWords(tested.fusions)}. A gene that is not named here{' '}
        {withheld === undefined
          ? 'was not tested; it is not wild type.'
          : 'may have been tested by a result that is not shown to you; it is not wild type.'}
      </p>
      {contradictions.map(({ about, statements }) => (
        <p key={about} role="note" className="differ">
          <strong>Contradiction about the {about}:</strong>{' '}
          {statements.map(({ says, file }) => `${says} (${file})`).join('; ')}
        </p>
      ))}
      {notes.length > 0 && <p className="soft">{notes.join(' ')}</p>}
      {leftOut.length > 0 && <p className="soft">Left out: {leftOut.join('; ')}.</p>}
    </section>
  )
}

function sourcesOf({ files, results }: BoardDocument): string {
  const counted = (n: number, one: string) => (n === 1 ? `1 ${one}` : `${n} ${one}s`)
  return [
    ...(files.length > 0 ? [counted(files.length, 'file')] : []),
    ...(results > 0 ? [`${counted(results, 'result')} of the record`] : []),
  ].join(', ')
}

const SOME = 12

function coverWords(genes: readonly string[] | 'all' | 'unknown'): string {
  if (genes === 'unknown') return 'nobody said which genes'
  if (genes === 'all') return 'every gene'
  const more = genes.length > SOME ? ` and ${genes.length - SOME} more` : ''
  return genes.length === 0 ? 'none' : `${genes.slice(0, SOME).join(', ')}${more}`
}

function linesOf({ situation: { linesGiven, linesAtLeast, treatments } }: BoardDocument): string {
  const drugs = treatments.length === 0 ? '' : `: ${treatments.join(', ')}`
  if (linesGiven === undefined && linesAtLeast !== undefined)
    return `at least ${linesAtLeast} for advanced disease${drugs}`
  if (linesGiven === undefined) return treatments.length === 0 ? 'not known' : `lines not known${drugs}`
  return `${linesGiven === 0 ? 'no line' : linesGiven === 1 ? '1 line' : `${linesGiven} lines`}${drugs}`
}

/** A record is never known to be whole: nothing in it that labels speak of is not "none". */
function conditionsOf({ conditions = [], otherConditions }: BoardDocument['situation']): string {
  const possible = otherConditions?.possible ?? []
  const unread = otherConditions?.notUnderstood.length ?? 0
  const said = [
    ...conditions.map(conditionText),
    ...possible.map((one) => `perhaps ${conditionText(one)}`),
    ...(unread === 0
      ? []
      : [`${unread} not understood: ${listed(otherConditions!.notUnderstood.map(({ says }) => says))}`]),
  ]
  if (said.length > 0) return said.join('; ')
  return otherConditions?.recorded === 0 ? 'none on record' : 'none on record that labels speak of'
}

type Option = BoardDocument['therapies']['options'][number]

/** The best option of each drug; a combination once, whichever of its drugs the label is of. */
function bestOfEach(options: readonly Option[]): readonly string[] {
  const told = new Map<string, string>()
  const drugs = new Set<string>()
  for (const one of options) {
    const together = [one.drug, ...(one.regimens[0] ?? [])].sort().join(' ')
    if (!drugs.has(one.drug) && !told.has(together)) told.set(together, givenAs(one))
    drugs.add(one.drug)
  }
  return [...told.values()]
}

/** "nivolumab, atezolizumab (after ...)": drugs that the label puts behind other treatment of the same tumour. */
function afterWhat(options: readonly Option[]): readonly string[] {
  const drugs = new Map<string, Set<string>>()
  for (const { drug, onlyAfter } of options) {
    if (onlyAfter === undefined) continue
    drugs.set(onlyAfter, (drugs.get(onlyAfter) ?? new Set()).add(drug))
  }
  return [...drugs].map(([what, names]) => `${[...names].join(', ')} (after ${what})`)
}

/** The whole case in five lines: what matters, what may be given, what to beware of, what to ask next. */
function Glance({
  document: { tiers, therapies, trials, safety, missing },
}: {
  readonly document: BoardDocument
}) {
  const strong = tiers.alterations.filter(({ tier }) => tier === 'I' || tier === 'II')
  const usable = treatmentsAmong(therapies.options).filter(
    ({ standing, blocked, fits }) => standing === 'this-disease' && !blocked && fits !== 'no',
  )
  const full = usable.filter(({ lessenedBy }) => lessenedBy.length === 0)
  const now = bestOfEach(full.filter(({ onlyAfter }) => onlyAfter === undefined))
  const later = afterWhat(full.filter(({ drug }) => !now.includes(drug)))
  const lessened = usable.filter(({ lessenedBy }) => lessenedBy.length > 0)
  const harmful = safety.advice.filter(({ severity, state }) => state !== 'unknown' && severity !== 'none')
  const untold = safety.advice.filter(({ state }) => state === 'unknown')
  const met = trials.matches.filter(({ verdict }) => verdict === 'met').length
  const rows: readonly (readonly [string, string])[] = [
    [
      'Matters',
      listed(strong.map(({ name, tier, level }) => `${name} (${tier}${level ?? ''})`)) ||
        'nothing of tier I or II',
    ],
    ['Approved for it', now.join('; ') || 'no approved treatment whose biomarker is met'],
    ...(later.length === 0 ? [] : [['Only later', later.join('; ')] as const]),
    ...(lessened.length === 0
      ? []
      : [
          [
            'Less effect',
            [...new Set(lessened.map(({ drug, lessenedBy }) => `${drug} (${lessenedBy.join(', ')})`))].join(
              '; ',
            ),
          ] as const,
        ]),
    [
      'Trials',
      trials.kept === 0 ? 'none are kept here' : `${met} met, ${trials.matches.length - met} possible`,
    ],
    [
      'Beware',
      [
        listed(harmful.map(({ drug }) => drug.name)),
        untold.length === 0 ? '' : `not tested for ${listed(untold.map(({ drug }) => drug.name))}`,
      ]
        .filter((one) => one !== '')
        .join('; ') || 'nothing by the germline',
    ],
    ['Ask next', listed(missing.slice(0, 3).map(({ what }) => what)) || 'nothing is missing'],
  ]
  return (
    <dl className="board-glance" aria-label="The case at a glance">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const NAMED = 6

function listed(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return `${names.slice(0, NAMED).join(', ')}${more}`
}
