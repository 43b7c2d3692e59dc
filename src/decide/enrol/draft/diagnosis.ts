import type { OncoTree } from '../../../knowledge/tumor/oncotree.ts'
import type { DiagnosisLeaf } from '../criterion.ts'
import type { Entity } from '../entities/tagger.ts'
import type { Piece } from './piece.ts'

/** Where the course of a disease is told in front of its name. */
const COURSE =
  /^(?:(?:locally|newly|previously|histologically|cytologically|biopsy|pathologically|radiographically|or|and|and\/or|a|an|the|any|[-/,])\s*-?|(?:advanced|metastatic|recurrent|refractory|relapsed|unresectable|resectable|progressive|confirmed|documented|diagnosed|untreated|active|malignant|primary|invasive|measurable|inoperable|adult|castration[- ]resistant|stage\s+[IViv1-4]+[ABCabc]?)\b[\s,/-]*)+/i
/** The criterion speaks of other diseases than the one that is treated. */
const OTHER =
  /\b(?:except|exception|other than|other (?:active )?malignan|prior malignan|history of|second(?:ary)? malignan|family)\b/i

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\btumours?\b/gi, 'tumor'],
  [/\btumors\b/gi, 'tumor'],
  [/\bcancers\b/gi, 'cancer'],
  [/\bcarcinomas\b/gi, 'carcinoma'],
  [/\blymphomas\b/gi, 'lymphoma'],
  [/\bleukaemia\b/gi, 'leukemia'],
  [/\bnon small\b|\bnonsmall\b/gi, 'non-small'],
  [/\s*\([^)]*\)/g, ''],
]
/** Abbreviations that are no codes of OncoTree. */
const SHORT: Readonly<Record<string, string>> = {
  CRC: 'Colorectal Adenocarcinoma',
  HCC: 'Hepatocellular Carcinoma',
  RCC: 'Renal Cell Carcinoma',
  GBM: 'Glioblastoma',
  AML: 'Acute Myeloid Leukemia',
  CLL: 'Chronic Lymphocytic Leukemia/Small Lymphocytic Lymphoma',
  DLBCL: 'Diffuse Large B-Cell Lymphoma, NOS',
  'BREAST CANCER': 'Breast',
  'LUNG CANCER': 'Lung',
  'PROSTATE CANCER': 'Prostate',
  'OVARIAN CANCER': 'Ovary/Fallopian Tube',
  'COLORECTAL CANCER': 'Bowel',
  'PANCREATIC CANCER': 'Pancreas',
  'PANCREATIC ADENOCARCINOMA': 'Pancreatic Adenocarcinoma',
  'BLADDER CANCER': 'Bladder/Urinary Tract',
  'BRAIN TUMOR': 'CNS/Brain',
  LYMPHOMA: 'Lymphoid',
  'MULTIPLE MYELOMA': 'Plasma Cell Myeloma',
  'THYROID CANCER': 'Thyroid',
}

/** Tumour types named in an inclusion criterion; any of them will do. Names that OncoTree does not have are left out. */
export function diagnoses(text: string, entities: readonly Entity[], tree: OncoTree): readonly Piece[] {
  if (OTHER.test(text)) return []
  return entities.flatMap(({ kind, start, end }) => {
    if (kind !== 'cancer') return []
    const site = SITE_BEHIND.exec(text.slice(end, end + 60))
    const leaf =
      site === null
        ? diagnosisOf(text.slice(start, end), tree)
        : placed(text.slice(start, end), site[1]!, tree)
    return leaf === undefined ? [] : [{ criterion: leaf, start, end }]
  })
}

/** "Squamous cell carcinoma of the head and neck": the type in that place, or nothing; without the place it is another type. */
function placed(name: string, site: string, tree: OncoTree): DiagnosisLeaf | undefined {
  const words = site.toLowerCase().split(/\s+/)
  for (let count = words.length; count > 0; count--) {
    const place = words.slice(0, count).join(' ')
    const leaf = diagnosisOf(`${SITES[place] ?? place} ${name.replace(COURSE, '').trim()}`, tree)
    if (leaf !== undefined) return leaf
  }
  return undefined
}
const SITE_BEHIND = /^\s+(?:of|arising (?:in|from)|originating in)\s+(?:the\s+)?([a-z]+(?:\s+[a-z]+){0,2})/i
const SITES: Readonly<Record<string, string>> = {
  ...{
    esophagus: 'Esophageal',
    oesophagus: 'Esophageal',
    bladder: 'Bladder',
    kidney: 'Renal',
    skin: 'Cutaneous',
  },
  ...{ pancreas: 'Pancreatic', ovary: 'Ovarian', cervix: 'Cervical', prostate: 'Prostate', rectum: 'Rectal' },
  ...{ liver: 'Hepatocellular', endometrium: 'Endometrial', vulva: 'Vulvar', larynx: 'Larynx' },
}
/** Abbreviations that mean two diseases. */
const TWOFOLD: ReadonlySet<string> = new Set(['PNET', 'ACC', 'NET', 'MM', 'SCC'])
/** A place alone, "the stomach", is no tumour. */
const TUMOUR = /cancer|carcinoma|tumou?r|neoplas|malignan|metasta|omas?\b|leuk|myelo|lympho|syndrome|disease/i
const ABBREVIATION = /\b[A-Z][A-Z0-9-]+\b/

function diagnosisOf(name: string, tree: OncoTree): DiagnosisLeaf | undefined {
  let plain = name.replace(COURSE, '').trim()
  for (const [pattern, spelling] of SPELLINGS) plain = plain.replace(pattern, spelling)
  plain = plain.trim()
  if (/^solid (?:tumor|malignanc(?:y|ies)|cancer|neoplasms?)$/i.test(plain))
    return { kind: 'diagnosis', name, in: 'solid' }
  const short = SHORT[plain.toUpperCase()]
  if (plain.length < 3 || TWOFOLD.has(plain.toUpperCase()) || !(TUMOUR.test(name) || ABBREVIATION.test(name)))
    return undefined
  const type =
    tree.find(short ?? plain) ??
    tree.find(plain.replace(/\bcancer\b/i, 'carcinoma')) ??
    tree.find(`${plain}, NOS`)
  return type === undefined ? undefined : { kind: 'diagnosis', name: type.name, in: { code: type.code } }
}
