import { Route, Routes } from 'react-router'
import { NotFound } from '../ui/States'

/** Pages under /work. */
export default function WorkerRoutes() {
  return (
    <Routes>
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
