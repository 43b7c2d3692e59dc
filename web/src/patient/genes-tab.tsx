import { Drawer } from '@mantine/core'
import { useState } from 'react'
import { type GeneLine, geneDetail, geneLine } from '../../../src/deliver/page/gene-part.ts'
import type { PgxFinding } from '../../../src/interpret/finding.ts'
import { useFindings } from '../api/queries.ts'
import { ErrorNote } from '../parts/fault-note.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { GeneDetails } from './gene-details.tsx'
import type { PartProps } from './plan-part.tsx'

export function GenesTab({ patient }: PartProps) {
  const findings = useFindings(patient.id)
  if (findings.isError) return <ErrorNote error={findings.error} />
  if (findings.data === undefined) return <Waiting what="the genes" />
  return <Genes findings={findings.data.findings} />
}

function Genes({ findings }: { readonly findings: readonly PgxFinding[] }) {
  const [gene, setGene] = useState<string>()
  const chosen = findings.find((one) => one.gene === gene)
  return (
    <>
      <table className="cards genes">
        <caption>
          Every gene looked at. Where a drug now taken changes an enzyme, the phenotype to expect stands below
          the genetic one. Choose a gene for what was seen and what was not.
        </caption>
        <thead>
          <tr>
            <th scope="col">Gene</th>
            <th scope="col">Result</th>
            <th scope="col">Phenotype</th>
            <th scope="col">Activity score</th>
            <th scope="col">How sure</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(geneLine).map((line) => (
            <Row key={line.gene} line={line} open={() => setGene(line.gene)} />
          ))}
        </tbody>
      </table>
      <Drawer
        opened={chosen !== undefined}
        onClose={() => setGene(undefined)}
        position="right"
        size="lg"
        title={chosen === undefined ? '' : `${chosen.gene} in detail`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {chosen !== undefined && <GeneDetails detail={geneDetail(chosen)} />}
      </Drawer>
    </>
  )
}

function Row({ line, open }: { readonly line: GeneLine; readonly open: () => void }) {
  const { clinical } = line
  return (
    <tr className={line.known ? undefined : 'unknown'}>
      <th scope="row">
        <button type="button" className="link" onClick={open} aria-label={`${line.gene} in detail`}>
          {line.gene}
        </button>
      </th>
      <td data-label="Result">
        {line.results.length > 0 ? line.results.map((one) => <strong key={one}>{one}</strong>) : 'not known'}
      </td>
      <td data-label="Phenotype">
        {clinical !== undefined && <span className="soft">by genotype </span>}
        {line.phenotypes.join(' or ') || (line.known ? 'none assigned' : 'not known')}
        {clinical !== undefined && (
          <div>
            <span className="soft">with current drugs </span>
            <strong>{clinical.phenotype}</strong> ({clinical.because})
          </div>
        )}
      </td>
      <td data-label="Activity score">
        {line.activityScores.join(' or ') || '–'}
        {clinical?.activityScore !== undefined && (
          <div>
            <span className="soft">with drugs </span>
            {clinical.activityScore}
          </div>
        )}
      </td>
      <td data-label="How sure">
        {line.sure.map((one) => (
          <div key={one}>{one}</div>
        ))}
      </td>
    </tr>
  )
}
