import { Route, Routes } from 'react-router'
import { NotFound } from '../ui/States'
import { AnswersPage } from './AnswersPage'
import { EarningsPage } from './EarningsPage'
import { ExamPage } from './ExamPage'
import { FindWorkPage } from './FindWorkPage'
import { QualificationsPage } from './QualificationsPage'
import { WorkPage } from './WorkPage'
import './worker.css'

/** Pages under /work. */
export default function WorkerRoutes() {
  return (
    <Routes>
      <Route index element={<FindWorkPage />} />
      <Route path="jobs/:job" element={<WorkPage />} />
      <Route path="qualifications" element={<QualificationsPage />} />
      <Route path="exams/:exam" element={<ExamPage />} />
      <Route path="answers" element={<AnswersPage />} />
      <Route path="earnings" element={<EarningsPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
