import { Checkbox } from '@mantine/core'
import { useReanalysis } from '../api/features.ts'
import { ErrorNote } from '../parts/fault-note.tsx'

/** Whether somebody is to be told when new knowledge explains this case better. */
export function ReanalysisPart({ patient }: { readonly patient: string }) {
  const { asked, ask } = useReanalysis(patient)
  if (asked.data === undefined) return asked.isError ? <ErrorNote error={asked.error} /> : null
  return (
    <>
      <Checkbox
        mt="md"
        label="Unsolved: look again when what is known of diseases changes"
        description="A disease that then fits clearly better is put on the work list under Variants; small changes are not."
        checked={asked.data.wanted}
        disabled={ask.isPending}
        onChange={({ currentTarget }) => ask.mutate(currentTarget.checked)}
      />
      {ask.isError && <ErrorNote error={ask.error} />}
    </>
  )
}
