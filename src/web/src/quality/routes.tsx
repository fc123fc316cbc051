import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { NotFound } from '../ui/States'
import './quality.css'

const Queue = lazy(() => import('./Queue'))
const TaskPage = lazy(() => import('./TaskPage'))
const Workers = lazy(() => import('./Workers'))
const WorkerPage = lazy(() => import('./WorkerPage'))
const Appeals = lazy(() => import('./Appeals'))
const Gold = lazy(() => import('./Gold'))
const Problems = lazy(() => import('./Problems'))
const Exams = lazy(() => import('../exams/Exams'))
const Reports = lazy(() => import('./Reports'))
const Audit = lazy(() => import('./Audit'))
const Platform = lazy(() => import('./Platform'))

/** Pages under /quality. */
export default function QualityRoutes() {
  return (
    <Routes>
      <Route index element={<Queue />} />
      <Route path="tasks/:id" element={<TaskPage />} />
      <Route path="workers" element={<Workers />} />
      <Route path="workers/:id" element={<WorkerPage />} />
      <Route path="appeals" element={<Appeals />} />
      <Route path="gold" element={<Gold />} />
      <Route path="problems" element={<Problems />} />
      <Route path="reports" element={<Reports />} />
      <Route path="exams" element={<Exams />} />
      <Route path="audit" element={<Audit />} />
      <Route path="platform" element={<Platform />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
