import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SequencesInMemory } from '../sequence.ts'
import { isRecord, type NormaliseRules, Normaliser, type Noticed } from './normaliser.ts'
import type { VariantRecord } from './variant-record.ts'

//                                                    1234567890123456789012345678901234567890
const SEQUENCE = new SequencesInMemory('toy', new Map([['1', 'ACGTTTTTGCATRYNNNNACACACacgtgtgtCCCCCCGA']]))
const DECLARED = {
  info: new Map([
    ['AC', { number: 'A', type: 'Integer' }],
    ['AD', { number: 'R', type: 'Integer' }],
  ]),
  format: new Map([
    ['AD', { number: 'R', type: 'Integer' }],
    ['PL', { number: 'G', type: 'Integer' }],
  ]),
}
const RULES: NormaliseRules = {
  declared: DECLARED,
  misfit: 'refuse',
  sequence: SEQUENCE,
  reference: 'refuse',
  align: true,
  atomise: undefined,
  split: undefined,
  join: undefined,
  duplicates: undefined,
  originTag: undefined,
  window: 1000,
}

/** "pos ref alts info format samples" in, the same out. */
function run(
  rules: Partial<NormaliseRules>,
  ...rows: string[]
): { out: string[]; noticed: Noticed[]; by: Normaliser } {
  const out: string[] = []
  const noticed: Noticed[] = []
  const by = new Normaliser(
    { ...RULES, ...rules },
    (one) => {
      assert.ok(isRecord(one))
      out.push(
        [one.position, one.ref, one.alts.join(',') || '.', one.info, one.format, one.samples]
          .join(' ')
          .trim(),
      )
    },
    (what) => noticed.push(what),
  )
  for (const [line, row] of rows.entries()) by.take(record(row, line + 1))
  by.finish()
  return { out, noticed, by }
}

function record(row: string, line: number): VariantRecord {
  const [position, ref, alts, info = '.', format = '', ...samples] = row.split(' ')
  return {
    contig: '1',
    position: Number(position),
    id: '.',
    ref: ref!,
    alts: alts === '.' ? [] : alts!.split(','),
    quality: '.',
    filter: '.',
    info,
    format,
    samples: samples.join('\t'),
    line,
  }
}

test('alleles move left together and keep one base', () => {
  assert.deepEqual(run({}, '8 TG T').out, ['8 TG T .'])
  assert.deepEqual(run({}, '7 TT T').out, ['3 GT G .'])
  assert.deepEqual(run({}, '8 T TT').out, ['3 G GT .'])
  assert.deepEqual(run({}, '33 C CC').out, ['32 t tC .'])
  assert.deepEqual(run({}, '7 TT T,TTT').out, ['3 GT G,GTT .'])
  assert.deepEqual(run({}, '2 CGT CAT').out, ['3 G A .'])
  assert.deepEqual(run({}, '1 AC A').out, ['1 AC A .'])
  assert.deepEqual(run({}, '4 TTTTTG . END=9').out, ['4 T . END=4'])
  assert.deepEqual(run({}, '8 T TT', '5 T C').out, ['3 G GT .', '5 T C .'])
})

test('what is no sequence stays where it is', () => {
  const { out, by } = run({}, '8 T <DEL>', '8 T *', '8 T T[1:30[', '8 T TT,<INS>')
  assert.deepEqual(out, ['8 T <DEL> .', '8 T * .', '8 T T[1:30[ .', '8 T TT,<INS> .'])
  assert.equal(by.counts.symbolic, 4)
})

test('REF that is not the sequence', () => {
  assert.throws(() => run({}, '2 A T'), { code: 'REF_MISMATCH' })
  assert.throws(() => run({}, '40 AA A'), { code: 'NO_SEQUENCE' })
  assert.throws(() => run({}, '2 C R'), { code: 'ALLELE_NOT_BASES' })
  const kept = run({ reference: 'keep' }, '2 AGT A')
  assert.deepEqual(kept.out, ['2 AGT A .'])
  assert.equal(kept.by.counts.unnormalised, 1)
  assert.equal(kept.noticed[0]?.kind, 'ref-differs')
  assert.deepEqual(run({ reference: 'leave-out' }, '2 AGT A').out, [])
})

test('a swap of REF and ALT takes every field per allele with it', () => {
  const { out, by } = run({ reference: 'set' }, '5 G T,C AD=1,2,3;AC=1,2 GT:AD:PL 0|1:1,2,3:1,2,3,4,5,6')
  assert.deepEqual(out, ['5 T G,C AD=2,1,3;AC=1,2 GT:AD:PL 1|0:2,1,3:3,2,1,5,4,6'])
  assert.equal(by.counts.referenceSwapped, 1)
})

test('split and join', () => {
  const split = { sequence: undefined, split: { what: 'both', keepSum: new Set<string>() } } as const
  const row = '5 T C,G AD=1,2,3 GT:AD:PL 1|2:1,2,3:1,2,3,4,5,6 ./2:.:.'
  const parts = run(split, row).out
  assert.deepEqual(parts, [
    '5 T C AD=1,2 GT:AD:PL 1|0:1,2:1,2,3\t./0:.:.',
    '5 T G AD=1,3 GT:AD:PL 0|1:1,3:1,4,6\t./1:.:.',
  ])
  assert.throws(() => run(split, '5 T C,G AD=1,2'), { code: 'VCF_FIELD_COUNT' })
  assert.deepEqual(run({ ...split, misfit: 'drop' }, '5 T C,G AD=1,2').out, ['5 T C .', '5 T G .'])
  const join = { sequence: undefined, join: { what: 'any', passWins: false } } as const
  const joined = run(join, '5 T C . GT 0/1 1/1', '5 T G . GT 0/1 0/1')
  assert.deepEqual(joined.out, ['5 T C,G . GT 2/1\t1/1'])
  assert.equal(joined.by.counts.overfull, 1)
})

test('joining never makes up a phase', () => {
  const join = { sequence: undefined, join: { what: 'any', passWins: false } } as const
  assert.deepEqual(run(join, '5 T C . GT 0|1 0|1', '5 T G . GT 1|0 0|1').out, ['5 T C,G . GT 2|1\t2/1'])
})

test('a gap of N is not walked to its end', () => {
  const gap = new SequencesInMemory('gap', new Map([['1', 'N'.repeat(1_200_000)]]))
  const far = run({ sequence: gap }, '1100000 NN N')
  assert.deepEqual(far.out, ['1100000 NN N .'])
  assert.equal(far.by.counts.unnormalised, 1)
  assert.deepEqual(run({ sequence: gap }, '500000 NN N').out, ['1 NN N .'])
})

test('a file without sequence is not aligned', () => {
  assert.deepEqual(run({ sequence: undefined }, '8 T TT').out, ['8 T TT .'])
})

test('what is joined with what, and in which order it is written', () => {
  const by = (what: 'snps' | 'both', ...rows: string[]): readonly string[] =>
    run({ sequence: undefined, join: { what, passWins: false } }, ...rows).out
  assert.deepEqual(by('snps', '5 T C', '5 TT T', '5 T G'), ['5 TT T .', '5 T C,G .'])
  assert.deepEqual(by('both', '5 T .', '5 TT T'), ['5 TT T .'])
  assert.deepEqual(by('both', '5 TT .', '5 T .', '5 TT T'), ['5 TT . .', '5 TT T .'])
})

test('alleles of joined records stay in lower case until one REF differs in case', () => {
  const joined = (...rows: string[]): readonly string[] =>
    run({ sequence: undefined, join: { what: 'any', passWins: false } }, ...rows).out
  assert.deepEqual(joined('5 ttc t', '5 tt TG'), ['5 ttc t,TGc .'])
  assert.deepEqual(joined('5 tt t', '5 T C', '5 TTc tc'), ['5 TTc Tc,CTc .'])
  assert.deepEqual(joined('5 t .', '5 T C'), ['5 T C .'])
})

test('of joined records the last one that has a field tells of REF, though it says that the value is missing', () => {
  const rules = { sequence: undefined, join: { what: 'any', passWins: false } } as const
  const rows = ['5 T C AD=1,2;AC=. GT:AD 0/1:3,4', '5 T G AD=.,5;AC=. GT:AD 0/2:.,7']
  assert.deepEqual(run(rules, ...rows.map((row) => row.replace('0/2', '0/1'))).out, [
    '5 T C,G AD=.,2,5;AC=.,. GT:AD 2/1:.,4,7',
  ])
  assert.deepEqual(run(rules, '5 T C AD=1,2', '5 T G AD=.').out, ['5 T C,G AD=1,2,.'])
  const block = '5 T . . GT:PL 0/0:7'
  assert.deepEqual(run(rules, block, '5 T C . GT:PL 0/1:9,0,8').out, ['5 T C . GT:PL 1/0:9,0,8'])
  assert.deepEqual(run(rules, '5 T C . GT:PL 0/1:9,0,8', block).out, ['5 T C . GT:PL 0/1:9,0,8'])
  assert.deepEqual(run(rules, block, '5 T C . GT:PL 0/1:.').out, ['5 T C . GT:PL 1/0:.'])
})

test('local alleles follow the alleles of the record', () => {
  const format = new Map([
    ['LAD', { number: 'LR', type: 'Integer' }],
    ['LEC', { number: 'LA', type: 'Integer' }],
    ['LPL', { number: 'LG', type: 'Integer' }],
  ])
  const declared = { info: new Map(), format }
  const split = {
    declared,
    sequence: undefined,
    split: { what: 'any', keepSum: new Set<string>() },
  } as const
  const key = 'GT:LAA:LAD:LEC:LPL'
  assert.deepEqual(run(split, `5 T C,G,A . ${key} 2/3:2,3:9,5,6:7,8:1,2,3,4,5,6 0/0:.:7:.:0`).out, [
    `5 T C . ${key} 0/0:.:9:.:1\t0/0:.:7:.:0`,
    `5 T G . ${key} 1/0:1:9,5:7:1,2,3\t0/0:.:7:.:0`,
    `5 T A . ${key} 0/1:1:9,6:8:1,4,6\t0/0:.:7:.:0`,
  ])
  const join = { declared, sequence: undefined, join: { what: 'any', passWins: false } } as const
  const joined = run(join, '5 T C . GT:LAA:LAD 0/1:1:3,4', '5 T G . GT:LAA:LAD 0/0:.:3')
  assert.deepEqual(joined.out, ['5 T C,G . GT:LAA:LAD 0/1:.:.'])
  const other = run({ ...split, declared: DECLARED }, '5 T C,G . GT:LAD 0/1:3,4')
  assert.deepEqual(other.out, ['5 T C . GT:LAD 0/1:3,4', '5 T G . GT:LAD 0/0:3,4'])
})

test('pairs and repeat lists of structural alleles are split with them', () => {
  const declared = { info: new Map([['RN', { number: 'A', type: 'Integer' }]]), format: new Map() }
  const split = { declared, sequence: undefined, split: { what: 'any', keepSum: new Set<string>() } } as const
  const two = '5 T <DEL>,<DUP> CIPOS=-5,5,0,1;CIEND=-1,1;MEINFO=a,1,2,+,b,3,4,-'
  assert.deepEqual(run(split, two).out, [
    '5 T <DEL> CIPOS=-5,5;CIEND=-1,1;MEINFO=a,1,2,+',
    '5 T <DUP> CIPOS=0,1;CIEND=-1,1;MEINFO=b,3,4,-',
  ])
  const repeats = '5 T <CNV:TR>,<CNV:TR> RN=2,1;RUS=CAG,TTG,CA;RUC=4,2,3;CIRUC=-1,1,0,0,-2,2;RUL=3'
  assert.deepEqual(run(split, repeats).out, [
    '5 T <CNV:TR> RN=2;RUS=CAG,TTG;RUC=4,2;CIRUC=-1,1,0,0;RUL=3',
    '5 T <CNV:TR> RN=1;RUS=CA;RUC=3;CIRUC=-2,2;RUL=3',
  ])
})

test('of joined records the first one that has a text tells of REF', () => {
  const declared = { info: new Map([['FLANK', { number: 'R', type: 'String' }]]), format: new Map() }
  const rules = { declared, sequence: undefined, join: { what: 'any', passWins: false } } as const
  const rows = ['5 T C FLANK=.,c', '5 T G FLANK=a,g', '5 T A FLANK=b,a']
  assert.deepEqual(run(rules, ...rows).out, ['5 T C,G,A FLANK=a,c,g,a'])
})

test('of atoms that several ALTs have, reads are added up and medians are not', () => {
  const declared = {
    info: new Map([...DECLARED.info, ['MBQ', { number: 'R', type: 'Integer' }]]),
    format: DECLARED.format,
  }
  const rules = { declared, sequence: undefined, atomise: { overlap: 'star' } } as const
  assert.deepEqual(run(rules, '5 TT GG,GGG AD=1,2,3;MBQ=30,20,25 GT:AD 1/2:1,2,3').out, [
    '5 T G,* AD=1,5,.;MBQ=30,20,. GT:AD 1/1:1,5,.',
    '6 T G,* AD=1,2,.;MBQ=30,20,. GT:AD 1/2:1,2,.',
    '6 T GG,* AD=1,3,.;MBQ=30,25,. GT:AD 2/1:1,3,.',
  ])
})

test('the record as it was is named as bcftools does', () => {
  const atoms = { atomise: { overlap: 'star' }, originTag: 'OLD' } as const
  const single = run({ ...atoms, sequence: undefined }, '5 T C', '6 T *')
  assert.deepEqual(single.out, ['5 T C OLD=1|5|T|C|1', '6 T * .'])
  assert.equal(single.by.counts.atomised, 0)
  assert.deepEqual(run({ originTag: 'OLD' }, '8 T TT', '9 GCA .').out, ['3 G GT OLD=1|8|T|TT', '9 G . .'])
})

test('a code of IUPAC that an allele is moved to is written N', () => {
  const codes = new SequencesInMemory('codes', new Map([['1', 'ACGRTTTTTG']]))
  assert.deepEqual(run({ sequence: codes }, '6 TT T').out, ['4 NT N .'])
  const soft = new SequencesInMemory('soft', new Map([['1', 'acgrttttTG']]))
  assert.deepEqual(run({ sequence: soft }, '8 TT T').out, ['4 Nt N .'])
})

test('a REF that is the sequence is left as it is, and its ALTs, when REF is set', () => {
  const gap = new SequencesInMemory('gap', new Map([['1', 'ANnNANACR']]))
  assert.deepEqual(run({ sequence: gap, reference: 'set', align: false }, '3 N aNnN').out, ['3 N aNnN .'])
})
