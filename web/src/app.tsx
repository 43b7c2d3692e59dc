import { Anchor, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link, Route, Routes } from 'react-router'
import { DemonstrationNote, OwnRecordNote, SessionBar } from './account/session-bar.tsx'
import { MainNav } from './main-nav.tsx'
import { PageFault } from './parts/page-fault.tsx'
import { Waiting } from './parts/waiting.tsx'
import { PatientList } from './patients/patient-list.tsx'

const PatientPage = lazy(async () => ({ default: (await import('./patient/patient-page.tsx')).PatientPage }))
const AddPatient = lazy(async () => ({ default: (await import('./patients/add-patient.tsx')).AddPatient }))
const AccountPage = lazy(async () => ({ default: (await import('./account/account-page.tsx')).AccountPage }))
const WaitingPage = lazy(async () => ({
  default: (await import('./documents/waiting-page.tsx')).WaitingPage,
}))
const ExchangePage = lazy(async () => ({
  default: (await import('./exchange/exchange-page.tsx')).ExchangePage,
}))
const CardsPage = lazy(async () => ({ default: (await import('./cards/cards-page.tsx')).CardsPage }))
const JobsPage = lazy(async () => ({ default: (await import('./jobs/jobs-page.tsx')).JobsPage }))
const ReviewsPage = lazy(async () => ({
  default: (await import('./emergency/reviews-page.tsx')).ReviewsPage,
}))
const ClassificationsPage = lazy(async () => ({
  default: (await import('./classifications/classifications-page.tsx')).ClassificationsPage,
}))
const ClassificationPage = lazy(async () => ({
  default: (await import('./classifications/classification-page.tsx')).ClassificationPage,
}))
const TrialsPage = lazy(async () => ({ default: (await import('./trials/trials-page.tsx')).TrialsPage }))
const FeasibilityPage = lazy(async () => ({
  default: (await import('./trials/feasibility-page.tsx')).FeasibilityPage,
}))
const CorrectionsPage = lazy(async () => ({
  default: (await import('./amendments/corrections-page.tsx')).CorrectionsPage,
}))
const FactsPage = lazy(async () => ({ default: (await import('./facts/facts-page.tsx')).FactsPage }))

/** The frame of every page: who we are, where to go, what this is not. */
export function App() {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="top">
        <Link to="/" className="brand">
          Garrod
        </Link>
        <MainNav />
        <SessionBar />
      </header>
      <DemonstrationNote />
      <OwnRecordNote />
      <main id="main" tabIndex={-1}>
        <PageFault>
          <Suspense fallback={<Waiting what="the page" />}>
            <Routes>
              <Route path="/" element={<PatientList />} />
              <Route path="/add" element={<AddPatient />} />
              <Route path="/patients/:id" element={<PatientPage />} />
              <Route path="/patients/:id/:tab" element={<PatientPage />} />
              <Route path="/patients/:id/:tab/:document" element={<PatientPage />} />
              <Route path="/documents" element={<WaitingPage />} />
              <Route path="/classifications" element={<ClassificationsPage />} />
              <Route path="/classifications/:classification" element={<ClassificationPage />} />
              <Route path="/classifications/:classification/:version" element={<ClassificationPage />} />
              <Route path="/trials" element={<TrialsPage />} />
              <Route path="/trials/:study" element={<FeasibilityPage />} />
              <Route path="/exchange" element={<ExchangePage />} />
              <Route path="/exchange/:part" element={<ExchangePage />} />
              <Route path="/exchange/:part/:id" element={<ExchangePage />} />
              <Route path="/cards" element={<CardsPage />} />
              <Route path="/jobs" element={<JobsPage />} />
              <Route path="/emergencies" element={<ReviewsPage />} />
              <Route path="/corrections" element={<CorrectionsPage />} />
              <Route path="/account" element={<AccountPage />} />
              <Route path="/facts" element={<FactsPage />} />
              <Route path="*" element={<NotHere />} />
            </Routes>
          </Suspense>
        </PageFault>
      </main>
      <footer className="foot">Decision support for health professionals. Not a medical device.</footer>
    </>
  )
}

function NotHere() {
  return (
    <>
      <h1>There is no such page</h1>
      <Text>
        Go to the{' '}
        <Anchor component={Link} to="/" underline="always">
          list of patients
        </Anchor>
        .
      </Text>
    </>
  )
}
