import type { LinesResult, LineTask, TaskOrder } from './task.ts'

/** Every kind of work that threads can do on lines, loaded only where it is done. */
const TASKS: Readonly<Record<string, () => Promise<(options: never) => LineTask<LinesResult>>>> = {
  loci: async () => (await import('../vcf/scan/loci-task.ts')).lociTask,
  sites: async () => (await import('../sites/site-task.ts')).siteTask,
  table: async () => (await import('../sites/table-task.ts')).tableTask,
  annotate: async () => (await import('../sites/annotate-task.ts')).annotateTask,
  genotypes: async () => (await import('../vcf/scan/genotypes-task.ts')).genotypesTask,
}

export async function openTask(order: TaskOrder): Promise<LineTask<LinesResult>> {
  const load = TASKS[order.kind]
  if (load === undefined) throw new Error(`there is no task "${order.kind}"`)
  return (await load())(order.options as never)
}
