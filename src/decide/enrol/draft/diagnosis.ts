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
    const leaf = diagnosisOf(text.slice(start, end), tree)
    return leaf === undefined ? [] : [{ criterion: leaf, start, end }]
  })
}

function diagnosisOf(name: string, tree: OncoTree): DiagnosisLeaf | undefined {
  let plain = name.replace(COURSE, '').trim()
  for (const [pattern, spelling] of SPELLINGS) plain = plain.replace(pattern, spelling)
  plain = plain.trim()
  if (/^solid (?:tumor|malignanc(?:y|ies)|cancer|neoplasms?)$/i.test(plain))
    return { kind: 'diagnosis', name, in: 'solid' }
  const short = SHORT[plain.toUpperCase()]
  if (plain.length < 3) return undefined
  const type =
    tree.find(short ?? plain) ??
    tree.find(plain.replace(/\bcancer\b/i, 'carcinoma')) ??
    tree.find(`${plain}, NOS`)
  return type === undefined ? undefined : { kind: 'diagnosis', name: type.name, in: { code: type.code } }
}
