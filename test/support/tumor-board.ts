import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '../../src/app/http/api.ts'
import { call } from './http-server.ts'

/** A small MAF of a tumour of the lung: EGFR L858R, TP53, and BRCA2 at the share of reads of an inherited variant. */
export const LUNG_MAF = [
  'Hugo_Symbol	NCBI_Build	Chromosome	Start_Position	End_Position	Reference_Allele	Tumor_Seq_Allele2	Variant_Classification	HGVSp_Short	HGVSc	Exon_Number	Tumor_Sample_Barcode	t_ref_count	t_alt_count',
  'EGFR	GRCh37	7	55259515	55259515	T	G	Missense_Mutation	p.L858R	c.2573T>G	21/28	T1	220	130',
  'TP53	GRCh37	17	7578406	7578406	C	T	Missense_Mutation	p.R175H	c.524G>A	5/11	T1	150	120',
  'BRCA2	GRCh37	13	32914438	32914438	T	-	Frame_Shift_Del	p.S1982Rfs*22	c.5946del	11/27	T1	140	145',
  '',
].join('\n')

export const PANEL = 'EGFR,KRAS,BRAF,MET,ERBB2,TP53,STK11,BRCA1,BRCA2'

/** Sends one file of a tumour, and waits until it is stored or refused. */
export async function sendTumor(
  url: string,
  patient: string,
  content: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  name = 'tumour.maf',
): Promise<Job> {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', new Blob([content]), name)
  const sent = await fetch(`${url}/api/patients/${patient}/tumor/files`, {
    method: 'POST',
    body: form,
    headers,
  })
  let job = (await sent.json()) as Job
  if (sent.status !== 202) throw new Error(`${sent.status} ${JSON.stringify(job)}`)
  while (job.state !== 'stored' && job.state !== 'refused') {
    await sleep(20)
    job = (await call(`${url}/api/jobs/${job.id}`, 'GET', undefined, headers)).body as unknown as Job
  }
  return job
}
