// The sign of the riyal.
import { RIYAL } from '../theme/shapes.ts'

export function Riyal({ size }: { size?: number }) {
  return (
    <svg viewBox={RIYAL.viewBox} role="img" aria-label="SAR" fill="currentColor" width={size} height={size}>
      <path d={RIYAL.path} />
    </svg>
  )
}
