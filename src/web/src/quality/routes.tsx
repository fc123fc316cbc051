import { Route, Routes } from 'react-router'
import { NotFound } from '../ui/States'

/** Pages under /quality. */
export default function QualityRoutes() {
  return (
    <Routes>
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
