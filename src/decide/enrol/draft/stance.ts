import type { Criterion } from '../criterion.ts'
import type { Side } from '../registry/side-heading.ts'
import { negationBefore, negativeBefore } from './negation.ts'
import type { Piece } from './piece.ts'

/** Ends of a sentence; the dot of "e.g. " and "vs. " is none. */
const SENTENCE = /(?<!\b(?:e\.g|i\.e|vs|approx|incl|no|max|min))[.;!?](?=\s)/gi
/** What begins a part of a sentence that a negation before it does not reach. */
const CLAUSE =
  /\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\band (?:must|have|has|is|are|be|an?|adequate|at least)\b|\b(?:who|that|which) (?:have|has|had|are|is|was|were|must|progress\w*|received)\b|(?<=[a-z)]):\s|\s[–—-]\s/gi

/** Words before a name that leave open whether it is asked for: it is allowed, planned, tested for, an example or a condition. */
const OPEN_BEFORE =
  /\b(?:with or without|with\/without|regardless|irrespective|independent(?:ly)? of|whether|may|can have|could|might|candidates?|planned|plan(?:s|ning)? to|scheduled|intend\w*|(?:eligible|ineligible|suitable|unsuitable|fit|unfit|appropriate|indicated|considered|amenable) (?:for|to|if|when)|to (?:be treated|receive)|will (?:be|receive|undergo)|about to|allerg\w*|hypersensitiv\w*|intoleran\w*|contra-?(?:indicat|dict)\w*|for whom (?:treatment|therapy)|refus\w*|declin\w*|unable|able to|(?:un)?willing\w*|agree\w*|cannot|family history|at risk|risks? (?:of|for|factors?)|tested|testing|tests? for|screen\w*|available|availability|analy[sz]\w+|unknown|unless|except\w*|excluding|other than|apart from|exclusive of|if|in (?:the )?(?:case|event|setting|presence) of|when|allowed|permitted|acceptable|consult\w*|discuss\w*|non|uncommon|atypical|example|e\.g\.?)(?![\w])[^.;]*$/i
/** "For patients with liver metastases, AST ≤ 5 x ULN" binds some people only. */
const FOR_SOME =
  /(?:^|[,(;:]\s*)(?:for|in|among) (?:the )?(?:patients|subjects|participants|individuals|those|persons|people|women|females|men|males|cohorts?|parts?|arms?|groups?|phase)\b/i
/** "Patients with ALK fusions must have received crizotinib" asks neither of the two of everybody. */
const CONDITIONAL =
  /\b(?:patients|subjects|participants|those|individuals|tumou?rs)\s+(?:with|who have|whose|having|harbou?ring)\b[^.;]*\b(?:must|should|needs? to|have to|are required)\b(?!\s+(?:not\b|be\s+(?:excluded|ineligible)))|\b(?:-(?:mutant|mutated|positive|negative|rearranged|altered)|mutation|positive|negative)\s+(?:patients|subjects|participants)\s+(?:must|should|need|have to)\b(?!\s+(?:not\b|be\s+(?:excluded|ineligible)))/i
/** "Adults (age ≥ 18 years): AST …" says of whom the rest is asked. */
const LABEL = /^[\s\w]{0,12}\)?\s*:/
/** "Response Evaluation Criteria in Solid Tumors" */
const YARDSTICK = /\b(?:criteria|evaluation|assessment|guidelines?)\s+(?:for|in|of)\s+(?:\w+\s+){0,2}$/i
/** The disease that something was or is given for. */
const GIVEN_FOR =
  /\b(?:therap\w+|treatment|chemotherapy|radiation|radiotherapy|surgery|\w+ectomy|ULN|medications?|drugs?|receptor inhibitors?|inhibitors?)\b[^.;]{0,60}\bfor (?:the )?(?:\w+ ){0,3}$/i
/** "≥ 8 g/dL (transfusion allowed)" says nothing else of the number; "(2 allowed if …)" does. */
const ASIDE = /\([^()\d]{0,80}\)/g
/** "Other PDGFRA mutations": not the one that was named. */
const OTHER_CHANGE = /(?<!\bor (?:any |an )?)\b(?:other|another|additional|further)\s+(?:\w+\s+)?$/i
/** "Excluded: HER2 positive" among what must be so. */
const EXCLUDED_AHEAD =
  /\b(?:exclud\w+|exclusions?|ineligible|not (?:be )?(?:eligible|allowed|permitted|included)|prohibited|must not|may not|cannot|none of)\b[^.;]*:[^.;]*$/i
/** Limits for men and for women. */
const ONE_SEX = /^\s*(?:\(|for |in )*(?:adult )?(?:males?|females?|men|women|boys|girls)\b/i
/** "Part B: …": what follows is asked of some. */
const COHORT =
  /\b(?:parts?|cohorts?|phases?|arms?|strata|stratum|groups?|stages?)\s+(?:[A-Z]\d?|\d[a-zA-Z]?|I{1,3}[ab]?)\b[^.;]{0,120}:|\bspecific (?:eligibility )?criteria\b/i
const SOME_BEHIND =
  /^\s*[,(]?\s*(?:for|in|among)\s+(?:the )?(?:patients|subjects|participants|individuals|those|cohorts?|parts?|arms?|groups?|phase)\b/i
/** Of a pregnancy: one of another time, or of another person. */
const OTHER_PREGNANCY =
  /\b(?:previous(?:ly)?|prior|been|becom\w+|plan\w*|partners?|history of)\b[^.;]{0,40}$/i
const EXAMPLES = /\b(?:including|includes|such as|like)\b[^.;]*$/i
/** Behind a gene or a test: what is asked for is that it was looked at. */
const LOOKED_AT =
  /^[\s-]*(?:(?:mutations?|mutational|gene|genetic|molecular|expression)\s+)*(?:status|test(?:ing|s)?|analys[ie]s|profil\w*|assessment|determination|evaluation|sequencing|screening|results?|vaccin\w*|DNA|RNA|viral|antibod\w*|core|surface|prevention|prophyla\w*|counsel\w*)\b/i
const NARROWER = /^[\s,(-]*(?:other than|except|excluding|exclusive of|apart from|with the exception)\b/i
const OR_NOT = /^\s*(?:\([^)]{0,40}\)\s*)?(?:and\/or|or|and)\s+(?:non-?|un|evaluable|not\b)/i
const ONCE =
  /^\s*(?:\w+\s+)?at (?:the )?(?:time of )?(?:initial |first |original |primary )?(?:diagnosis|onset)\b/i
/** Later in the sentence: allowed, or not needed. */
const ALLOWED =
  /\b(?:allowed|permitted|permissible|acceptable|accepted|allowable|eligible|enrolled|included|optional|waived|(?:not|n't) (?:be )?(?:required|mandatory|necessary|needed|exclu\w+)|may (?:be|also|still|have|participate|enrol\w*|enter))\b/i
const FORBIDDEN =
  /\b(?:not (?:be )?(?:allowed|permitted|permissible|acceptable|accepted|enrolled|included)|(?<!not (?:be )?)(?:excluded|exclusionary|prohibited|disallowed|forbidden)|(?:is|are|be) (?:also |therefore )?(?:not eligible|ineligible)(?! (?:for|to)\b(?! (?:this|the (?:study|trial|protocol)|participa\w+|enrol\w+|enter)))|exclusion criterion|(?:may|can|must|should|will) ?not (?:be enrolled|be included|participate|enter))\b/i
const EXCEPTION = /\b(?:unless|except\w*|if|provided|with the exception|as long as|apart from)\b/i
/** A result told behind a state: "HIV-positive", "hepatitis B surface antigen negative". */
const NEGATIVE_BEHIND =
  /^[\s-]*(?:(?:surface|core|antigens?|antibod\w+|serolog\w+|infection|tests?|DNA|RNA|viral load|HBsAg|status|is|are|be|must|should|result\w*|\([^)]{0,20}\)|and|hepatitis C|[ABC])[\s-]+)*(?:sero-?)?(?:negative|undetectable)\b/i
const NAIVE_BEHIND = /^[- ]na[iï]ve\b/i
/** A drug that is not given, or not yet. */
const NOT_GIVEN_BEHIND =
  /^\s*(?:therapy |treatment )?(?:is|are|would be|was) (?:not )?(?:clinically )?(?:indicated|planned|appropriate|contraindicated|considered|available)|^[- ](?:eligib\w+|ineligib\w+|unfit|intoleran\w+|candidates?|sensitivity|hypersensitiv\w*|allerg\w*)\b/i
const NEGATOR =
  /\b(?:no|not|without|absence|lack\w*|never|neither|nor|none|cannot|free of|negative for|exclu\w+|rule[ds]? out|fail\w* to)\b(?! (?:more|less|greater|fewer|lower|higher|later|older|younger|earlier|longer|exceed\w*|only|limited|otherwise|specified|mandatory|required|included)\b)/i

/**
 * The pieces of a text as what it asks for. A name stands in a criterion in many ways: asked for, denied, allowed, planned,
 * tested for, an exception. A piece that is denied says so; one of which it is not plain what the text wants of it is left
 * out: half a reading that a person completes is better than one that says the opposite.
 */
export function asked(pieces: readonly Piece[], text: string, side: Side | undefined): readonly Piece[] {
  const kept: Piece[] = []
  for (const piece of pieces) {
    const from = Math.max(0, piece.start - AROUND)
    const here = text.slice(from, piece.end + AROUND)
    const near = pieces.filter((one) => one.end > from && one.start < from + here.length)
    const weighed = weigh(
      moved(piece, -from),
      kept.length === 0 ? undefined : moved(kept.at(-1)!, -from),
      near.map((one) => moved(one, -from)),
      here,
      side,
    )
    if (weighed !== undefined && !(side !== 'exclusion' && isOfCohort(text, piece)))
      kept.push(moved(weighed, from))
  }
  return kept
}

/** Characters on either side of a name that may bear on it; sentences of trials are shorter. */
const AROUND = 800

function moved(piece: Piece, by: number): Piece {
  return { ...piece, start: piece.start + by, end: piece.end + by }
}

function isOfCohort(text: string, { start }: Piece): boolean {
  return COHORT.test(text.slice(Math.max(0, start - 4 * AROUND), start))
}

function weigh(
  piece: Piece,
  last: Piece | undefined,
  all: readonly Piece[],
  text: string,
  side: Side | undefined,
): Piece | undefined {
  const { from, to } = sentenceOf(text, piece)
  const clause = from + lastEnd(CLAUSE, text.slice(from, piece.start))
  const before = text.slice(from, piece.start)
  const after = text.slice(piece.end, to)
  const { criterion } = piece
  if (OPEN_BEFORE.test(text.slice(clause, piece.start)) || EXCEPTION.test(before)) return undefined
  if (familyOf(criterion) === 'genome' && OTHER_CHANGE.test(before)) return undefined
  if (FOR_SOME.test(before) || /\bnon-?\s?$/i.test(before)) return undefined
  if (side !== 'exclusion' && (EXAMPLES.test(before) || EXCLUDED_AHEAD.test(before))) return undefined
  if (side !== 'exclusion' && CONDITIONAL.test(text.slice(from, to))) return undefined
  const whole = text.slice(piece.start, piece.end)
  if (
    isBound(criterion) &&
    leafKind(criterion) !== 'age' &&
    (ONE_SEX.test(after) || /\b(?:males?|females?|men|women)\b/i.test(whole))
  )
    return undefined
  if (side !== 'exclusion' && isBound(criterion) && SOME_BEHIND.test(after)) return undefined
  if (leafKind(criterion) === 'age' && /\bdiagnosis\b[^.;]{0,20}$/i.test(before)) return undefined
  if (isBound(criterion) && LABEL.test(after)) return undefined
  if (criterion.kind === 'diagnosis' && (YARDSTICK.test(before) || GIVEN_FOR.test(before))) return undefined
  if (criterion.kind === 'marker' && isElsewhere(criterion.marker, before, after, text, side))
    return undefined
  if ((!isBound(criterion) && NARROWER.test(after)) || OR_NOT.test(after) || ONCE.test(after))
    return undefined
  if (
    !isBound(criterion) &&
    LOOKED_AT.test(after) &&
    !NEGATIVE_BEHIND.test(after) &&
    !/positiv|negativ/i.test(after.slice(0, 40))
  )
    return undefined
  if (criterion.kind === 'treated' && NOT_GIVEN_BEHIND.test(after)) return undefined
  const forbidden = FORBIDDEN.exec(after)
  const rest = forbidden === null ? after : after.replace(forbidden[0], '')
  if (
    ALLOWED.test(isBound(criterion) ? rest.replace(ASIDE, ' ') : rest) ||
    (forbidden !== null && EXCEPTION.test(after))
  )
    return undefined
  const out = forbidden !== null && side !== 'exclusion'
  // "Breast cancers that carry an AKT1 mutation are excluded": the two together, not each of them.
  const others = all.filter((one) => one.start >= from && one.end <= to && one.start !== piece.start)
  if (out && others.some((one) => !isFamily(one.criterion, criterion))) return undefined
  return denied(piece, last, text, clause, after, out)
}

/** A state that the text names without asking whether the person is in it. */
function isElsewhere(
  marker: string,
  before: string,
  after: string,
  text: string,
  side: Side | undefined,
): boolean {
  if (marker === 'other-malignancy')
    return /^\s*(?:sub)?types?\b/i.test(after) || (side !== 'exclusion' && !NEGATOR.test(before))
  if (marker !== 'pregnancy-or-breastfeeding') return false
  if (OTHER_PREGNANCY.test(before) || /^[^.;]{0,40}\bpartners?\b/i.test(after)) return true
  return side !== 'exclusion' && text.length > 80 && !NEGATOR.test(before) && !FORBIDDEN.test(after)
}

function denied(
  piece: Piece,
  last: Piece | undefined,
  text: string,
  clause: number,
  after: string,
  forbidden: boolean,
): Piece | undefined {
  const { criterion } = piece
  const turned =
    forbidden ||
    (criterion.kind === 'treated' && NAIVE_BEHIND.test(after)) ||
    (isState(criterion) && NEGATIVE_BEHIND.test(after))
  const at =
    negationBefore(text, piece.start) ?? (isState(criterion) ? negativeBefore(text, piece.start) : undefined)
  const negated = at !== undefined
  // Denied twice, "no HIV-negative person": nobody can tell what is meant.
  if (negated && turned) return undefined
  if (turned) return { ...piece, negated: true }
  if (negated) return { ...piece, start: at, negated: true }
  const between = text.slice(Math.max(clause, last?.end ?? 0), piece.start)
  if (NEGATOR.test(between)) return undefined
  // What stands behind a name that was denied is denied with it, or is not; lists of one kind are joined later.
  return last?.negated === true && last.end > clause && !isFamily(last.criterion, criterion)
    ? undefined
    : piece
}

function sentenceOf(text: string, { start, end }: Piece): { from: number; to: number } {
  const to = text.slice(end).search(new RegExp(SENTENCE.source, 'i'))
  return { from: lastEnd(SENTENCE, text.slice(0, start)), to: to < 0 ? text.length : end + to }
}

function lastEnd(pattern: RegExp, text: string): number {
  let end = 0
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length
  return end
}

export function isBound(criterion: Criterion): boolean {
  return /^(?:lab|performance|age|lines|burden)$/.test(leafKind(criterion))
}

/** Of a range, "18 to 75 years", the kind of its ends. */
function leafKind(criterion: Criterion): string {
  if (criterion.kind !== 'all' && criterion.kind !== 'any') return criterion.kind
  return criterion.of.length === 0 ? 'none' : leafKind(criterion.of[0]!)
}

function isState(criterion: Criterion): boolean {
  return criterion.kind === 'marker' && /^(?:hiv|hepatitis)/.test(criterion.marker)
}

/** Whether two criteria are of one kind, so that "no A, B or C" denies both. */
export function isFamily(one: Criterion, other: Criterion): boolean {
  const family = familyOf(one)
  return family !== 'bound' && family === familyOf(other)
}

function familyOf(criterion: Criterion): string {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return criterion.of.length === 0 ? 'none' : familyOf(criterion.of[0]!)
    case 'not':
      return familyOf(criterion.of)
    case 'alteration':
    case 'wild-type':
      return 'genome'
    case 'marker':
      return /^(?:her2|er|pr|pd-l1|mismatch-repair)$/.test(criterion.marker) ? 'protein' : 'state'
    default:
      return isBound(criterion) ? 'bound' : criterion.kind
  }
}
