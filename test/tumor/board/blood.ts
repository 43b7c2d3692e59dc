import type { BoardCase } from './board-case.ts'

/** Leukaemias, lymphomas and other tumours of the blood. */
export const BLOOD: readonly BoardCase[] = [
  {
    name: 'IDH1 R132H leukaemia',
    diagnosis: 'AML',
    changes: ['IDH1 R132H'],
    expect: {
      offered: ['ivosidenib', 'olutasidenib'],
      excluded: ['enasidenib'],
      notOffered: ['vorasidenib'],
    },
  },
  {
    name: 'IDH2 R140Q leukaemia',
    diagnosis: 'AML',
    changes: ['IDH2 R140Q'],
    expect: { offered: ['enasidenib'], excluded: ['ivosidenib'] },
  },
  {
    name: 'FLT3 internal duplication',
    diagnosis: 'AML',
    changes: ['FLT3 N587_L601dup'],
    expect: { offered: ['midostaurin', 'gilteritinib', 'quizartinib'] },
  },
  {
    name: 'FLT3 D835Y is no internal duplication',
    diagnosis: 'AML',
    changes: ['FLT3 D835Y'],
    expect: { offered: ['midostaurin', 'gilteritinib'], notOffered: ['quizartinib'] },
  },
  ...['NPM1 W288fs', 'NPM1 W288Cfs*12'].map((change) => ({
    name: `${change}`,
    diagnosis: 'AML',
    changes: [change],
    expect: { offered: ['revumenib', 'ziftomenib'], tiers: { 'NPM1 W288fs': 'I-A' } },
  })),
  {
    name: 'KMT2A::MLLT3, the gene by its former name',
    diagnosis: 'AML',
    fusions: ['MLL::MLLT3 in-frame'],
    expect: { offered: ['revumenib'] },
  },
  {
    name: 'promyelocytic leukaemia',
    diagnosis: 'APLPMLRARA',
    fusions: ['PML::RARA in-frame'],
    expect: { offered: ['tretinoin', 'arsenic trioxide'] },
  },
  {
    name: 'chronic myeloid leukaemia',
    diagnosis: 'CML',
    fusions: ['BCR::ABL1'],
    expect: { offered: ['imatinib', 'dasatinib', 'asciminib'], notOffered: ['ponatinib'] },
  },
  {
    name: 'T315I',
    diagnosis: 'CML',
    fusions: ['BCR::ABL1'],
    changes: ['ABL1 T315I'],
    expect: {
      offered: ['ponatinib', 'asciminib'],
      blocked: ['imatinib', 'dasatinib', 'nilotinib', 'bosutinib'],
    },
  },
  {
    name: 'lymphoblastic leukaemia with BCR::ABL1',
    diagnosis: 'BLL',
    fusions: ['BCR::ABL1'],
    expect: { offered: ['imatinib', 'dasatinib', 'ponatinib'], notOffered: ['asciminib'] },
  },
  {
    name: 'JAK2 V617F',
    diagnosis: 'PV',
    changes: ['JAK2 V617F'],
    expect: { oncogenicity: { 'p.V617F': 'likely-oncogenic' }, tiers: { 'JAK2 V617F': 'I-B' } },
  },
  {
    name: 'del(5q)',
    diagnosis: 'MDS',
    markers: ['del(5q) present'],
    expect: { offered: ['lenalidomide'] },
  },
  {
    name: 'del(5q) looked for and not there',
    diagnosis: 'MDS',
    markers: ['del(5q) absent'],
    expect: { notOffered: ['lenalidomide'], notOpen: ['lenalidomide'], excluded: ['lenalidomide'] },
  },
  {
    name: 'lymphocytic leukaemia with TP53: 17p was not looked at',
    diagnosis: 'CLLSLL',
    changes: ['TP53 R175H'],
    expect: { open: ['ibrutinib'], tiers: { 'TP53 R175H': 'I-A' } },
  },
  {
    name: 'EZH2 Y646N, whose drug is withdrawn',
    diagnosis: 'FL',
    changes: ['EZH2 Y646N'],
    expect: { excluded: ['tazemetostat'], notOffered: ['tazemetostat'] },
  },
  {
    name: 'a change of EZH2 that nobody knows',
    diagnosis: 'FL',
    changes: ['EZH2 D185H'],
    expect: { notOpen: ['tazemetostat'], notOffered: ['tazemetostat'] },
  },
  {
    name: 'KIT D816V mastocytosis',
    diagnosis: 'ASM',
    changes: ['KIT D816V'],
    expect: { excluded: ['imatinib'], notOffered: ['imatinib'] },
  },
  {
    name: 'NPM1::ALK lymphoma',
    diagnosis: 'ALCL',
    fusions: ['NPM1::ALK in-frame'],
    expect: { offered: ['crizotinib'], notOffered: ['alectinib'] },
  },
  {
    name: 'Erdheim-Chester disease',
    diagnosis: 'ECD',
    changes: ['BRAF V600E'],
    expect: { offered: ['vemurafenib'] },
  },
  ...(
    [
      ['F317L', ['dasatinib'], ['nilotinib', 'bosutinib', 'asciminib']],
      ['Y253H', ['nilotinib'], ['dasatinib', 'bosutinib', 'asciminib']],
      ['F359V', ['nilotinib'], ['dasatinib', 'bosutinib']],
      ['V299L', ['dasatinib', 'bosutinib'], ['nilotinib', 'asciminib']],
      ['A337T', ['asciminib'], ['dasatinib', 'nilotinib', 'bosutinib']],
    ] as const
  ).map(([change, blocked, offered]) => ({
    name: `ABL1 ${change} tells the inhibitors apart`,
    diagnosis: 'CML',
    fusions: ['BCR::ABL1'],
    changes: [`ABL1 ${change}`],
    expect: { blocked, offered },
  })),
  {
    name: 'EZH2 named on the shorter transcript',
    diagnosis: 'FL',
    changes: ['EZH2 Y641N'],
    expect: { oncogenicity: { 'p.Y641N': 'likely-oncogenic' } },
  },
]
