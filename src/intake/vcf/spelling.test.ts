import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { oneLine, PANEL } from '../../../test/cases/intake/small-panel.ts'

function table(name: string, id: string, rows: readonly (readonly [string, string])[]): void {
  for (const [line, said] of rows) {
    test(`${name}: ${line}`, async () => {
      const columns = line.split(' ')
      const text = `${columns[0]} ${columns[1]} . ${columns[2]} ${columns[3]} . PASS . GT ${columns[4]}`
      assert.equal(await oneLine(text, id), said)
    })
  }
}

table('UGT1A1 TA repeat', 'chr2:233760233', [
  ['chr2 233760233 CAT C,CATAT,CATATAT 0/2', 'CAT/CATAT'],
  ['chr2 233760233 C CAT 0/1', 'CAT/CATAT'],
  ['chr2 233760233 C CATAT 1/1', 'CATATAT/CATATAT'],
  ['chr2 233760233 CAT C 0/1', 'CAT/C'],
  // at the right end of the repeat, and in its middle
  ['chr2 233760248 A ATA 0/1', 'CAT/CATAT'],
  ['chr2 233760240 A ATA 0/1', 'CAT/CATAT'],
  ['chr2 233760239 TATA TA 0/1', 'CAT/C'],
  // the whole repeat written out, with a base behind it that is not in the panel
  ['chr2 233760233 CATATATATATATATAA CATATATATATATATATAA 1/1', 'CATAT/CATAT'],
  // a repeat length that no allele has: kept as it is
  ['chr2 233760233 C CATATAT 0/1', 'CAT/CATATATAT'],
  // fewer repeats than the definition's own span can show
  ['chr2 233760233 CATAT C 0/1', 'unreadable-allele'],
  ['chr2 233760233 CATAT C 0/0', 'not-in-file'],
  ['chr2 233760233 CATAT C,CATATAT 1/2', 'unreadable-allele'],
  ['chr2 233760233 CATAT C,CATATAT 0/2', 'CAT/CATAT'],
  // a single base changed inside the repeat is another variant
  ['chr2 233760240 A G 0/1', 'not-in-file'],
  ['chr2 233760240 A G 0/0', 'not-in-file'],
])

table('deletion in a repeat of a base', 'chr1:97450065', [
  ['chr1 97450065 TG T 0/1', 'TG/T'],
  ['chr1 97450066 GG G 0/1', 'TG/T'],
  ['chr1 97450066 GG G 0/0', 'TG/TG'],
  ['chr1 97450065 TGG TG 1/1', 'T/T'],
  ['chr1 97450064 CTG CT 0/1', 'TG/T'],
  ['chr1 97450065 TG T,<*> 1/0', 'T/TG'],
  // an insertion where the definition knows a deletion
  ['chr1 97450065 T TG 0/1', 'TG/TGG'],
  ['chr1 97450065 T TG 0/0', 'not-in-file'],
  // the base before it, and nothing about the deletion
  ['chr1 97450065 T C 0/1', 'not-in-file'],
])

table('ATGA deleted once from twice', 'chr1:97740410', [
  ['chr1 97740410 GATGA G 0/1', 'GATGA/G'],
  ['chr1 97740414 AATGA A 0/1', 'GATGA/G'],
  ['chr1 97740412 TGAAT T 0/1', 'GATGA/G'],
])

table('deletion and duplication of GAGTCG', 'chr13:48037782', [
  ['chr13 48037782 AGGAGTC A 0/1', 'AGGAGTC/A'],
  ['chr13 48037783 GGAGTCG G 0/1', 'AGGAGTC/A'],
  ['chr13 48037782 A AGGAGTC 0/1', 'AGGAGTC/AGGAGTCGGAGTC'],
  ['chr13 48037801 G GGAGTCG 0/1', 'AGGAGTC/AGGAGTCGGAGTC'],
  ['chr13 48037782 A C 0/1', 'not-in-file'],
])

table('an insertion inside a deletion is another locus', 'chr22:42128198', [
  ['chr22 42128198 CTCAG C 0/1', 'CTCAG/C'],
  ['chr22 42128202 GTCAG G 0/1', 'CTCAG/C'],
  ['chr22 42128200 C CA 0/1', 'not-in-file'],
])

table('the insertion itself', 'chr22:42128200', [
  ['chr22 42128200 C CA 0/1', 'C/CA'],
  ['chr22 42128201 A AA 0/1', 'C/CA'],
  // peers take a line with the same REF as a line about the locus
  ['chr22 42128200 C G 0/0', 'C/C'],
  ['chr22 42128200 C G 0/1', 'C/G'],
])

table('single bases out of wider records', 'chr10:94981297', [
  ['chr10 94981297 T A 0/1', 'T/A'],
  ['chr10 94981296 AT AA 0/1', 'T/A'],
  ['chr10 94981296 AT CA,CC 1/2', 'A/C'],
  ['chr10 94981296 AT CT 0/1', 'T/T'],
  ['chr10 94981295 GATC GAAC 0/1', 'T/A'],
  ['chr10 94981297 TG AG,T 1/2', 'A/T'],
  // what an insertion or deletion line says of the base before it
  ['chr10 94981296 AT A 0/0', 'not-in-file'],
  ['chr10 94981296 AT A 0/1', 'unreadable-allele'],
  ['chr10 94981296 A AC 0/1', 'not-in-file'],
  ['chr10 94981297 T TA 0/0', 'T/T'],
  ['chr10 94981297 T TA 0/1', 'T/TA'],
  ['chr10 94981297 TG T 0/1', 'not-in-file'],
])

table('two bases replaced', 'chr19:38572266', [
  ['chr19 38572266 TC CT 0/1', 'TC/CT'],
  ['chr19 38572265 ATC ACT 0/1', 'TC/CT'],
  ['chr19 38572266 TC CC 0/1', 'TC/CC'],
  ['chr19 38572266 T C 0/1', 'not-in-file'],
  ['chr19 38572266 TC . 0/0', 'TC/TC'],
])

/** Every way to write an allele with more or fewer of the bases around it, or at another place of its repeat. */
function spellings(id: string, alt: string): fc.Arbitrary<string> {
  const locus = PANEL.find((one) => one.id === id)!
  const { start, bases } = locus.context!
  const from = locus.position - start
  const haplotype = bases.slice(0, from) + alt + bases.slice(from + locus.ref.length)
  return fc
    .record({
      left: fc.nat(bases.length),
      right: fc.nat(bases.length),
      before: fc.stringMatching(/^[ACGT]{0,4}$/),
    })
    .map(({ left, right, before }) => {
      // Cut off as much of both ends as both haplotypes share, then pad on the left with bases of the unknown.
      let end = 0
      while (
        end < right &&
        end < Math.min(bases.length, haplotype.length) - 1 &&
        bases.at(-1 - end) === haplotype.at(-1 - end)
      )
        end += 1
      let begin = 0
      const room = Math.min(bases.length, haplotype.length) - end - 1
      while (begin < left && begin < room && bases[begin] === haplotype[begin]) begin += 1
      const pad = begin === 0 ? before : ''
      const ref = pad + bases.slice(begin, bases.length - end)
      const other = pad + haplotype.slice(begin, haplotype.length - end)
      return `${locus.chromosome} ${start + begin - pad.length} . ${ref} ${other} . PASS . GT 0/1`
    })
}

for (const locus of PANEL.filter(
  (one) => one.context !== undefined && one.alts.every((alt) => alt.length !== one.ref.length),
)) {
  for (const alt of locus.alts) {
    test(`${locus.id} ${locus.ref}>${alt} however it is spelled`, async () => {
      await fc.assert(
        fc.asyncProperty(spellings(locus.id, alt), async (line) => {
          assert.equal(await oneLine(line, locus.id), `${locus.ref}/${alt}`, line)
        }),
        { numRuns: 60 },
      )
    })
  }
}
