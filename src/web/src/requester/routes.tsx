import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { NotFound } from '../ui/States'
import { JobPage } from './JobPage'
import Jobs from './Jobs'
import './requester.css'

const NewJob = lazy(() => import('./EditJob').then((module) => ({ default: module.NewJob })))
const EditJob = lazy(() => import('./EditJob').then((module) => ({ default: module.EditJob })))
const Progress = lazy(() => import('./Progress'))
const Results = lazy(() => import('./Results'))
const Review = lazy(() => import('./Review'))
const ReportPage = lazy(() => import('./ReportPage'))
const JobHistory = lazy(() => import('./JobHistory'))
const TaskPage = lazy(() => import('./TaskPage'))
const Problems = lazy(() => import('./Problems'))
const ExamsPage = lazy(() => import('./ExamsPage'))
const Funds = lazy(() => import('./Funds'))
const OrganisationPage = lazy(() => import('./settings/OrganisationPage'))

/** Pages under /requester. */
export default function RequesterRoutes() {
  return (
    <Routes>
      <Route index element={<Jobs />} />
      <Route path="new" element={<NewJob />} />
      <Route path="jobs/:job/edit" element={<EditJob />} />
      <Route path="jobs/:job/tasks/:task" element={<TaskPage />} />
      <Route path="jobs/:job" element={<JobPage />}>
        <Route index element={<Progress />} />
        <Route path="results" element={<Results />} />
        <Route path="review" element={<Review />} />
        <Route path="problems" element={<Problems />} />
        <Route path="report" element={<ReportPage />} />
        <Route path="history" element={<JobHistory />} />
      </Route>
      <Route path="exams" element={<ExamsPage />} />
      <Route path="funds" element={<Funds />} />
      <Route path="organisation" element={<OrganisationPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
