import { onBothEngines } from './both-engines.ts'
import { jobSuite } from './job-suite.ts'

onBothEngines((engine, store, skip) => jobSuite(engine, () => store().jobs, skip))
